"""Whether the words of a scene stand on its picture as they were set: their outlines drawn afresh, against the pixels.

Pixels, placed text and a painter in; where they differ, and how. What must not live here: any verdict.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.compliance.boxes import Box, Pixels, shrunk, whole
from sgd_assets.renders.compose.scene import TextPlacement
from sgd_resources.colour import rgb_of
from sgd_resources.ports import Painter

Floats = NDArray[np.float32]

MOST_DIFFERENT, MOST_DIFFERENT_LOSSY = 0.28, 0.62
"""Of the ink under a letter-sized window: another letter differs by more; drawn afresh it differs by 0.2 at most, coded
with loss at quality 60 by 0.6."""
_EM_READ = 16.0  # pixels of an em at which letters differ enough; larger text is compared smaller
_WINDOW_EM = (0.55, 0.75)  # wide, high
_LEAST_INK = 0.08  # of a window: at the rim of a letter nothing can be told
_LEAST_REACH = 0.01
_ONLY_MISSING = 0.2
_SOLID, _FAINTEST = 0.9, 0.1
_GROUND = 0.02  # of a pixel: covered no further, it shows the ground


@dataclass(frozen=True)
class Difference:
    """The worst difference (0 none, 1 nothing alike), whether ink is only missing, and the box it spans."""

    worst: float
    is_only_missing: bool
    box: Box | None = None
    is_other: bool = False
    """Whether it differs by more than `most`."""
    most: float = MOST_DIFFERENT
    strength: float = 1.0
    """How much of its own colour the ink has: 0 is the ground's, 1 is all of it."""


def drawn_difference(pixels: Pixels, text: TextPlacement, painter: Painter, *, is_lossy: bool = False) -> Difference:
    """How the text's pixels differ from its outlines."""
    most = MOST_DIFFERENT_LOSSY if is_lossy else MOST_DIFFERENT
    (x0, y0, x1, y1), k = _box_read(pixels, text)
    if x1 - x0 < 2 * k or y1 - y0 < 2 * k:
        return Difference(1.0, True, is_other=True)
    expected = _expected(text, painter, (x0, y0, x1, y1), k)
    seen, strength = _coverage(shrunk(pixels[y0:y1, x0:x1, :3], k), text, expected)
    wide, high = (max(3, round(part * text.text.size_px / k)) for part in _WINDOW_EM)
    both = _summed(np.maximum(expected, seen), wide, high)
    away = _summed(np.abs(expected - seen), wide, high)
    # Beside a short line its box is empty: what stands there, without a letter in reach, is none of its words.
    is_told = (both > _LEAST_INK * wide * high) & (_summed(expected, wide, high) > _LEAST_REACH * wide * high)
    if not is_told.any():
        return Difference(0.0, False, strength=strength)
    ratio = np.where(is_told, away / np.maximum(both, 1e-6), 0.0)
    worst = float(ratio.max())
    if worst <= most:
        return Difference(worst, False, strength=strength)
    rows, columns = np.nonzero(ratio > most)
    box = (
        float(x0 + k * columns.min()), float(y0 + k * rows.min()),
        float(min(x1, x0 + k * (columns.max() + wide))), float(min(y1, y0 + k * (rows.max() + high))),
    )  # fmt: skip
    missing = float(np.maximum(expected - seen, 0).sum())
    extra = float(np.maximum(seen - expected, 0).sum())
    return Difference(worst, extra < _ONLY_MISSING * missing, box, is_other=True, most=most, strength=strength)


def outline_likeness(pixels: Pixels, text: TextPlacement, painter: Painter) -> float:
    """Correlation of what stands out from the ground with the text's outlines, whatever colour it is: 1 is the text."""
    (x0, y0, x1, y1), k = _box_read(pixels, text)
    if x1 - x0 < 2 * k or y1 - y0 < 2 * k:
        return 0.0
    expected = _expected(text, painter, (x0, y0, x1, y1), k)
    rgb = shrunk(pixels[y0:y1, x0:x1, :3], k)
    beside = rgb[expected < _GROUND]
    if not len(beside):
        return 0.0
    away = np.abs(rgb - np.median(beside, axis=0)).max(axis=-1)
    first, second = expected - expected.mean(), away - away.mean()
    length = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float((first * second).sum()) / length if length > 1e-6 else 0.0


def _box_read(pixels: Pixels, text: TextPlacement) -> tuple[tuple[int, int, int, int], int]:
    """The text's box in whole pixels, and how many of them, squared, are read as one."""
    k = max(1, int(text.text.size_px / _EM_READ))
    x0, y0, x1, y1 = whole(text.box, pixels, grow=1)
    return (x0, y0, x1 - (x1 - x0) % k, y1 - (y1 - y0) % k), k


def _expected(text: TextPlacement, painter: Painter, box: tuple[int, int, int, int], k: int) -> Floats:
    """Coverage of ink, 0..1, as the outlines say, one value for `k` x `k` pixels."""
    x0, y0, x1, y1 = box
    wide, high = (x1 - x0) // k, (y1 - y0) // k
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">'
        f'<rect width="{wide}" height="{high}" fill="#FFFFFF"/>'
        f'<g transform="scale({1 / k:.8f}) translate({-x0} {-y0})">'
        f"{text.text.svg(text.x, text.top, '#000000', anchor=text.anchor)}</g></svg>"
    )
    drawn = painter.draw(svg)
    grey = np.frombuffer(drawn.rgba, np.uint8).reshape(drawn.height_px, drawn.width_px, 4)[..., 0]
    return (np.float32(255) - grey) / np.float32(255)


def _coverage(rgb: Floats, text: TextPlacement, expected: Floats) -> tuple[Floats, float]:
    """Coverage of ink as the pixels say: their place between the ground, as it lies beside the letters, and the ink.

    Beside it, how strong that ink is.
    """
    beside = rgb[expected < _GROUND]
    ground = np.median(beside, axis=0) if len(beside) else np.array(rgb_of(text.ground_hex), np.float32)
    along = np.array(rgb_of(text.hex), np.float32) - ground
    length = float(along @ along)
    if length < 400:  # ink and ground are one colour: that is the contrast's rule
        return expected, 1.0
    cover = (rgb - ground) @ along / np.float32(length)
    solid = cover[expected > _SOLID]
    level = float(np.median(solid)) if solid.size else 1.0
    # Ink that is paler than it was set, and evenly so, is the contrast's rule, too.
    found: Floats = np.clip(cover / np.float32(level) if _FAINTEST < level < 1 else cover, 0, 1)
    return found, _strength(cover, expected, level if solid.size else 0.0)


def _strength(cover: NDArray[np.floating], expected: Floats, level: float) -> float:
    """Coding smears thin strokes, and keeps the sum of their ink; of broad ones it keeps the colour."""
    summed = float(cover.sum()) / max(float(expected.sum()), 1e-6)
    return min(max(level, summed, 0.0), 1.0)


def _summed(values: Floats, wide: int, high: int) -> NDArray[np.float64]:
    """Sums under a window, by its top left."""
    sums = np.pad(values.astype(np.float64).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    high, wide = min(high, values.shape[0]), min(wide, values.shape[1])
    found: NDArray[np.float64] = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    return found
