"""The findings on a picture: each box is drawn once, and its tag hides nothing of what it shows."""

import re

from sgd_assets.renders.compliance.marked import marked_svg
from sgd_assets.renders.model import Violation
from sgd_resources.drawing.painter import ResvgPainter

FACE = ResvgPainter().fonts.face("Inter", weight=700)
WORDS, LOGO = (80.0, 300.0, 400.0, 330.0), (20.0, 4.0, 120.0, 40.0)


def _finding(box: tuple[float, float, float, float], severity: str = "violation") -> Violation:
    return Violation.model_validate({"rule": "text_stray", "message": "words", "boxes": [box], "severity": severity})


def _rects(svg: str, field: str) -> list[float]:
    return [float(value) for value in re.findall(rf'<rect [^>]*?{field}="([0-9.]+)"', svg)]


def test_findings_of_one_box_share_it_and_its_tag() -> None:
    one = marked_svg(600, 400, [_finding(WORDS)], FACE)
    three = marked_svg(600, 400, [_finding(WORDS), _finding(WORDS, "notice"), _finding(WORDS)], FACE)
    assert one.count("<rect") == three.count("<rect") == 2
    assert _rects(three, "width")[1] > _rects(one, "width")[1], "its tag holds all three numbers"
    assert three.count("#D6003C") == one.count("#D6003C")


def test_a_tag_stands_above_its_box_and_within_where_the_picture_ends() -> None:
    _, words, _, logo = _rects(marked_svg(600, 400, [_finding(WORDS), _finding(LOGO)], FACE), "y")
    assert words < WORDS[1] - 10
    assert logo == LOGO[1]


def test_a_box_of_notices_alone_is_drawn_as_one() -> None:
    assert "#D6003C" not in marked_svg(600, 400, [_finding(WORDS, "notice")], FACE)
