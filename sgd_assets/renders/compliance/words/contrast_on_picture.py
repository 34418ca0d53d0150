"""The contrast of words that stand on a picture, read from the finished pixels of their box.

Which pixels are ink and which are ground is known from the words drawn afresh; the worst of the ground counts, a few
glints aside. What must not live here: words on flat grounds (`contrast_seen.py`), or which contrast is enough
(`words/contrast.py`).
"""

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.compliance.boxes import Pixels
from sgd_assets.renders.compose.scene import TextPlacement
from sgd_resources.colour import relative_luminance
from sgd_resources.ports import Painter

_LOSSY_EDGE_PX = 3  # around ink: what a lossy format smears
_WORST = 2.0  # per cent of the ground that may be worse: glints, and noise that coding adds
_SOLID = 250  # of 255: covered so far, a pixel has the ink's own colour
_COVERED_AWAY = 130  # of 255: ink that is so far from its colour was painted over


def contrast_on_picture(
    pixels: Pixels, corner: tuple[int, int], text: TextPlacement, painter: Painter, *, is_lossy: bool
) -> float:
    """WCAG contrast between the ink and the worst of the picture around it; 1.0 where the ink is not to be seen.

    Args:
        pixels: RGBA pixels of the words' box, `(height, width, 4)`.
        corner: left and top of the box on the page, in pixels.
        text: the words as they were placed.
        painter: draws them afresh.
        is_lossy: whether the file was coded with loss.
    """
    cover = _cover(pixels.shape, corner, text, painter)
    is_ink = cover >= min(_SOLID, int(cover.max()))
    is_ground = ~(_grown(cover > 0, _LOSSY_EDGE_PX) if is_lossy else cover > 0)
    if not cover.any() or not is_ground.any():
        return 1.0
    rgb = pixels[..., :3].astype(np.float64)
    ink = np.median(rgb[is_ink], axis=0)
    meant = np.array([int(text.hex[at : at + 2], 16) for at in (1, 3, 5)], np.float64)
    if np.abs(ink - meant).max() > _COVERED_AWAY:
        return 1.0
    light = float(relative_luminance(meant if cover.max() < _SOLID else ink))
    low, high = np.percentile(relative_luminance(rgb[is_ground]), [_WORST, 100 - _WORST])
    return 1.0 if low < light < high else min(_ratio(light, float(low)), _ratio(light, float(high)))


def _cover(shape: tuple[int, ...], corner: tuple[int, int], text: TextPlacement, painter: Painter) -> Pixels:
    """How much of each pixel the letters cover, 0 to 255."""
    height, width = shape[:2]
    drawn = painter.draw(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<g transform="translate({-corner[0]} {-corner[1]})">'
        f"{text.text.svg(text.x, text.top, text.hex, anchor=text.anchor)}</g></svg>"
    )
    cover: Pixels = np.frombuffer(drawn.rgba, np.uint8).reshape(height, width, 4)[..., 3]
    return cover


def _grown(mask: NDArray[np.bool_], pixels: int) -> NDArray[np.bool_]:
    """The mask with so many pixels more on every side."""
    grown = mask.copy()
    for _ in range(pixels):
        wider = grown.copy()
        wider[1:] |= grown[:-1]
        wider[:-1] |= grown[1:]
        wider[:, 1:] |= grown[:, :-1]
        wider[:, :-1] |= grown[:, 1:]
        grown = wider
    return grown


def _ratio(first: float, second: float) -> float:
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
