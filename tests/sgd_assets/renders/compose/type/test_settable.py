"""Words of a plan that cannot be set are refused by name."""

from typing import Any

import pytest

from sgd_assets.renders.compose.type.settable import Unsettable, cleaned
from sgd_assets.renders.model import RenderPlan

PARTS = ("headline", "body", "call_to_action", "date", "price", "url", "legal")


def _plan(source: str, words: dict[str, Any]) -> RenderPlan:
    brief = {"source": source}
    return RenderPlan.model_validate({"goal": "a poster", "ops": ["text_overlay"], "brief": brief, **words})


@pytest.mark.parametrize("blank", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u3164", "\u00a0"])
@pytest.mark.parametrize("part", PARTS)
def test_copy_that_shows_nothing_is_refused_by_its_part(part: str, blank: str) -> None:
    with pytest.raises(Unsettable, match="no character that would be seen") as caught:
        cleaned(_plan("copy", {"headline": "Open day", part: blank}))
    assert caught.value.http_status == 422
    assert caught.value.details["path"] == f"$.copy.{part}"
    assert caught.value.details["characters"] == [f"U+{ord(blank):04X}"]


def test_an_extra_line_that_shows_nothing_is_refused_by_its_number() -> None:
    with pytest.raises(Unsettable, match=r"\$\.copy\.extra\[1\]"):
        cleaned(_plan("copy", {"headline": "Open", "extra": ["Now", "\u200b"]}))


def test_a_quotation_that_shows_nothing_is_refused_at_the_instruction() -> None:
    with pytest.raises(Unsettable, match="the headline has no character") as caught:
        cleaned(_plan("rules", {"headline": "\u200b"}))
    assert caught.value.details["path"] == "$.prompts.instruction"
