"""Small spoiled pictures whose scene is known, each with the rule that must find it, and clean ones beside them."""

from dataclasses import replace

import numpy as np
import pytest

from sgd_assets.renders.brief.model import Brief, BriefCopy
from sgd_assets.renders.compliance.boxes import Box, whole
from sgd_assets.renders.compliance.critique import critique_picture
from sgd_assets.renders.compose.draw import compose
from sgd_assets.renders.compose.scene import Scene, TextPlacement
from sgd_assets.renders.model import RenderPlan
from sgd_resources.colour import hex_of, rgb_of
from sgd_resources.ports import PictureFormat, Raster
from tests.sgd_assets.renders.compliance.test_critique import PAINTER, _drawn, _painted

pytestmark = pytest.mark.slow


def _rules(raster: Raster, plan: RenderPlan, scene: Scene) -> set[str]:
    found = critique_picture(raster, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
    return {finding.rule for finding in found.findings}


def _with_headline(scene: Scene, words: str) -> Scene:
    """The scene with another headline of the same setting, as a misspelt one is drawn."""
    first = scene.texts[0]
    other = replace(first, text=replace(first.text, lines=(words, *first.text.lines[1:])))
    return replace(scene, texts=(other, *scene.texts[1:]))


def _box(text: TextPlacement) -> Box:
    return text.box


@pytest.mark.slow
@pytest.mark.parametrize("words", ["Opne day", "Open bay", "Oqen day", "Open daj"])
def test_a_misspelt_headline_is_found_though_the_scene_says_the_right_one(words: str) -> None:
    plan, scene, _ = _drawn()
    spoiled = compose(_with_headline(scene, words), painter=PAINTER, pictures={})
    assert "text_exact" in _rules(spoiled, plan, scene)


@pytest.mark.slow
@pytest.mark.parametrize("words", ["Opne day", "Open days", "Day"])
def test_a_headline_that_is_not_the_copy_is_found_though_it_is_drawn_as_set(words: str) -> None:
    plan, scene, _ = _drawn()
    brief = Brief(words=BriefCopy(headline="Open day", body="Saturday"), source="copy")
    plan = plan.model_copy(update={"brief": brief})
    wrong = _with_headline(scene, words)
    found = _rules(compose(wrong, painter=PAINTER, pictures={}), plan, wrong)
    assert ("text_exact" in found) == (words != "Day")
    assert "text_exact" not in _rules(compose(scene, painter=PAINTER, pictures={}), plan, scene)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.25, 0.4, 0.6])
def test_a_headline_of_which_a_part_is_gone_counts_as_cut(share: float) -> None:
    plan, scene, raster = _drawn()
    x0, y0, x1, y1 = whole(_box(scene.texts[0]), np.frombuffer(raster.rgba, np.uint8).reshape(540, 540, 4))
    ground = scene.texts[0].ground_hex
    rgb = (int(ground[1:3], 16), int(ground[3:5], 16), int(ground[5:7], 16))
    gone = _painted(raster, (x1 - share * (x1 - x0), y0, x1, y1), rgb)
    assert "text_overflow" in _rules(gone, plan, scene)


@pytest.mark.parametrize("colour", [(255, 0, 255), (0, 160, 220), (120, 120, 20)])
def test_two_percent_of_another_colour_are_found(colour: tuple[int, int, int]) -> None:
    plan, scene, raster = _drawn()
    side = round(540 * 0.02**0.5)
    spoiled = _painted(raster, (0, 540 - side, side, 540), colour)
    assert "off_palette_region" in _rules(spoiled, plan, scene)


@pytest.mark.parametrize("picture_format", ["png", "jpg", "webp"])
def test_a_clean_picture_breaks_nothing_in_any_format(picture_format: PictureFormat) -> None:
    plan, scene, raster = _drawn()
    delivered = PAINTER.decode(PAINTER.encode(raster, picture_format))
    assert _rules(delivered, plan, scene) == set()


@pytest.mark.parametrize("picture_format", ["png", "jpg", "webp"])
@pytest.mark.parametrize("share", [0.15, 0.25])
def test_words_that_fade_into_their_ground_are_found_however_the_picture_was_coded(
    share: float, picture_format: PictureFormat
) -> None:
    plan, scene, _ = _drawn()
    faded = replace(scene, texts=tuple(replace(text, hex=_faded(text, share)) for text in scene.texts))
    raster = compose(faded, painter=PAINTER, pictures={})
    # A picture that was a JPEG once has its grain in every format that it is saved in later.
    coded = PAINTER.decode(PAINTER.encode(raster, "jpg"))
    assert "text_contrast" in _rules(PAINTER.decode(PAINTER.encode(coded, picture_format)), plan, scene)


def _faded(text: TextPlacement, share: float) -> str:
    """The text's colour, only so strong on its ground."""
    ink, ground = (np.array(rgb_of(value), float) for value in (text.hex, text.ground_hex))
    return hex_of(*(ground + share * (ink - ground)).tolist())
