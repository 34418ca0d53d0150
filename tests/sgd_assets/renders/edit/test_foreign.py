"""An edit of a picture from elsewhere does what arithmetic on its pixels can, and names the rest."""

import io
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.edit.foreign import as_foreign_edit
from sgd_assets.renders.model import RenderOutput, RenderRecord
from sgd_resources.colour import rgb_of
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.imagery.pictures import still_life
from tests.sgd_assets.renders.rendering import render

pytestmark = pytest.mark.slow

GREEN, CREAM = "#1E4D3A", "#F7F0E3"


@pytest.fixture(scope="module")
def brand() -> SampleBrand:
    return SampleBrand("larkfold")


@pytest.fixture(scope="module")
def photo(brand: SampleBrand) -> str:
    return brand.add("harbour.png", still_life(900, 600, subject=(0.75, 0.4))).key


@pytest.fixture(scope="module")
def poster(brand: SampleBrand) -> str:
    """A blue field with a red disc: flat art of another tool."""
    image = Image.new("RGB", (600, 600), "#1F5FD2")
    pixels = np.asarray(image).copy()
    y, x = np.mgrid[0:600, 0:600]
    pixels[np.hypot(x - 300, y - 300) < 150] = (210, 31, 31)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return brand.add("flat.png", out.getvalue()).key


def edited(brand: SampleBrand, key: str, instruction: str, size: str = "540x540") -> RenderRecord:
    return render(brand, request(instruction, size, task="edit", references=[key]), FakeConfinedJobs())


def pixels_of(brand: SampleBrand, output: RenderOutput) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(brand.store.get(output.key))).convert("RGB")).astype(np.int16)


def is_near(pixel: Any, hex_value: str, most: int = 12) -> bool:
    return bool(np.abs(np.asarray(pixel) - np.array(rgb_of(hex_value))).max() <= most)


@pytest.mark.slow
@pytest.mark.parametrize("instruction", ["Crop it to a square", "Recadrer en carré", "Crop to 1:1"])
def test_a_crop_is_the_picture_alone_round_its_subject(brand: SampleBrand, photo: str, instruction: str) -> None:
    record = edited(brand, photo, instruction)
    output = record.outputs[0]
    assert (output.plan.layout, output.plan.unmet, output.plan.logo_box_px) == ("picture", (), None)
    assert record.guardrails_ok
    seen = pixels_of(brand, output)
    red = (seen[..., 0] > 180) & (seen[..., 1] < 110)
    assert float(red.mean()) > 0.03  # the subject, which stands at the right of the picture


def test_a_crop_to_another_shape_than_the_requests_is_named(brand: SampleBrand, photo: str) -> None:
    record = edited(brand, photo, "Crop to 16:9")
    assert record.outputs[0].plan.unmet == ("edit: size set 16:9: the request's dimensions are 540x540",)
    assert not record.guardrails_ok


