"""Measures of a logo whose place is known from the scene: its zone, and its pixels against the drawing itself.

What must not live here: any verdict, and finding a logo whose place is not known (`sgd_resources/sight`).
"""

import numpy as np

from sgd_assets.renders.compliance.boxes import Pixels, shrunk, whole
from sgd_assets.renders.compose.draw import logo_element
from sgd_assets.renders.compose.scene import LogoPlacement, Scene
from sgd_resources.colour import hex_of, rgb_of
from sgd_resources.ports import Painter

PLAIN, VEILED = 10, 52
"""Levels of 255 that count as ground: of a flat one, of a picture under its veil."""
_GRAIN_SHARE = 0.02  # of the clear space: drawn grounds are flat to the last pixel
_RINGING, _RINGING_BESIDE, _BLOCK_PX = 28, 72, 8
"""Of 255: how far coding with loss moves a flat ground, and within a block of ink."""
_AS_DRAWN = 0.004  # mean difference: a drawn logo has none, and one coded at quality 80 about so much
_PLAIN_SHARE = 0.8
_BLOCKS = 10  # on the logo's shorter side: colours that coding smeared over a few pixels are whole again in their mean


def intrusion_share(pixels: Pixels, logo: LogoPlacement, *, plain: int = PLAIN) -> float:
    """Share of the clear space around the logo that is not its ground, what lies off the canvas included.

    `plain`: levels of 255 that the ground may differ from its colour.
    """
    x0, y0, x1, y1 = (round(value) for value in logo.clear_box)
    height, width = pixels.shape[:2]
    outside = max(0, -x0) + max(0, -y0) + max(0, x1 - width) + max(0, y1 - height)
    cx0, cy0, cx1, cy1 = whole(logo.clear_box, pixels, grow=-1)
    region = pixels[cy0:cy1, cx0:cx1, :3].astype(np.int16)
    if region.size == 0:
        return 0.0
    away = np.abs(region - np.array(rgb_of(logo.ground_hex), np.int16)).max(axis=-1)
    # A lossy format leaves grain on flat grounds and rings around edges, up to one 8 px block away.
    is_lossy = plain > PLAIN or float(((away > 0) & (away <= 10)).mean()) > _GRAIN_SHARE
    far = np.full(away.shape, max(plain, _RINGING if is_lossy else PLAIN), np.int16)
    if is_lossy:
        lx0, ly0, lx1, ly1 = whole(logo.box, pixels, grow=_BLOCK_PX)
        far[max(0, ly0 - cy0) : max(0, ly1 - cy0), max(0, lx0 - cx0) : max(0, lx1 - cx0)] = max(plain, _RINGING_BESIDE)
    lx0, ly0, lx1, ly1 = whole(logo.box, pixels, grow=3 if is_lossy else 2)
    ring = np.ones(region.shape[:2], bool)
    ring[max(0, ly0 - cy0) : max(0, ly1 - cy0), max(0, lx0 - cx0) : max(0, lx1 - cx0)] = False
    is_other = away > far
    return 1.0 if outside > 4 else float((is_other & ring).sum() / max(int(ring.sum()), 1))


def logo_difference(pixels: Pixels, logo: LogoPlacement, painter: Painter, *, is_on_picture: bool = False) -> float:
    """Mean difference, 0..1, between the logo's box and the logo drawn afresh; on a picture where its ink is solid."""
    x0, y0, x1, y1 = whole(logo.box, pixels)
    if x1 <= x0 or y1 <= y0:
        return 1.0
    ground = "" if is_on_picture else f'<rect width="{x1 - x0}" height="{y1 - y0}" fill="{logo.ground_hex}"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{x1 - x0}" height="{y1 - y0}">'
        f'{ground}<g transform="translate({-x0} {-y0})">{logo_element(logo, painter)}</g></svg>'
    )
    fresh = painter.draw(svg)
    expected = np.frombuffer(fresh.rgba, np.uint8).reshape(fresh.height_px, fresh.width_px, 4)
    box = pixels[y0:y1, x0:x1, :3]
    if is_on_picture:
        away = np.abs(box.astype(np.int16) - expected[..., :3].astype(np.int16))[expected[..., 3] == 255]
        return float(away.mean() / 255) if away.size else 0.0
    k = max(1, min(_BLOCK_PX, (y1 - y0) // _BLOCKS, (x1 - x0) // _BLOCKS))
    return float(np.abs(shrunk(box, k) - shrunk(expected[..., :3], k)).mean() / 255)


def logo_stands_as_drawn(pixels: Pixels, scene: Scene, painter: Painter) -> bool:
    """Whether the logo's box shows the logo, but for what coding does; True where the scene has no logo."""
    if scene.logo is None:
        return True
    return logo_difference(pixels, scene.logo, painter) <= _AS_DRAWN


def ground_around(pixels: Pixels, logo: LogoPlacement) -> tuple[str | None, float]:
    """(the colour around the logo, None of none; the share of its clear space that is not its planned ground)."""
    cx0, cy0, cx1, cy1 = whole(logo.clear_box, pixels, grow=-1)
    lx0, ly0, lx1, ly1 = whole(logo.box, pixels, grow=2)
    ring = np.ones((max(0, cy1 - cy0), max(0, cx1 - cx0)), bool)
    ring[max(0, ly0 - cy0) : max(0, ly1 - cy0), max(0, lx0 - cx0) : max(0, lx1 - cx0)] = False
    colours = pixels[cy0:cy1, cx0:cx1, :3][ring].astype(np.float32)
    if not len(colours):
        return None, 0.0
    planned = np.abs(colours - np.array(rgb_of(logo.ground_hex), np.float32)).max(axis=1) > _RINGING
    middle = np.median(colours, axis=0)
    is_plain = float((np.abs(colours - middle).max(axis=1) <= _RINGING).mean()) >= _PLAIN_SHARE
    return hex_of(*middle.tolist()) if is_plain else None, float(planned.mean())


def is_on_picture(scene: Scene) -> bool:
    """Whether the logo stands on a picture that fills the page, with no band of its own under it."""
    return scene.backdrop is not None and scene.logo is not None and scene.logo.band is None
