"""The findings of a critique as marks to lay over its picture: numbered boxes, as an SVG without fonts.

What must not live here: drawing it.
"""

from collections.abc import Sequence

from sgd_assets.renders.model import Violation
from sgd_resources.ports import FontFace

Box = tuple[float, float, float, float]
_VIOLATION, _NOTICE = "#D6003C", "#B36B00"
_LEAST_SIDE_PX = 12.0  # of a box: a smaller one would hide what it shows


def marked_svg(width: int, height: int, findings: Sequence[Violation], face: FontFace | None) -> str:
    """The boxes of every finding, each with the number under which the finding stands, from 1.

    Args:
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        findings: in the order of their numbers.
        face: sets the numbers; without one the boxes have none.
    """
    line = max(2.0, min(width, height) / 300)
    parts = [
        _mark(numbers, box, is_notice, line, (width, height), face) for numbers, box, is_notice in _places(findings)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'
    )


def _places(findings: Sequence[Violation]) -> list[tuple[str, Box, bool]]:
    """(numbers, box, whether only notices say so): what several findings say of one box stands on one tag."""
    at: dict[Box, list[int]] = {}
    for number, finding in enumerate(findings, 1):
        for box in finding.boxes:
            at.setdefault(box, []).append(number)
    return [
        (", ".join(map(str, numbers)), box, all(findings[number - 1].severity == "notice" for number in numbers))
        for box, numbers in at.items()
    ]


def _mark(
    numbers: str,
    box: Box,
    is_notice: bool,
    line: float,
    size: tuple[int, int],
    face: FontFace | None,
) -> str:
    colour = _NOTICE if is_notice else _VIOLATION
    x0, y0 = max(box[0], line / 2), max(box[1], line / 2)
    x1, y1 = min(box[2], size[0] - line / 2), min(box[3], size[1] - line / 2)
    wide, high = max(x1 - x0, _LEAST_SIDE_PX), max(y1 - y0, _LEAST_SIDE_PX)
    rect = (
        f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{colour}" fill-opacity="0.08" '
        f'stroke="{colour}" stroke-width="{line:.1f}"/>'
    )
    return rect + (_tag(numbers, x0, y0, colour, line, face) if face is not None else "")


def _tag(numbers: str, x: float, y: float, colour: str, line: float, face: FontFace) -> str:
    """On the box's upper edge, above what the box shows; within it where the picture ends there."""
    em = 7 * line
    shaped = face.shape(numbers)
    wide, high = shaped.advance_em * em + 2 * line, em * 1.1
    y = y - high if y >= high else y
    scale = em / face.metrics.units_per_em
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{colour}"/>'
        f'<path transform="translate({x + line:.1f} {y + 0.9 * em:.1f}) scale({scale:.6f} {-scale:.6f})" '
        f'fill="#FFFFFF" d="{shaped.path}"/>'
    )
