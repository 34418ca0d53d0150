"""Where the logo is asked to stand, it stands, in every layout that says it can; text is aligned as asked."""

import pytest

from sgd_assets.renders.brief.model import Corner
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES
from tests.sgd_assets.renders.compose.layouts.test_every_element import SIZE_OF
from tests.sgd_assets.renders.laying import FULL, SHORT, laid, plan_of

GIVEN = [
    (name, kind, place)
    for name, family in FAMILIES.items()
    for kind in sorted(family.formats)
    for place in sorted(family.places)
    if name != "mark" and (kind != "tiny" or place == "top")
]
# Of each layout in each format one place is looked at before every commit, another each time; `make test` takes all.
_TURNS: dict[tuple[str, str], list[Corner]] = {}
for _name, _kind, _place in GIVEN:
    _TURNS.setdefault((_name, _kind), []).append(_place)
AT_EVERY_COMMIT = {(*pair, places[turn % len(places)]) for turn, (pair, places) in enumerate(_TURNS.items())}
EVERY_PLACE: tuple[Corner, ...] = (
    "top-left", "top-right", "bottom-left", "bottom-right", "top", "bottom", "left", "right", "centre",
)  # fmt: skip


def _is_there(box: tuple[float, float, float, float], width: int, height: int, place: str) -> bool:
    x, y = (box[0] + box[2]) / 2 / width, (box[1] + box[3]) / 2 / height
    is_thin = width > 2.2 * height
    # A logo that fills a narrow format from edge to edge stands on both sides.
    slack = 0.01 if width < 0.45 * height else 0.0
    across = {"left": x < 0.5 + slack, "right": x > 0.5 - slack}
    along = {"top": y < 0.5 or is_thin, "bottom": y > 0.5 or is_thin}
    parts = place.split("-")
    if place == "centre":
        return 0.33 < x < 0.67 and 0.33 < y < 0.67
    if parts == ["top"] or parts == ["bottom"]:
        return along[place] and 0.3 < x < 0.7
    return all((across | along)[part] for part in parts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layout", "kind", "place"),
    [pytest.param(*case, marks=() if case in AT_EVERY_COMMIT else pytest.mark.slow) for case in GIVEN],
)
def test_a_layout_puts_the_logo_where_it_says_it_can(layout: str, kind: str, place: Corner) -> None:
    plan = plan_of(SIZE_OF[kind], words=FULL, logo=place).model_copy(update={"layout": layout})
    scene = laid(plan)
    assert scene.logo is not None
    assert _is_there(scene.logo.box, scene.width_px, scene.height_px, place), (scene.layout, scene.logo.box)


@pytest.mark.slow
@pytest.mark.parametrize("place", EVERY_PLACE)
@pytest.mark.parametrize(
    "size",
    ["728x90"]
    + [
        pytest.param(size, marks=pytest.mark.slow)
        for size in ("160x600", "300x250", "1200x628", "1080x1080", "1080x1920")
    ],
)
def test_the_place_is_obeyed_in_every_variation_of_every_format(size: str, place: Corner) -> None:
    for index in range(6):
        scene = laid(plan_of(size, words=SHORT, logo=place, index=index))
        assert scene.logo is not None
        assert _is_there(scene.logo.box, scene.width_px, scene.height_px, place), (scene.layout, scene.logo.box)
        assert "headline" in {text.role for text in scene.texts}


@pytest.mark.slow
@pytest.mark.parametrize("alignment", ["left", "centre", "right"])
def test_the_headline_is_aligned_as_asked_in_every_variation(alignment: str) -> None:
    anchors = {"left": "start", "centre": "middle", "right": "end"}
    for size in ("1080x1080", "1200x628", "728x90"):
        for index in range(6):
            scene = laid(plan_of(size, words=FULL, alignment=alignment, index=index))
            assert {text.anchor for text in scene.texts} == {anchors[alignment]}
