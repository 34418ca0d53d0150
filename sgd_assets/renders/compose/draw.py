"""Draws a scene through the `Painter` port: a picture under all, SVG for shapes, outlined text and the logo, pictures.

From `Scene` to `Raster`. What must not live here: any choice of what stands where.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.compose.backdrop.paint import painted
from sgd_assets.renders.compose.scene import LogoPlacement, PicturePlacement, Scene
from sgd_assets.renders.imagery.saliency import SIDE_PX, crop_start, saliency_of
from sgd_resources.colour import luminance_of, relative_luminance, rgb_of
from sgd_resources.picture_element import image_element
from sgd_resources.ports import Painter, Raster


def compose(scene: Scene, *, painter: Painter, pictures: Mapping[str, Raster]) -> Raster:
    """The picture. `pictures` holds the decoded reference pictures by object key."""
    if scene.backdrop is not None:
        under = painted(scene, scene.backdrop, pictures[scene.backdrop.key], painter)
        return _over(painter.draw(scene_svg(scene, painter)), under)
    raster = painter.draw(scene_svg(scene, painter))
    if not scene.pictures:
        return raster
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4).copy()
    for placement in scene.pictures:
        x0, y0, x1, y1 = placement.box
        pixels[y0:y1, x0:x1] = _filled(pictures[placement.key], placement, scene.background_hex, painter)
    return Raster(raster.width_px, raster.height_px, pixels.tobytes())


Layer = list[tuple[Raster, tuple[int, int, int, int]]]
"""Pixels with their boxes."""


def layers_of(scene: Scene, pictures: Mapping[str, Raster], painter: Painter) -> tuple[Layer, Layer]:
    """What of a scene is pixels in any case: under all that is drawn, and over it."""
    under: Layer = []
    if scene.backdrop is not None:
        pixels = painted(scene, scene.backdrop, pictures[scene.backdrop.key], painter)
        page = (0, 0, scene.width_px, scene.height_px)
        under.append((Raster(scene.width_px, scene.height_px, pixels.tobytes()), page))
        return under, []
    over: Layer = []
    for placement in scene.pictures:
        filled = _filled(pictures[placement.key], placement, scene.background_hex, painter)
        over.append((Raster(filled.shape[1], filled.shape[0], filled.tobytes()), placement.box))
    return under, over


def scene_svg(scene: Scene, painter: Painter) -> str:
    """The scene as one self-contained SVG: no fonts, no links; see-through where a picture lies under it."""
    ground = f'<rect width="{scene.width_px}" height="{scene.height_px}" fill="{scene.background_hex}"/>'
    parts = [*([ground] if scene.backdrop is None else []), *scene.shapes]
    parts += [text.text.svg(text.x, text.top, text.hex, anchor=text.anchor) for text in scene.texts]
    if scene.logo is not None:
        parts.append(logo_element(scene.logo, painter))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{scene.width_px}" height="{scene.height_px}" '
        f'viewBox="0 0 {scene.width_px} {scene.height_px}">{"".join(parts)}</svg>'
    )


def _over(drawn: Raster, under: NDArray[np.uint8]) -> Raster:
    """What is drawn, over a picture; rows without a stroke are left as they are."""
    above = np.frombuffer(drawn.rgba, np.uint8).reshape(under.shape)
    for row in np.flatnonzero(above[..., 3].any(axis=1)):
        columns = np.flatnonzero(above[row, :, 3])
        ink = above[row, columns].astype(np.float32)
        alpha = ink[:, 3:] / 255
        under[row, columns, :3] = (ink[:, :3] * alpha + under[row, columns, :3] * (1 - alpha)).round()
    return Raster(drawn.width_px, drawn.height_px, under.tobytes())


def logo_element(logo: LogoPlacement, painter: Painter) -> str:
    """The logo's drawing, untouched, placed so that its ink fills its box."""
    x, y, width, height = logo.frame
    if "svg" not in logo.art.media_type:
        # Whole pixels: a resampled picture shifted by half a pixel would be blurred twice.
        x, y, width, height = round(x), round(y), max(1, round(width)), max(1, round(height))
    element = image_element(logo.art.data, logo.art.media_type, x, y, width, height, painter)
    if (box := logo_clip(logo)) is None:
        return element
    x0, y0, x1, y1 = box
    clip = f'<clipPath id="plate"><rect x="{x0}" y="{y0}" width="{x1 - x0}" height="{y1 - y0}"/></clipPath>'
    return f'<defs>{clip}</defs><g clip-path="url(#plate)">{element}</g>'


