"""Colours in words: each with the words of its line, whatever the length of that line."""

import pytest

from sgd_resources.parsed_document import Location, TableCell, TextBlock
from sgd_resources.parsers.colours.text_colours import text_colours

pytestmark = pytest.mark.slow


@pytest.mark.slow
def test_a_line_of_thousands_of_values_is_read_once() -> None:
    values = " ".join(f"#{number:06x}" for number in range(0, 6_000 * 997, 997))
    found = text_colours([TextBlock(text=f"Colours of the archive\n{values} the end", location=Location(line=1))])
    assert len(found) == 6_000
    assert found[0].label == "Colours of the archive"
    assert found[-1].label == "the end"


def test_a_spot_name_takes_the_value_nearest_to_it_in_its_line() -> None:
    line = "Pantone 300 C, #005EB8, Pantone 186 C, #C8102E"
    found = text_colours([TextBlock(text=line, location=Location(line=1))])
    assert {use.spot_name: use.hex for use in found if use.spot_name} == {
        "PANTONE 300 C": "#005EB8",
        "PANTONE 186 C": "#C8102E",
    }


@pytest.mark.slow
def test_a_colour_in_a_very_wide_row_takes_its_words_from_the_cells_near_it() -> None:
    cells = [
        TextBlock(
            text=f"Sea number {column} #{column:06x}",
            kind="table_cell",
            location=Location(line=1),
            cell=TableCell(table=1, row=1, column=column, is_header=False),
        )
        for column in range(400)
    ]
    labels = [use.label or "" for use in text_colours(cells)]
    assert all(label.startswith(f"Sea number {column} ") for column, label in enumerate(labels))
    assert "Sea number 1 " not in labels[300]
