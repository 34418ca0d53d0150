"""Paints the backdrop of a page: the chosen part of a picture, in the brand's two colours or its own, under its veils.

From `Backdrop`, the scene's ink and a decoded picture to pixels. What must not live here: how strong a veil must be
(`veil.py`), or drawing words and logo over it (`compose/draw.py`).
"""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.compose.backdrop.extend import extended
from sgd_assets.renders.compose.backdrop.replace import with_replaced
from sgd_assets.renders.compose.backdrop.veil import veil_for_logo, veil_for_text
from sgd_assets.renders.compose.scene import Backdrop, Box, LogoPlacement, Scene, Shade
from sgd_resources.colour import rgb_of
from sgd_resources.ports import Painter, Raster

Pixels = NDArray[np.uint8]

_BELOW_A_LINE = 0.35  # of the size: what an eye takes in around letters, over and under them too
_MAIN_INK = 0.08  # share of a mark's ink from which a colour is one of its main ones
_LEAST_VEIL = 0.16  # where a picture needs none: words still look set on it and not pasted over it
_ROWS = 256  # painted at a time, so that the largest page takes megabytes and not gigabytes


def painted(scene: Scene, backdrop: Backdrop, picture: Raster, painter: Painter) -> Pixels:
    """RGBA pixels of the page before anything is drawn on it, `(height_px, width_px, 4)`, opaque."""
    picture = with_replaced(_opaque(picture, backdrop.ground_hex), backdrop.replaced)
    place = extended if backdrop.is_extended else partial(_cropped, backdrop)
    pixels = place(picture, scene.width_px, scene.height_px, painter)
    if backdrop.duotone is not None:
        pixels[..., :3] = in_two_colours(pixels[..., :3], *backdrop.duotone)
    down, across = _veils(scene, backdrop, pixels)
    ground = np.array(rgb_of(backdrop.ground_hex), np.float32)
    for top in range(0, scene.height_px, _ROWS):
        part = pixels[top : top + _ROWS, :, :3]
        veil = np.maximum(down[top : top + _ROWS, None], across[None, :])[..., None]
        part[:] = (part + (ground - part) * veil).round()
    pixels[..., 3] = 255
    return pixels


def in_two_colours(rgb: Pixels, dark_hex: str, light_hex: str) -> Pixels:
    """A picture's light and shade between two colours, its darkest and lightest parts stretched to their ends."""
    grey = (rgb @ np.array([0.299, 0.587, 0.114], np.float32)).round().astype(np.uint8)
    low, high = np.percentile(grey[::4, ::4], [1, 99])
    share = np.clip((np.arange(256) - low) / max(high - low, 1.0), 0, 1)[:, None]
    dark, light = np.array(rgb_of(dark_hex), np.float64), np.array(rgb_of(light_hex), np.float64)
    table: Pixels = (dark + (light - dark) * share).round().astype(np.uint8)
    toned: Pixels = table[grey]
    return toned


def _opaque(picture: Raster, ground_hex: str) -> Raster:
    """The picture on the page's ground where it is see-through."""
    pixels = np.frombuffer(picture.rgba, np.uint8).reshape(picture.height_px, picture.width_px, 4)
    if int(pixels[..., 3].min()) == 255:
        return picture
    share = pixels[..., 3:].astype(np.float32) / 255
    whole = np.full(pixels.shape, 255, np.uint8)
    whole[..., :3] = (pixels[..., :3] * share + np.array(rgb_of(ground_hex), np.float32) * (1 - share)).round()
    return Raster(picture.width_px, picture.height_px, whole.tobytes())


def _cropped(backdrop: Backdrop, picture: Raster, width: int, height: int, painter: Painter) -> Pixels:
    window = backdrop.window
    source = np.frombuffer(picture.rgba, np.uint8).reshape(picture.height_px, picture.width_px, 4)
    x0, y0 = round(window.x * picture.width_px), round(window.y * picture.height_px)
    x1 = max(x0 + 1, round((window.x + window.width) * picture.width_px))
    y1 = max(y0 + 1, round((window.y + window.height) * picture.height_px))
    part = np.ascontiguousarray(source[y0:y1, x0:x1])
    scaled = painter.resize(Raster(part.shape[1], part.shape[0], part.tobytes()), width, height)
    return np.frombuffer(scaled.rgba, np.uint8).reshape(height, width, 4).copy()


def _veils(scene: Scene, backdrop: Backdrop, pixels: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The veil's share by rows and by columns."""
    down, across = np.zeros(scene.height_px, np.float32), np.zeros(scene.width_px, np.float32)
    for shade in backdrop.shades:
        strength = max(_LEAST_VEIL, _strength(scene, backdrop, shade, pixels))
        if shade.side in ("top", "bottom"):
            down = np.maximum(down, strength * _profile(shade, scene.height_px, shade.side == "bottom"))
        else:
            across = np.maximum(across, strength * _profile(shade, scene.width_px, shade.side == "right"))
    return down, across


def _profile(shade: Shade, length: int, is_far: bool) -> NDArray[np.float32]:
    """1 from the page's edge to where words end, then falling softly to 0."""
    at = np.arange(length, dtype=np.float32) + 0.5
    if is_far:
        at = length - at
    share = np.clip((shade.depth + shade.fade - at) / max(shade.fade, 1.0), 0.0, 1.0)
    soft: NDArray[np.float32] = (share * share * (3.0 - 2.0 * share)).astype(np.float32)
    return soft


def _strength(scene: Scene, backdrop: Backdrop, shade: Shade, pixels: Pixels) -> float:
    found = 0.0
    for text in scene.texts:
        around = _BELOW_A_LINE * text.text.size_px
        if text.ground_hex != backdrop.ground_hex or not _is_on(shade, text.box, scene):
            continue  # words of a button stand on the button
        found = max(found, veil_for_text(_region(pixels, text.box, around), backdrop.ground_hex, text.hex))
    if scene.logo is not None and scene.logo.band is None and _is_on(shade, scene.logo.box, scene):
        if scene.logo.art.plate_hex is not None:
            return 1.0  # its own ground goes on into the page's, or it would stand on the picture as a slab
        region = _region(pixels, scene.logo.clear_box, 2.0)
        found = max(found, veil_for_logo(region, backdrop.ground_hex, main_inks(scene.logo)))
    return found


def main_inks(logo: LogoPlacement) -> tuple[str, ...]:
    """The colours that make up most of a mark."""
    return tuple(colour.hex for colour in logo.art.colours if colour.share >= _MAIN_INK)


def _is_on(shade: Shade, box: Box, scene: Scene) -> bool:
    """Whether a box lies where the shade is at its full strength."""
    if shade.side == "top":
        return box[3] <= shade.depth + 1
    if shade.side == "bottom":
        return box[1] >= scene.height_px - shade.depth - 1
    if shade.side == "left":
        return box[2] <= shade.depth + 1
    return box[0] >= scene.width_px - shade.depth - 1


def _region(pixels: Pixels, box: Box, around: float) -> Pixels:
    height, width = pixels.shape[:2]
    x0, y0 = max(0, int(box[0] - around)), max(0, int(box[1] - around))
    x1, y1 = min(width, int(box[2] + around) + 1), min(height, int(box[3] + around) + 1)
    return pixels[y0:y1, x0:x1]
