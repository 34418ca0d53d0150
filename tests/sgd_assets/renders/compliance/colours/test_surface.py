"""The surface on its grid gives what counting each pixel by itself gives."""

import numpy as np
import pytest

from sgd_assets.renders.compliance.boxes import Pixels
from sgd_assets.renders.compliance.colours.surface import surface_of
from sgd_assets.renders.compliance.critique import critique_picture
from sgd_resources.ports import Raster

GREEN, CREAM = "#1E4D3A", "#F7F0E3"


def _share(pixels: Pixels, palette: tuple[str, ...]) -> float:
    raster = Raster(pixels.shape[1], pixels.shape[0], pixels.tobytes())
    return critique_picture(raster, palette=palette).measurements["palette_share_ratio"]


@pytest.mark.slow
@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 9), (40, 30), (700, 900), (1201, 811)])
def test_the_share_of_flat_fields_is_their_area(height: int, width: int) -> None:
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[...] = (0x1E, 0x4D, 0x3A, 255)
    pixels[:, : width // 4, :3] = (255, 0, 255)
    assert _share(pixels, (GREEN, CREAM)) == pytest.approx(1 - (width // 4) / width, abs=0.004)


def test_alpha_makes_no_other_colour_and_only_judged_pixels_count() -> None:
    pixels = np.zeros((20, 20, 4), np.uint8)
    pixels[...] = (0x1E, 0x4D, 0x3A, 255)
    pixels[:5, :, 3] = 90
    pixels[10:] = (9, 9, 200, 0)
    assert _share(pixels, (GREEN,)) == 1.0


def test_noise_of_many_colours_is_counted_as_each_colour_by_itself() -> None:
    noise = np.random.default_rng(3).integers(0, 40, (200, 300, 4), dtype=np.uint8) * 6
    noise[..., 3] = 255
    surface = surface_of(noise, np.ones((200, 300), bool), (GREEN, CREAM))
    assert float(surface.is_kept.mean()) < 0.1


def test_a_photograph_of_colours_between_the_palettes_own_is_found_and_left_out() -> None:
    random = np.random.default_rng(5)
    coarse = random.random((20, 30, 1)).repeat(20, axis=0).repeat(20, axis=1)
    shade = np.clip(coarse * 0.7 + random.random((400, 600, 1)) * 0.15, 0, 1)
    dark, light = np.array([0x1E, 0x4D, 0x3A]), np.array([0xF7, 0xF0, 0xE3])
    pixels = np.full((800, 600, 4), 255, np.uint8)
    pixels[..., :3] = light
    pixels[:400, :, :3] = dark + shade * (light - dark) + random.normal(0, 9, (400, 600, 3))
    surface = surface_of(pixels, np.ones((800, 600), bool), (GREEN, CREAM))
    assert float(surface.is_photo.mean()) == pytest.approx(0.5, abs=0.03)


def test_many_small_areas_of_one_foreign_colour_are_told_as_one_finding() -> None:
    pixels = np.full((600, 600, 4), 255, np.uint8)
    pixels[..., :3] = (0xF7, 0xF0, 0xE3)
    for top in range(60, 600, 120):
        for left in range(60, 600, 120):
            pixels[top : top + 40, left : left + 40, :3] = (0x37, 0xBB, 0x58)
    found = critique_picture(Raster(600, 600, pixels.tobytes()), palette=(GREEN, CREAM))
    [region] = [finding for finding in found.findings if finding.rule == "off_palette_region"]
    assert len(region.boxes) > 20
    assert region.value == pytest.approx(0.1, abs=0.02)
