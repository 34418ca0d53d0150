"""Every part of the copy stands on the picture in every layout, or the scene says that it has no room."""

from functools import cache

import pytest

from sgd_assets.renders.compose.backdrop.sight import sight_of
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES, format_of, names_for
from sgd_assets.renders.compose.scene import Scene
from sgd_resources.colour import contrast
from tests.sgd_assets.renders.imagery.pictures import photo
from tests.sgd_assets.renders.laying import FULL, PAINTER, SHORT, laid, plan_of, with_picture

SIZE_OF = {"banner": "970x250", "tower": "300x1000", "tiny": "64x64", "small": "336x280", "wide": "1200x628"}
SIZE_OF |= {"square": "1080x1080", "tall": "1080x1620"}
EVERY = [(name, kind) for name, family in FAMILIES.items() for kind in sorted(family.formats) if name != "mark"]
ELEMENTS = FULL.elements()
_SIGHT = sight_of(PAINTER.decode(photo(subject=(0.7, 0.4))), PAINTER)


@cache
def _scene(layout: str, kind: str, *, is_full: bool) -> Scene:
    """A layout in a format; laid out once for all that is asked of it."""
    plan = plan_of(SIZE_OF[kind], words=FULL if is_full else SHORT).model_copy(update={"layout": layout})
    if FAMILIES[layout].art != "backdrop":
        return laid(plan)
    return laid(with_picture(plan), sights={"picture": _SIGHT})


def _accounted(scene: Scene) -> list[tuple[str, str]]:
    drawn = [(text.role, " ".join(text.text.lines)) for text in scene.texts]
    return sorted((role, _letters(words)) for role, words in (*drawn, *scene.dropped))


def _letters(words: str) -> str:
    """Without its spaces: an address is broken inside."""
    return "".join(words.split())


def test_there_are_at_least_twenty_families_and_each_format_has_several() -> None:
    assert len(FAMILIES) >= 20
    for kind in SIZE_OF:
        if kind != "tiny":
            names = names_for(kind, logo_place=None, has_motif=True, has_pictures=False)  # type: ignore[arg-type]  # a kind
            assert len(names) >= 4


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "kind"), EVERY)
def test_every_part_of_the_copy_is_drawn_or_named(layout: str, kind: str) -> None:
    scene = _scene(layout, kind, is_full=True)
    assert _accounted(scene) == sorted((role, _letters(words)) for role, words in ELEMENTS)
    if kind in ("square", "tall", "wide", "tower"):
        assert scene.dropped == ()


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "kind"), EVERY)
def test_words_stay_on_the_canvas_apart_from_each_other_and_out_of_the_logos_space(layout: str, kind: str) -> None:
    for is_full in (True, False):
        scene = _scene(layout, kind, is_full=is_full)
        boxes = [text.box for text in scene.texts] + ([scene.logo.clear_box] if scene.logo else [])
        for index, a in enumerate(boxes):
            assert min(a[0], a[1]) >= -1
            assert a[2] <= scene.width_px + 1
            assert a[3] <= scene.height_px + 1
            for b in boxes[index + 1 :]:
                assert min(a[2], b[2]) - max(a[0], b[0]) <= 1 or min(a[3], b[3]) - max(a[1], b[1]) <= 1, scene.layout


@pytest.mark.parametrize("size", ["320x50", "728x90", "160x600", "300x250", "970x250", "1200x628", "1080x1080"])
def test_nothing_is_set_smaller_than_can_be_read(size: str) -> None:
    scene = laid(plan_of(size, words=FULL))
    width, height = (int(part) for part in size.split("x"))
    least = 14.0 if min(width, height) >= 80 else 9.0
    assert scene.texts
    assert min(text.text.size_px for text in scene.texts) >= least - 0.02
    assert all(text.text.size_px >= 0.02 * min(width, height) - 0.02 for text in scene.texts if text.role == "body")


@pytest.mark.parametrize("slug", ["larkfold", pytest.param("kestrine", marks=pytest.mark.slow)])
@pytest.mark.parametrize("size", ["728x90", "300x250", "1200x628", "1080x1080"])
def test_a_call_to_action_is_a_button_whose_label_and_shape_stand_out(slug: str, size: str) -> None:
    for index in range(6):
        plan = plan_of(size, slug=slug, words=FULL, index=index)
        scene = laid(plan, slug=slug)
        label = next(text for text in scene.texts if text.role == "call_to_action")
        allowed = (*plan.palette_hex, *plan.neutral_hex)
        assert label.hex in allowed
        assert label.ground_hex in allowed
        assert contrast(label.hex, label.ground_hex) >= 4.5
        assert any(f'fill="{label.ground_hex}"' in shape for shape in scene.shapes)
        x0, y0, x1, y1 = label.box
        assert x1 - x0 < scene.width_px
        assert y1 > y0


@pytest.mark.parametrize("size", ["1200x628", "1080x1080", "1080x1920"])
def test_a_price_is_larger_than_running_text_and_small_print_is_smallest_and_last(size: str) -> None:
    for index in range(6):
        scene = laid(plan_of(size, words=FULL, index=index))
        sizes = {text.role: text.text.size_px for text in scene.texts}
        assert sizes["price"] > 1.2 * sizes["body"]
        assert sizes["legal"] == min(sizes.values())
        assert sizes["headline"] > sizes["body"]


def test_what_has_no_room_is_the_lightest_and_is_named() -> None:
    scene = laid(plan_of("160x90", words=FULL))
    dropped = {role for role, _ in scene.dropped}
    assert "legal" in dropped or "extra" in dropped
    assert "headline" not in dropped


def test_the_format_decides_the_kind() -> None:
    kinds = [format_of(*size) for size in ((728, 90), (160, 600), (64, 64), (300, 250), (1200, 628), (1080, 1920))]
    assert kinds == ["banner", "tower", "tiny", "small", "wide", "tall"]