def logo_clip(logo: LogoPlacement) -> tuple[int, int, int, int] | None:
    """What a logo is clipped to; None where it is drawn whole.

    A file with a ground of its own may be much larger than its ink: no more of it is drawn than the clear space.
    """
    if logo.art.plate_hex is None:
        return None
    x0, y0, x1, y1 = (round(value) for value in logo.clear_box)
    return x0, y0, x1, y1


def _filled(picture: Raster, placement: PicturePlacement, ground_hex: str, painter: Painter) -> NDArray[np.uint8]:
    """The picture in its box: a photograph covers it, cropped round its subject; a cut-out stands whole on a ground."""
    x0, y0, x1, y1 = placement.box
    width, height = x1 - x0, y1 - y0
    source = np.frombuffer(picture.rgba, np.uint8).reshape(picture.height_px, picture.width_px, 4)
    is_cut_out = bool((source[..., 3] < 200).mean() > 0.05)
    if is_cut_out:
        scale = min(width * 0.76 / picture.width_px, height * 0.76 / picture.height_px)
        ground_hex = _showing(source, placement.grounds) or ground_hex
    else:
        scale = max(width / picture.width_px, height / picture.height_px)
    wide, high = max(1, round(picture.width_px * scale)), max(1, round(picture.height_px * scale))
    if not is_cut_out:
        wide, high = max(wide, width), max(high, height)
    scaled = painter.resize(picture, wide, high)
    pixels = np.frombuffer(scaled.rgba, np.uint8).reshape(high, wide, 4)
    filled = np.empty((height, width, 4), np.uint8)
    filled[:] = (*rgb_of(ground_hex), 255)
    if is_cut_out:
        left, top = (width - wide) // 2, (height - high) // 2
        target = filled[top : top + high, left : left + wide]
    else:
        left, top = _crop(picture, wide, high, width, height, painter)
        pixels, target = pixels[top : top + height, left : left + width], filled
    alpha = pixels[..., 3:].astype(np.float32) / 255
    target[..., :3] = (pixels[..., :3] * alpha + target[..., :3] * (1 - alpha)).round()
    return filled


def _crop(picture: Raster, wide: int, high: int, width: int, height: int, painter: Painter) -> tuple[int, int]:
    """Left and top of the part of a `wide` x `high` picture that keeps what draws the eye."""
    if (wide, high) == (width, height):
        return 0, 0
    scale = SIDE_PX / max(wide, high)
    small = painter.resize(picture, max(1, round(wide * scale)), max(1, round(high * scale)))
    seen = saliency_of(np.frombuffer(small.rgba, np.uint8).reshape(small.height_px, small.width_px, 4))
    left = round(crop_start(seen, width / wide, axis=1) * wide)
    top = round(crop_start(seen, height / high, axis=0) * high)
    return min(left, wide - width), min(top, high - height)


def _showing(source: NDArray[np.uint8], grounds: tuple[str, ...]) -> str | None:
    """The ground whose luminance is farthest from the picture's own ink."""
    visible = source[source[..., 3] > 128]
    if not grounds or not len(visible):
        return None
    ink = float(relative_luminance(visible[:: max(1, len(visible) // 4096), :3]).mean())
    return max(grounds, key=lambda value: abs(luminance_of(value) - ink))
