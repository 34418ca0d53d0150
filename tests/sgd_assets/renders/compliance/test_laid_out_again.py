"""A picture of ours is judged against its scene, laid out again, as long as it is that scene."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.compliance.laid_out_again import scene_again
from sgd_assets.renders.compliance.logo.placed import logo_stands_as_drawn
from sgd_assets.renders.model import RenderPlan
from sgd_resources.drawing.painter import ResvgPainter
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

PAINTER = ResvgPainter()


@lru_cache(maxsize=1)
def _made() -> tuple[SampleBrand, RenderPlan, NDArray[np.uint8]]:
    brand = SampleBrand("larkfold")
    [output] = render(brand, request('Post "Open day" "Saturday"', "600x750"), FakeConfinedJobs()).outputs
    raster = PAINTER.decode(brand.store.get(output.key))
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
    return brand, output.plan, pixels


def test_the_scene_of_a_render_is_laid_out_again_where_it_was() -> None:
    brand, plan, pixels = _made()
    scene = scene_again(plan, brand.files.files_for(plan, {}), pixels, PAINTER)
    assert scene is not None
    assert scene.logo is not None
    assert plan.logo_box_px is not None
    assert [round(value, 1) for value in scene.logo.box] == [round(value, 1) for value in plan.logo_box_px]
    assert logo_stands_as_drawn(pixels, scene, PAINTER)


def test_faded_words_still_stand_where_they_were_set() -> None:
    brand, plan, pixels = _made()
    faded = pixels.astype(np.float32)
    faded[..., :3] = 255 - (255 - faded[..., :3]) * 0.3
    assert scene_again(plan, brand.files.files_for(plan, {}), faded.astype(np.uint8), PAINTER) is not None


def test_a_shifted_or_cropped_picture_is_no_longer_its_scene() -> None:
    brand, plan, pixels = _made()
    files = brand.files.files_for(plan, {})
    assert scene_again(plan, files, np.roll(pixels, 70, axis=1), PAINTER) is None
    assert scene_again(plan, files, pixels[:-10], PAINTER) is None


def test_a_logo_that_was_painted_over_does_not_stand_as_drawn() -> None:
    brand, plan, pixels = _made()
    scene = scene_again(plan, brand.files.files_for(plan, {}), pixels, PAINTER)
    assert scene is not None
    assert scene.logo is not None
    x0, y0, x1, y1 = (int(value) for value in scene.logo.box)
    spoiled = pixels.copy()
    spoiled[y0 : y0 + (y1 - y0) // 2, x0 : x0 + (x1 - x0) // 3, :3] = (200, 30, 90)
    assert not logo_stands_as_drawn(spoiled, scene, PAINTER)
