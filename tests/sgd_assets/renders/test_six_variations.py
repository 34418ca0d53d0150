"""Six variations of one request are six different pictures: by layout, ground and motif, and to the eye."""

from itertools import combinations

import pytest

from sgd_assets.renders.brief.model import BriefCopy
from sgd_assets.renders.compose.draw import compose
from tests.sgd_assets.renders.laying import FULL, PAINTER, SHORT, laid, plan_of
from tests.sgd_assets.renders.looks import unlike

SALE = FULL.model_copy(update={"body": None, "url": None, "extra": (), "date": None})
# Eight elements on 90 pixels of height leave room for one arrangement only; four do not.
CASES = [
    (size, words)
    for size in ("540x540", "600x314", "540x810", "300x250", "728x90", "160x600")
    for words in (SHORT, SALE, FULL)
    if (size, words) != ("728x90", FULL)
]


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
@pytest.mark.parametrize(("size", "words"), CASES)
def test_no_two_are_alike(slug: str, size: str, words: BriefCopy) -> None:
    plans = [plan_of(size, slug=slug, words=words, index=index) for index in range(6)]
    scenes = [laid(plan, slug=slug) for plan in plans]
    looks = {(s.layout, p.background_hex, p.motif) for p, s in zip(plans, scenes, strict=True)}
    assert len(looks) == 6
    rasters = [compose(scene, painter=PAINTER, pictures={}) for scene in scenes]
    alike = [
        (i, j, scenes[i].layout, scenes[j].layout) for (i, a), (j, b) in combinations(enumerate(rasters), 2)
        if unlike(a, b) < 0.08 and plans[i].background_hex == plans[j].background_hex
    ]  # fmt: skip
    assert alike == []
