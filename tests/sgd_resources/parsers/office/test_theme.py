import pytest
from lxml import etree

from sgd_resources.parsers.office.theme import Theme, base_colour


def _colour(xml: str) -> tuple[str | None, str]:
    return base_colour(etree.fromstring(xml), Theme())


def test_a_colour_in_numbers_is_read_and_held_to_what_a_screen_shows() -> None:
    assert _colour('<scrgbClr r="100%" g="0" b="0"/>') == ("#FF0000", "100% 0 0")
    assert _colour('<hslClr hue="0" sat="100000" lum="50000"/>') == ("#FF0000", "0 100000 50000")
    assert _colour('<scrgbClr r="inf" g="0" b="0"/>')[0] == "#FF0000"


@pytest.mark.parametrize(
    "xml", ['<scrgbClr r="nan" g="0" b="0"/>', '<scrgbClr r="red" g="0" b="0"/>', '<hslClr hue="x" sat="1" lum="1"/>']
)
def test_a_colour_that_is_no_number_has_no_value(xml: str) -> None:
    assert _colour(xml)[0] is None
