"""A flat colour of a picture replaced by another, its shades along with it.

Pixels near the colour take the new one; those between it and others (edges, soft shading) move by their share. What
must not live here: which colours are asked for (`edit/foreign.py`).
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.brief.vocabulary.plain_colours import colour_called
from sgd_resources.colour import hex_of, rgb_of
from sgd_resources.ports import Raster

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_NEAR, _FAR = 26.0, 70.0  # levels of 255, as a distance in RGB: wholly the colour, no part of it any more
_LEAST_SHARE = 0.004  # of the picture: less is no flat colour of it


def with_replaced(picture: Raster, changes: Sequence[tuple[str, str]]) -> Raster:
    """The picture with each (colour, new hex) replaced; a colour that it has not is left alone."""
    if not changes:
        return picture
    pixels = np.frombuffer(picture.rgba, np.uint8).reshape(picture.height_px, picture.width_px, 4).copy()
    for was, now in changes:
        if (found := colour_in(pixels, was)) is not None:
            _replace(pixels, found, now)
    return Raster(picture.width_px, picture.height_px, pixels.tobytes())


def lacks_colour(picture: Raster, wish: str) -> bool:
    """Whether a picture has no flat colour that a hex or a word means."""
    pixels = np.frombuffer(picture.rgba, np.uint8).reshape(picture.height_px, picture.width_px, 4)
    return colour_in(pixels, wish) is None


def colour_in(pixels: NDArray[np.uint8], wish: str) -> str | None:
    """The hex of the picture's flat colour that a hex or a word means; None where it has no such colour."""
    if _HEX.fullmatch(wish):
        away = np.abs(pixels[::2, ::2, :3].astype(np.int16) - np.array(rgb_of(wish), np.int16)).max(axis=-1)
        return wish.upper() if float((away <= _NEAR).mean()) >= _LEAST_SHARE else None
    return colour_called(wish.casefold(), flat_colours(pixels))


def flat_colours(pixels: NDArray[np.uint8]) -> tuple[str, ...]:
    """The most frequent colours, those first that cover most."""
    rgb = np.ascontiguousarray(pixels[::2, ::2, :3]).reshape(-1, 3)
    steps = (rgb >> 4).astype(np.int32)
    codes = (steps[:, 0] << 8) | (steps[:, 1] << 4) | steps[:, 2]
    counts = np.bincount(codes, minlength=4096)
    order = [
        code for code in np.argsort(-counts, kind="stable")[:12].tolist() if counts[code] >= _LEAST_SHARE * len(rgb)
    ]
    return tuple(hex_of(*np.median(rgb[codes == code], axis=0).tolist()) for code in order)


def _replace(pixels: NDArray[np.uint8], was_hex: str, now_hex: str) -> None:
    was, now = np.array(rgb_of(was_hex), np.float32), np.array(rgb_of(now_hex), np.float32)
    for top in range(0, len(pixels), 256):
        part = pixels[top : top + 256, :, :3]
        rgb = part.astype(np.float32)
        away = np.sqrt(((rgb - was) ** 2).sum(axis=-1, keepdims=True))
        share = np.clip((_FAR - away) / (_FAR - _NEAR), 0.0, 1.0)
        part[:] = np.clip(rgb + (now - was) * share, 0, 255).round()
