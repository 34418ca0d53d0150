from sgd_resources.parsers.web.stylus import as_sass
from tests.sgd_resources.parsers.parsing import parse

SHEET = """\
brand-primary = #2a9d8f
$brand-second ?= #e76f51
rule = brand-primary
body
  color brand-primary
  font-family 'Nunito', sans-serif
a:hover
  color: brand-second
"""


def test_variables_and_bare_properties_keep_their_lines() -> None:
    assert as_sass(SHEET).split("\n")[:6] == [
        "$brand-primary: #2a9d8f",
        "$brand-second: #e76f51",
        "$rule: $brand-primary",
        "body",
        "  color: $brand-primary",
        "  font-family: 'Nunito', sans-serif",
    ]


def test_a_stylus_sheet_gives_its_variables_and_fonts() -> None:
    document = parse(SHEET, "text/css", suffix=".styl")
    named = {use.name: use.hex for use in document.colours if use.source == "css_variable"}
    assert named == {"$brand-primary": "#2A9D8F", "$brand-second": "#E76F51", "$rule": "#2A9D8F"}
    assert {use.hex for use in document.colours if use.source == "css_declaration"} == {"#2A9D8F", "#E76F51"}
    assert [font.family for font in document.fonts] == ["Nunito"]