@pytest.mark.slow
@pytest.mark.parametrize(
    "instruction", ["Extend the picture to 540x960", "Erweitere das Bild", "Extend the background"]
)
def test_an_extended_picture_is_whole_on_more_of_its_own_ground(
    brand: SampleBrand, photo: str, instruction: str
) -> None:
    output = edited(brand, photo, instruction, "540x960").outputs[0]
    assert (output.plan.layout, output.plan.unmet) == ("picture", ())
    seen = pixels_of(brand, output)
    whole = np.asarray(Image.open(io.BytesIO(still_life(900, 600, subject=(0.75, 0.4)))).resize((540, 360)))
    middle = seen[960 // 2 - 100 : 960 // 2 + 100]
    assert np.abs(middle - whole[80:280].astype(np.int16)).mean() < 4
    assert np.abs(seen[5].mean(axis=0) - whole[4].mean(axis=0)).max() < 14
    assert float(np.abs(np.diff(seen[20:250], axis=0)).mean()) < 2  # soft, without shapes of the picture


def test_a_flat_ground_is_extended_in_its_one_colour(brand: SampleBrand, poster: str) -> None:
    output = edited(brand, poster, "Extend the canvas", "960x540").outputs[0]
    seen = pixels_of(brand, output)
    for x in (5, 955):
        assert is_near(seen[270, x], "#1F5FD2", 2)


def test_a_picture_is_set_in_two_colours_of_the_palette(brand: SampleBrand, photo: str) -> None:
    output = edited(brand, photo, "Make it a duotone in our colours").outputs[0]
    assert output.plan.picture_edit is not None
    assert output.plan.picture_edit.duotone_hex is not None
    dark, light = (np.array(rgb_of(value), float) for value in output.plan.picture_edit.duotone_hex)
    assert set(output.plan.picture_edit.duotone_hex) <= set(output.plan.palette_hex)
    seen = pixels_of(brand, output).reshape(-1, 3)[::97]
    along = (light - dark) / np.linalg.norm(light - dark)
    off = (seen - dark) - ((seen - dark) @ along)[:, None] * along
    assert np.abs(off).max() < 4
    assert output.plan.unmet == ()


@pytest.mark.slow
@pytest.mark.parametrize("instruction", ["Replace the blue by our green", "Change #1F5FD2 to #1E4D3A"])
def test_a_flat_colour_is_replaced_by_one_of_the_palette(brand: SampleBrand, poster: str, instruction: str) -> None:
    output = edited(brand, poster, instruction).outputs[0]
    assert output.plan.unmet == ()
    seen = pixels_of(brand, output)
    assert is_near(seen[10, 10], GREEN)
    assert is_near(seen[270, 270], "#D21F1F")


def test_a_colour_that_the_picture_has_not_is_named(brand: SampleBrand, poster: str) -> None:
    record = edited(brand, poster, "Replace the yellow by our green")
    assert any("yellow" in line and "no such flat colour" in line for line in record.outputs[0].plan.unmet)
    assert not record.guardrails_ok


def test_words_and_the_logo_are_set_on_the_picture_and_can_be_read(brand: SampleBrand, photo: str) -> None:
    record = edited(brand, photo, 'Overlay the headline "Open day" and add our logo bottom right')
    output = record.outputs[0]
    assert output.plan.headline == "Open day"
    assert output.plan.logo_box_px is not None
    assert output.plan.logo_box_px[0] > 270
    assert output.plan.picture_boxes_px == ((0.0, 0.0, 540.0, 540.0),)
    assert (output.plan.unmet, output.critique.violations) == ((), ())
    assert record.guardrails_ok


@pytest.mark.slow
@pytest.mark.parametrize("instruction", ["Remove the person on the left", "Make it brighter", "Remove the date"])
def test_what_needs_a_model_is_named(brand: SampleBrand, photo: str, instruction: str) -> None:
    record = edited(brand, photo, instruction)
    assert len(record.outputs[0].plan.unmet) == 1
    assert record.outputs[0].plan.unmet[0].startswith("edit: ")
    assert not record.guardrails_ok


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ['Change the headline from "Closed day" to "Open day"', 'Change the headline to "Open day"']
)
def test_new_words_for_those_inside_the_picture_are_set_on_it_and_the_old_ones_named(
    brand: SampleBrand, photo: str, words: str
) -> None:
    record = edited(brand, photo, words)
    assert record.outputs[0].plan.headline == "Open day"
    assert len(record.outputs[0].plan.unmet) == 1
    assert not record.guardrails_ok


@pytest.mark.parametrize(
    "instruction", ["Crop it to the subject", "Crop to the face", "Recadre sur le sujet", "Recorta al sujeto"]
)
def test_an_order_to_crop_is_done_and_not_told_as_open(brand: SampleBrand, instruction: str) -> None:
    body = request(instruction, task="edit", references=["picture"])
    _, direction = as_foreign_edit(body, read_brief(body), brand.canon)
    assert direction.unmet == ()


def test_cropping_someone_out_is_told(brand: SampleBrand) -> None:
    body = request("Crop out the person", task="edit", references=["picture"])
    _, direction = as_foreign_edit(body, read_brief(body), brand.canon)
    assert len(direction.unmet) == 1
