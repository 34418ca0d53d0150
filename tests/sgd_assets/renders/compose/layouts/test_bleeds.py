"""Layouts with a picture under the words: every line can be read, by measure, and the subject stays clear of them."""

from itertools import combinations

import pytest

from sgd_assets.renders.brief.model import BriefCopy, WantedImagery
from sgd_assets.renders.compliance.critique import critique_picture
from sgd_assets.renders.compose.backdrop.sight import sight_of
from sgd_assets.renders.compose.draw import compose
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.model import RenderPlan
from sgd_resources.ports import PictureFormat
from tests.sgd_assets.renders.imagery.pictures import illustration, logo, photo, still_life
from tests.sgd_assets.renders.laying import FULL, PAINTER, SHORT, laid, plan_of, with_picture
from tests.sgd_assets.renders.looks import unlike

SIZES = {"wide": "600x314", "square": "540x540", "tall": "540x675", "small": "300x250"}
SIZES |= {"banner": "970x250", "tower": "160x600"}
BLEEDS = [name for name, family in FAMILIES.items() if family.art == "backdrop" and name != "picture"]
EVERY = [(name, kind) for name in BLEEDS for kind in sorted(FAMILIES[name].formats)]
PHOTO = PAINTER.decode(photo(subject=(0.72, 0.4)))
LOW = PAINTER.decode(photo(subject=(0.4, 0.75)))
DRAWN = PAINTER.decode(illustration())


def bled(
    layout: str, kind: str, words: BriefCopy = SHORT, index: int = 0, picture: object = None
) -> tuple[RenderPlan, Scene]:
    plan = plan_of(SIZES[kind], words=words, index=index).model_copy(update={"layout": layout})
    plan = with_picture(plan)
    return plan, laid(plan, sights={"picture": sight_of(picture or PHOTO, PAINTER)})  # type: ignore[arg-type]  # a raster


def test_each_format_has_several_and_there_are_at_least_four() -> None:
    assert len(BLEEDS) >= 4
    for kind in SIZES:
        assert sum(kind in FAMILIES[name].formats for name in BLEEDS) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("picture", [PHOTO, DRAWN], ids=["photo", "drawn"])
@pytest.mark.parametrize(("layout", "kind"), EVERY)
def test_words_and_logo_keep_every_rule_by_measure(layout: str, kind: str, picture: object) -> None:
    words = FULL if kind in ("square", "tall", "wide") else SHORT
    picture = LOW if layout == "bleed_head" else picture
    for index in range(2):
        plan, scene = bled(layout, kind, words, index, picture)
        assert scene.layout == layout
        assert scene.backdrop is not None
        raster = compose(scene, painter=PAINTER, pictures={"picture": picture})  # type: ignore[dict-item]  # a raster
        found = critique_picture(raster, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
        assert found.violations == (), (plan.background_hex, found.measurements)
        assert found.measurements["text_contrast_ratio"] >= 4.4


@pytest.mark.slow
@pytest.mark.parametrize("file", ["jpg", "webp"])
def test_what_a_lossy_format_does_to_a_picture_is_no_lack_of_contrast(file: PictureFormat) -> None:
    plan, scene = bled("bleed_side", "wide", FULL)
    raster = compose(scene, painter=PAINTER, pictures={"picture": PHOTO})
    delivered = PAINTER.decode(PAINTER.encode(raster, file))
    found = critique_picture(delivered, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
    assert found.violations == ()


def test_words_on_a_picture_without_its_veil_are_found_out() -> None:
    plan, scene = bled("bleed_foot", "square", FULL)
    assert scene.backdrop is not None
    bare = compose(
        type(scene)(**{**vars(scene), "backdrop": type(scene.backdrop)(**{**vars(scene.backdrop), "shades": ()})}),
        painter=PAINTER, pictures={"picture": PHOTO},
    )  # fmt: skip
    found = critique_picture(bare, palette=plan.palette_hex, plan=plan, scene=scene, painter=PAINTER)
    assert {finding.rule for finding in found.findings} >= {"text_contrast", "logo_clear_space"}


@pytest.mark.parametrize(
    ("layout", "kind"), [("bleed_side", "wide"), ("bleed_foot", "square"), ("banner_bleed", "banner")]
)
@pytest.mark.slow
@pytest.mark.parametrize("subject", [(0.2, 0.35), (0.5, 0.4), (0.8, 0.35)])
def test_the_subject_is_clear_of_words_and_logo(layout: str, kind: str, subject: tuple[float, float]) -> None:
    picture = PAINTER.decode(still_life(1600, 1000, subject=subject))
    _, scene = bled(layout, kind, picture=picture)
    assert scene.backdrop is not None
    window = scene.backdrop.window
    x = (subject[0] - window.x) / window.width * scene.width_px
    y = (subject[1] - window.y) / window.height * scene.height_px
    assert 0 < x < scene.width_px
    assert 0 < y < scene.height_px
    for box in [text.box for text in scene.texts] + [scene.logo.box if scene.logo else (0, 0, 0, 0)]:
        assert not (box[0] < x < box[2] and box[1] < y < box[3])


def test_a_cut_out_is_shown_in_a_panel_and_several_pictures_side_by_side() -> None:
    _, scene = bled("bleed_side", "wide", picture=PAINTER.decode(logo()))
    assert scene.backdrop is None
    assert scene.pictures
    assert scene.layout in ("poster", "split", "frame", "window", "poster_flip", "split_flip")


def test_two_colours_of_the_brand_are_all_that_a_toned_picture_shows() -> None:
    plan, scene = bled("bleed_tones", "square")
    assert scene.backdrop is not None
    assert scene.backdrop.duotone is not None
    assert set(scene.backdrop.duotone) <= set(plan.palette_hex)
    assert plan.background_hex in scene.backdrop.duotone


@pytest.mark.slow
@pytest.mark.parametrize("size", ["1080x1080", "1200x628", "1080x1350", "300x250", "160x600", "970x250"])
def test_variations_that_show_one_picture_are_not_alike(size: str) -> None:
    """Four of a thin format, six of others: as many families as show a picture there."""
    picture = PAINTER.decode(still_life(1600, 1067, subject=(0.6, 0.4)))
    rasters, grounds, looks = [], [], set()
    for index in range(4 if size in ("160x600", "970x250") else 6):
        plan = plan_of(size, index=index, imagery=WantedImagery(kind="photo", subject="a light"), pictured=True)
        scene = laid(with_picture(plan), sights={"picture": sight_of(picture, PAINTER)})
        looks.add((scene.layout, plan.background_hex))
        grounds.append(plan.background_hex)
        rasters.append(compose(scene, painter=PAINTER, pictures={"picture": picture}))
    assert len(looks) == len(rasters)
    pairs = [(i, j) for i, j in combinations(range(len(rasters)), 2) if grounds[i] == grounds[j]]
    assert [(i, j) for i, j in pairs if unlike(rasters[i], rasters[j]) < 0.08] == []


def test_a_picture_whose_subject_words_would_hide_is_shown_beside_them() -> None:
    _, scene = bled("bleed_head", "square", FULL, 1)
    assert scene.backdrop is None
    assert scene.pictures
