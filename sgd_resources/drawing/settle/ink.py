"""What is visible in a picture file: the box of its ink, its colours and those of its rim, the ground it may bring.

Measured on its own pixels, never guessed from markup. What must not live here: whether the file is a logo.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sgd_resources.colour import hex_of, rgb_of
from sgd_resources.drawing.settle.anatomy import Anatomy, anatomy_of
from sgd_resources.drawing.settle.form import Form, measure_form
from sgd_resources.errors import ValidationFailed
from sgd_resources.picture_element import decoded, framed
from sgd_resources.ports import Painter

PROBE_PX = 320  # on the longer side: thin strokes of a wordmark are still seen, at a cost that no logo can raise
ANATOMY_PX, _MOST_PX = 720, 2000
"""Longest side of a mark when its letters are told apart, and of the file around it."""
_Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Ink:
    """`box` holds shares of the frame (x0, y0, x1, y1); `colours` a hex and its share each, most frequent first."""

    frame_aspect: float
    box: tuple[float, float, float, float]
    colours: tuple[tuple[str, float], ...]
    plate_hex: str | None
    """Set when the file carries its own opaque ground."""
    form: Form | None = None
    """The character of its shapes."""
    rim: tuple[tuple[str, float], ...] = ()
    """Colours, with their share, of the ink that meets the ground; what lies inside of it needs no contrast to it."""
    anatomy: Anatomy | None = None


def measure_ink(data: bytes, media_type: str, painter: Painter) -> Ink | None:
    """The ink of a PNG, JPEG, WebP or SVG; None when nothing usable is visible in it.

    Raises:
        ValidationFailed: it cannot be drawn.
    """
    aspect = frame_aspect(data, media_type, painter)
    width = PROBE_PX if aspect >= 1 else max(8, round(PROBE_PX * aspect))
    height = PROBE_PX if aspect < 1 else max(8, round(PROBE_PX / aspect))
    raster = painter.draw(framed(data, media_type, width, height, painter))
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
    is_ink = pixels[..., 3] > 24
    if is_ink.mean() < 0.01:
        return None
    plate = _plate(pixels)
    if plate is not None:
        is_ink &= np.abs(pixels[..., :3].astype(np.int16) - np.array(rgb_of(plate))).max(axis=-1) > 24
        if is_ink.mean() < 0.005:
            return None
    rows, columns = np.flatnonzero(is_ink.any(axis=1)), np.flatnonzero(is_ink.any(axis=0))
    box = (
        float(columns[0]) / width,
        float(rows[0]) / height,
        float(columns[-1] + 1) / width,
        float(rows[-1] + 1) / height,
    )
    cut = is_ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    rim = _rim(is_ink)
    return Ink(
        aspect, box, _ink_colours(pixels[is_ink]), plate, measure_form(cut),
        _ink_colours(pixels[rim]) if rim.any() else (), _anatomy(data, media_type, painter, box, plate),
    )  # fmt: skip


def _rim(is_ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Ink within two pixels of what is no ink, the edge of the file included; its outermost, mixed pixels apart."""
    inner = _shrunk(is_ink)
    return inner & ~_shrunk(_shrunk(inner))


def _shrunk(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    padded = np.pad(mask, 1)
    return padded[1:-1, 1:-1] & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]


def _anatomy(
    data: bytes, media_type: str, painter: Painter, box: tuple[float, float, float, float], plate: str | None
) -> Anatomy:
    """Of the ink alone, drawn so large that straplines come apart into letters."""
    x0, y0, x1, y1 = box
    aspect = frame_aspect(data, media_type, painter)
    scale = ANATOMY_PX / max(x1 - x0, (y1 - y0) / aspect)
    width, height = (min(round(side), _MOST_PX) for side in (scale, scale / aspect))
    drawn = painter.draw(framed(data, media_type, max(width, 8), max(height, 8), painter))
    pixels = np.frombuffer(drawn.rgba, np.uint8).reshape(drawn.height_px, drawn.width_px, 4)
    is_ink = pixels[..., 3] > 128
    if plate is not None:
        is_ink &= np.abs(pixels[..., :3].astype(np.int16) - np.array(rgb_of(plate))).max(axis=-1) > 64
    rows, columns = is_ink.shape
    return anatomy_of(
        is_ink[round(y0 * rows) : max(round(y1 * rows), 1), round(x0 * columns) : max(round(x1 * columns), 1)]
    )  # fmt: skip


def frame_aspect(data: bytes, media_type: str, painter: Painter) -> float:
    """The file's width over its height.

    Raises:
        ValidationFailed: it states no size that can be used, or no pixels can be read.
    """
    if "svg" not in media_type:
        raster = decoded(data, painter)
        return raster.width_px / raster.height_px
    root = re.search(rb"<(?:\w+:)?svg\b[^>]*>", data, re.S)
    if root is None:
        raise ValidationFailed("the SVG has no root element")
    tag = root.group(0).decode("utf-8", "replace")
    size = [
        re.search(rf'\b{side}\s*=\s*["\']\s*([\d.]+)\s*(?:px|pt|mm|cm|in)?\s*["\']', tag)
        for side in ("width", "height")
    ]
    box = re.search(r'viewBox\s*=\s*["\']\s*[-\d.eE]+[\s,]+[-\d.eE]+[\s,]+([\d.eE]+)[\s,]+([\d.eE]+)', tag)
    if size[0] and size[1]:
        width, height = _number(size[0].group(1)), _number(size[1].group(1))
    elif box:
        width, height = _number(box.group(1)), _number(box.group(2))
    else:
        raise ValidationFailed("the SVG states no size")
    if not (0 < width < 1e6 and 0 < height < 1e6 and 1 / 30 < width / height < 30):
        raise ValidationFailed("the SVG has no usable size")
    return width / height


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise ValidationFailed("the SVG states no size") from error


def _plate(pixels: _Pixels) -> str | None:
    """The one opaque colour all round the border, or None."""
    border = np.concatenate([pixels[1], pixels[-2], pixels[:, 1], pixels[:, -2]])  # the outermost may be half covered
    if (border[:, 3] < 250).mean() > 0.1:
        return None
    median = np.median(border[:, :3], axis=0)
    is_even = (np.abs(border[:, :3].astype(np.float64) - median).max(axis=1) < 12).mean() > 0.9
    # An uneven border is a full-bleed tile: it brings no one ground that could be matched, and needs none.
    return hex_of(*(round(float(part)) for part in median)) if is_even else None


def _ink_colours(ink: _Pixels) -> tuple[tuple[str, float], ...]:
    solid = ink[ink[:, 3] > 200] if (ink[:, 3] > 200).any() else ink
    coarse = (solid[:, :3].astype(np.uint32) // 16) @ np.array([256, 16, 1], dtype=np.uint32)
    keys, inverse, counts = np.unique(coarse, return_inverse=True, return_counts=True)
    order = np.argsort(-counts)[:12]
    kept = counts[order].sum()
    return tuple(
        (hex_of(*(round(float(v)) for v in solid[inverse == index, :3].mean(axis=0))), float(counts[index] / kept))
        for index in order
        if len(keys)
    )
