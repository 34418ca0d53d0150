from sgd_resources.parsers.web.indented_sass import braced
from tests.sgd_resources.parsers.parsing import parse

SHEET = """\
// Brand
$primary: #0A2540
$map: (first: #112233,
  second: #445566)

.btn
  color: $primary // ink
  &:hover
    color: #FF5A5F

.bar
  font-family: 'Work Sans'
"""


def test_blocks_get_braces_and_values_semicolons_on_their_own_lines() -> None:
    made = braced(SHEET).split("\n")
    assert len(made) == len(SHEET.split("\n"))
    assert made[:4] == ["// Brand", "$primary: #0A2540;", "$map: (first: #112233,", "  second: #445566);"]
    assert made[5:9] == [".btn {", "  color: $primary; // ink", "  &:hover {", "    color: #FF5A5F; } }"]


def test_indented_sass_is_read_like_scss() -> None:
    document = parse(SHEET, "text/css", ".sass")
    assert {use.name: (use.hex, use.location.line) for use in document.colours} == {
        "$primary": ("#0A2540", 2),
        "$map.first": ("#112233", 3),
        "$map.second": ("#445566", 3),
        "color": ("#FF5A5F", 9),
    }
    assert [font.family for font in document.fonts] == ["Work Sans"]


def test_a_sheet_that_has_braces_already_stays_readable() -> None:
    assert braced("a {\n  color: red;\n}\n") == "a {\n  color: red;\n}\n"
