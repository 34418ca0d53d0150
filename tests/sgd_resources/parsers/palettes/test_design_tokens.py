import json

import pytest

from sgd_resources.errors import RejectedEvidence
from tests.sgd_resources.parsers.parsing import only, parse


def test_dtcg_tokens_and_their_references_are_resolved() -> None:
    tree = {
        "color": {
            "$type": "color",
            "sea": {"$value": "#0086bf", "$description": "lead"},
            "link": {"$value": "{color.sea}"},
            "glow": {"$value": {"colorSpace": "srgb", "components": [1, 0, 0.5], "alpha": 0.5}},
        },
        "type": {"body": {"$type": "fontFamily", "$value": ["Inter", "sans-serif"]}},
    }
    document = parse(json.dumps(tree), "application/json", ".json")
    uses = {use.name: (use.hex, use.operator, use.alpha) for use in document.colours}
    assert uses["color.sea"] == ("#0086BF", "#0086bf", None)
    assert uses["color.link"] == ("#0086BF", "{color.sea}", None)
    assert uses["color.glow"][::2] == ("#FF0080", 0.5)
    assert [(font.family, font.stack, font.name) for font in document.fonts] == [
        ("Inter", ("Inter", "sans-serif"), "type.body")
    ]


def test_style_dictionary_tokens_are_read() -> None:
    tree = {
        "brand": {"primary": {"value": "#c69", "comment": "main"}},
        "font": {"family": {"value": "{font.base.value}"}, "base": {"value": "Work Sans"}},
    }
    document = parse(json.dumps(tree), "application/json", ".json")
    assert only(document, "#CC6699").label == "main"


def test_broken_json_is_rejected() -> None:
    for bad in ("{", "[" * 100_000):
        with pytest.raises(RejectedEvidence):
            parse(bad, "application/json", ".json")


def test_tokens_whose_references_grow_or_turn_without_end_are_counted_in_a_warning() -> None:
    laughs = {f"a{n + 1}": {"$value": f"{{color.a{n}}} " * 10} for n in range(59)}
    ring = {"b": {"$value": "{color.c}"}, "c": {"$value": "{color.b}"}}
    tree = {"color": {"$type": "color", "a0": {"$value": "#123456"}, **laughs, **ring}}
    document = parse(json.dumps(tree), "application/json", ".json")
    assert [use.hex for use in document.colours] == ["#123456"]
    counts = dict(warning.rsplit(": ", 1) for warning in document.warnings)
    assert list(counts) == [
        "tokens whose references are not followed because they grow or go on without end",
        "colour tokens whose references end at no colour",
    ]
    assert sum(map(int, counts.values())) == 61


def test_tokens_that_are_all_read_come_without_a_warning() -> None:
    tree = {"color": {"$type": "color", "sea": {"$value": "#0086bf"}, "link": {"$value": "{color.sea}"}}}
    assert parse(json.dumps(tree), "application/json", ".json").warnings == ()
