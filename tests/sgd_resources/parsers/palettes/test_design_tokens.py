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


def test_objects_of_channels_names_beside_values_and_old_notations_are_read() -> None:
    tree = {
        "variables": [{"Name": "Brand/Primary", "Value": {"type": "rgba", "r": 0.5, "g": 0.0, "b": 0.0, "a": 1}}],
        "brand": {"$type": "color", "accent": {"$value": {"r": 18, "g": 52, "b": 86}}, "sea": {"$value": "0x0086BF"}},
        "colors": {"sand": "F3E9DC", "count": "123456"},
    }
    document = parse(json.dumps(tree), "application/json", ".json")
    assert {use.name: use.hex for use in document.colours} == {
        "variables.Brand.Primary": "#800000",
        "brand.accent": "#123456",
        "brand.sea": "#0086BF",
        "colors.sand": "#F3E9DC",
    }


def test_deprecated_tokens_are_left_out_and_told() -> None:
    tree = {
        "color": {
            "$type": "color",
            "new": {"$value": "#0A2540", "$deprecated": False},
            "old": {"$value": "#00A651", "$deprecated": "use new"},
            "older": {"$deprecated": True, "a": {"$value": "#00A652"}, "b": {"$value": "#00A653"}},
        }
    }
    document = parse(json.dumps(tree), "application/json", ".json")
    assert [use.hex for use in document.colours] == ["#0A2540"]
    assert document.warnings == ("tokens and groups left out because the file calls them deprecated: 2",)


def test_a_font_handle_is_its_family() -> None:
    tree = {"type_header_font": "barlow_condensed_n6", "type_body_font": "work_sans_n4", "font_size": "large_n4x"}
    document = parse(json.dumps(tree), "application/json", ".json")
    assert [(font.raw_name, font.stack) for font in document.fonts] == [
        ("barlow_condensed_n6", ("Barlow Condensed",)),
        ("work_sans_n4", ("Work Sans",)),
    ]


def test_a_whole_number_among_colours_is_one() -> None:
    document = parse('{"primary": "0x0A2541", "accent": "FF5A60", "sand": 15985116, "radius": 8}', "application/json")
    assert [use.hex for use in document.colours] == ["#0A2541", "#FF5A60", "#F3E9DC"]
    assert parse('{"port": 1598511, "name": "x", "id": "0x0A2541"}', "application/json").colours[1:] == ()
