import ast
import re
from pathlib import Path

import pytest

from sgd_assets.canon.colours.group import _ORDER_OF_TRUST
from sgd_assets.canon.fonts.read import _TIERS
from sgd_assets.canon.weigh.confidence import BASE, confidence_of
from sgd_resources.errors import BrokenContract

CANON = Path(__file__).resolve().parents[4] / "sgd_assets" / "canon"


def test_agreement_raises_and_contradiction_lowers_what_a_rule_is_worth() -> None:
    assert confidence_of("stated_hex") == BASE["stated_hex"]
    assert confidence_of("stated_hex", documents=2) > BASE["stated_hex"]
    assert confidence_of("stated_hex", is_contested=True) < BASE["stated_hex"]


def test_a_rule_that_nobody_weighed_is_an_error() -> None:
    with pytest.raises(BrokenContract, match="no rule is called made_up"):
        confidence_of("made_up")


@pytest.mark.parametrize(
    "method",
    [
        *(f"{tier}_{kind}" for tier in ("stated", "sentence") for kind in _ORDER_OF_TRUST),
        *_TIERS,
    ],
)
def test_every_kind_of_notation_and_of_font_use_is_weighed(method: str) -> None:
    assert 0 < confidence_of(method) < 1


def test_every_weight_is_a_rule_s_own() -> None:
    texts = {
        node.value
        for path in (*CANON.rglob("*.py"), CANON.parents[1] / "sgd_resources" / "parsed_document.py")
        if path.name != "confidence.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named = {text for text in texts if re.fullmatch(r"[a-z]+(?:_[a-z]+)*", text)}
    assert {name for name in BASE if name not in named and not any(name.startswith(f"{t}_") for t in named)} == set()
