"""A picture whose request's words do not stay: none of them lies anywhere, and it is made again to the byte."""

from typing import Any

import pytest

from sgd_resources.errors import Conflict
from sgd_resources.llm.safety.request_text import TextKept
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.prove.sealed_renders import sealed_render
from tests.sgd_assets.renders.prove.test_replay import _replayed, _under

ASKED = 'Poster for zebrafish of jo.doe@example.com: "Open day"'


def everything(brand: SampleBrand, record: Any) -> str:
    """Each object made for the render, and what rows get, as text."""
    lying = [
        brand.store.get(one.key).decode("latin-1") for one in brand.store.list("org/") if record.render_id in one.key
    ]
    assert len(lying) > 3
    return "\n".join([*lying, record.model_dump_json()])


@pytest.mark.parametrize(("text", "gone"), [("redacted", ["jo.doe@"]), ("none", ["jo.doe@", "zebrafish"])])
def test_words_that_may_not_stay_lie_nowhere_and_the_picture_is_made_again(text: TextKept, gone: list[str]) -> None:
    brand = SampleBrand("larkfold")
    record = sealed_render(brand, request(ASKED, "300x250"), text=text)
    told = everything(brand, record)
    assert [word for word in gone if word in told] == []
    assert "Open day" in told, "what the picture shows stays"
    found = _replayed(brand, record)
    assert (found.is_unsigned_identical, found.is_identical) == (True, True)
    with pytest.raises(Conflict, match="not kept"):
        _under(brand, record)


def test_words_that_are_kept_are_there() -> None:
    brand = SampleBrand("larkfold")
    assert "zebrafish of jo.doe@" in everything(brand, sealed_render(brand, request(ASKED, "300x250")))
