"""Cells know their row; a row of thousands is never walked for each of its cells."""

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.reading.tables import Tables
from sgd_resources.parsed_document import Location, TableCell, TextBlock


def _row(cells: int) -> list[PlacedBlock]:
    return [
        PlacedBlock(
            block=TextBlock(
                text=f"cell {column}",
                kind="table_cell",
                location=Location(line=1),
                cell=TableCell(table=1, row=1, column=column, is_header=False),
            ),
            order=column,
        )
        for column in range(cells)
    ]


def test_a_cell_knows_its_row_from_left_to_right() -> None:
    row = _row(12)
    assert Tables(row[::-1]).row_of(row[5]) == row


def test_of_a_very_wide_row_a_cell_knows_those_near_it() -> None:
    row = _row(5_000)
    near = Tables(row).row_of(row[2_500])
    assert row[2_500] in near
    assert row[2_499] in near
    assert len(near) <= 64
