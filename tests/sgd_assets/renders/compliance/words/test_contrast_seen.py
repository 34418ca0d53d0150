"""Contrast is read alike from a drawn picture and from one coded with loss; what is broken stays broken in both."""

import io

import numpy as np
import pytest
from PIL import Image

from sgd_assets.renders.compliance.boxes import Pixels
from sgd_assets.renders.compliance.critique import critique_picture
from sgd_assets.renders.compliance.words.contrast_seen import contrast_seen
from sgd_assets.renders.compose.draw import compose
from sgd_assets.renders.model import RenderPlan
from sgd_resources.colour import contrast
from sgd_resources.ports import Raster
from tests.sgd_assets.renders.laying import FULL, PAINTER, SHORT, laid, plan_of

LOSSY = ((95, 0), (90, 2), (80, 2))
"""(quality, chroma subsampling): ours, and two of the web's usual ones at 4:2:0."""
SIZES = ("728x90", "300x250", "160x600", "600x314", "540x540")


def _coded(raster: Raster, quality: int, subsampling: int) -> Raster:
    image = Image.frombuffer("RGBA", (raster.width_px, raster.height_px), raster.rgba).convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=subsampling)
    return Raster(raster.width_px, raster.height_px, Image.open(out).convert("RGBA").tobytes())


def _flagged(plan: RenderPlan, slug: str, quality: int, subsampling: int) -> list[str]:
    scene = laid(plan, slug=slug)
    coded = _coded(compose(scene, painter=PAINTER, pictures={}), quality, subsampling)
    found = critique_picture(coded, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
    rules = ("text_contrast", "logo_clear_space")
    return [finding.message for finding in found.findings if finding.rule in rules]


@pytest.mark.slow
@pytest.mark.parametrize(("quality", "subsampling"), LOSSY)
@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
def test_no_clean_jpeg_is_flagged(slug: str, quality: int, subsampling: int) -> None:
    plans = [
        plan_of(size, slug=slug, words=words, index=index)
        for size in SIZES
        for words in (FULL, SHORT)
        for index in (0, 1)
    ]
    assert [found for plan in plans if (found := _flagged(plan, slug, quality, subsampling))] == []


@pytest.mark.slow
@pytest.mark.parametrize(("quality", "subsampling"), LOSSY)
def test_faint_words_are_flagged_in_a_jpeg_too(quality: int, subsampling: int) -> None:
    plan = plan_of("600x314").model_copy(update={"text_hex": "#22261F", "background_hex": "#1E4D3A"})
    assert any("contrast" in message for message in _flagged(plan, "larkfold", quality, subsampling))


def test_words_that_were_painted_over_in_a_jpeg_are_flagged() -> None:
    plan = plan_of("600x314")
    scene = laid(plan)
    raster = compose(scene, painter=PAINTER, pictures={})
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4).copy()
    x0, y0, x1, y1 = (round(value) for value in scene.texts[0].box)
    pixels[y0:y1, x0:x1, :3] = (30, 77, 58)
    coded = _coded(Raster(raster.width_px, raster.height_px, pixels.tobytes()), 90, 2)
    found = critique_picture(coded, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
    assert "text_contrast" in {finding.rule for finding in found.findings}


@pytest.mark.parametrize(("ink", "ground"), [("#F7F0E3", "#1E4D3A"), ("#777777", "#FFFFFF"), ("#1E4D3A", "#22261F")])
def test_flat_words_read_as_their_two_colours_exactly(ink: str, ground: str) -> None:
    box = _striped(ink, (ground,))
    assert contrast_seen(box, ink) == pytest.approx(contrast(ink, ground), abs=0.01)


def test_the_worst_of_two_grounds_counts() -> None:
    box = _striped("#F7F0E3", ("#1E4D3A", "#F2A62B"))
    assert contrast_seen(box, "#F7F0E3") == pytest.approx(contrast("#F7F0E3", "#F2A62B"), abs=0.01)


def _striped(ink: str, grounds: tuple[str, ...]) -> Pixels:
    box = np.zeros((60, 200, 4), np.uint8)
    box[..., 3] = 255
    for index, ground in enumerate(grounds):
        box[:, 200 * index // len(grounds) :, :3] = tuple(bytes.fromhex(ground[1:]))
    box[20:40, ::10, :3] = tuple(bytes.fromhex(ink[1:]))
    return box
