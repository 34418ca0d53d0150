"""What is read at a glance: an address stays in one line where that costs little, and no date is fine print."""

import pytest

from sgd_assets.renders.compose.scene import Scene
from tests.sgd_assets.renders.laying import FULL, laid, plan_of

SIZES = ("970x250", "1584x396")


def banner(size: str, slug: str) -> Scene:
    return laid(plan_of(size, slug=slug, words=FULL).model_copy(update={"layout": "banner"}), slug=slug)


@pytest.mark.parametrize("slug", ["larkfold", "kestrine"])
@pytest.mark.parametrize("size", SIZES)
def test_the_particulars_of_a_banner_are_ranked_and_its_address_is_whole(size: str, slug: str) -> None:
    of = {text.role: text.text for text in banner(size, slug).texts}
    assert of["url"].lines == ("greenhouse.example/dawn",)
    assert of["date"].size_px >= 0.9 * of["url"].size_px
    assert of["price"].size_px <= 2.2 * of["date"].size_px
