"""Names of slots, classes and components that say do or don't."""

import pytest

from sgd_resources.parsers.sides import OpenBoxes, side_of_name


@pytest.mark.parametrize(
    "name", ["dont", "guideline--dont", "DontExample", "do-not", "is-incorrect", "misuse", "don-t"]
)
def test_names_of_donts(name: str) -> None:
    assert side_of_name(name) == "dont"


@pytest.mark.parametrize("name", ["do", "DoExample", "rule-do", "dos"])
def test_names_of_dos(name: str) -> None:
    assert side_of_name(name) == "do"


@pytest.mark.parametrize(
    "name", ["docs", "dos-and-donts", "do-dont-grid", "break-inside-avoid", "card", "donation", "window", "redo"]
)
def test_names_that_take_no_side(name: str) -> None:
    assert side_of_name(name) is None


def test_boxes_close_with_their_tags_and_the_innermost_counts() -> None:
    boxes = OpenBoxes()
    sides = []
    for piece in ('<div class="dont"><img><Do>', "</Do>", "</div></p>"):
        boxes.read(piece)
        sides.append(boxes.side)
    assert sides == ["do", "dont", None]


def test_endless_opening_is_bounded() -> None:
    boxes = OpenBoxes()
    boxes.read("<b>" * 10_000)
    boxes.read('<div class="dont">')
    assert boxes.side is None
