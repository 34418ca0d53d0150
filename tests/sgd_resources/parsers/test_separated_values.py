import pytest

from tests.sgd_assets.canon.made_evidence import canon_of
from tests.sgd_resources.parsers.parsing import parse


def test_rows_are_cells_with_their_lines_and_the_first_row_is_heads() -> None:
    document = parse('Name;Hex\n"Kestrel; Blue";#0A2541\n\nCoral;FF5A60\n', "text/plain", ".csv")
    cells = [(block.text, block.cell.row, block.location.line) for block in document.text_blocks if block.cell]
    assert cells == [
        ("Name", 0, 1), ("Hex", 0, 1), ("Kestrel; Blue", 1, 2), ("#0A2541", 1, 2), ("Coral", 2, 4), ("FF5A60", 2, 4),
    ]  # fmt: skip
    assert [use.hex for use in document.colours] == ["#0A2541", "#FF5A60"]


@pytest.mark.parametrize(
    "text", ["Name,Hex\nInk,#0A2541\nCoral,FF5A60", "Colour;R;G;B\nInk;10;37;65\nCoral;255;90;96"], ids=["hex", "rgb"]
)
def test_a_table_of_colours_gives_the_palette(text: str) -> None:
    assert canon_of(brand_colours_csv=text).palette_hex == ("#0A2541", "#FF5A60")


def test_what_parts_no_columns_is_plain_text() -> None:
    document = parse("Our colours\n\nInk #0A2541", "text/plain", ".csv")
    assert [block.cell for block in document.text_blocks] == [None, None]
