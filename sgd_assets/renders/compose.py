"""Draws a scene: SVG for shapes, outlined text and the logo, then reference pictures, through the `Painter` port.

From `Scene` to `Raster`. What must not live here: any choice of what stands where.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.colour import rgb_of
from sgd_assets.renders.logos import image_element
from sgd_assets.renders.scene import LogoPlacement, PicturePlacement, Scene
from sgd_resources.ports import Painter, Raster


def compose(scene: Scene, *, painter: Painter, pictures: Mapping[str, Raster]) -> Raster:
    """The picture. `pictures` holds the decoded reference pictures by object key."""
    raster = painter.draw(scene_svg(scene, painter))
    if not scene.pictures:
        return raster
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4).copy()
    for placement in scene.pictures:
        x0, y0, x1, y1 = placement.box
        pixels[y0:y1, x0:x1] = _cropped(pictures[placement.key], placement, scene.background_hex, painter)
    return Raster(raster.width_px, raster.height_px, pixels.tobytes())


def scene_svg(scene: Scene, painter: Painter) -> str:
    """The scene as one self-contained SVG: no fonts, no links."""
    parts = [
        f'<rect width="{scene.width_px}" height="{scene.height_px}" fill="{scene.background_hex}"/>',
        *scene.shapes,
    ]
    parts += [text.text.svg(text.x, text.top, text.hex, anchor=text.anchor) for text in scene.texts]
    if scene.logo is not None:
        parts.append(logo_element(scene.logo, painter))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{scene.width_px}" height="{scene.height_px}" '
        f'viewBox="0 0 {scene.width_px} {scene.height_px}">{"".join(parts)}</svg>'
    )


def logo_element(logo: LogoPlacement, painter: Painter) -> str:
    """The logo's file, untouched, placed so that its ink fills its box."""
    x, y, width, height = logo.frame
    if "svg" not in logo.art.media_type:
        # Whole pixels: a resampled picture shifted by half a pixel would be blurred twice.
        x, y, width, height = round(x), round(y), max(1, round(width)), max(1, round(height))
    return image_element(logo.art.data, logo.art.media_type, x, y, width, height, painter)


def _cropped(picture: Raster, placement: PicturePlacement, ground_hex: str, painter: Painter) -> NDArray[np.uint8]:
    """The picture scaled to cover its box, cropped evenly, clear parts on the ground."""
    x0, y0, x1, y1 = placement.box
    width, height = x1 - x0, y1 - y0
    scale = max(width / picture.width_px, height / picture.height_px)
    scaled = painter.resize(
        picture, max(width, round(picture.width_px * scale)), max(height, round(picture.height_px * scale))
    )
    pixels = np.frombuffer(scaled.rgba, np.uint8).reshape(scaled.height_px, scaled.width_px, 4)
    left, top = (scaled.width_px - width) // 2, (scaled.height_px - height) // 2
    crop = pixels[top : top + height, left : left + width].astype(np.float32)
    alpha = crop[..., 3:] / 255
    solid = crop[..., :3] * alpha + np.array(rgb_of(ground_hex), np.float32) * (1 - alpha)
    opaque = np.full((height, width, 1), 255, np.float32)
    return np.concatenate([solid.round(), opaque], axis=-1).astype(np.uint8)
