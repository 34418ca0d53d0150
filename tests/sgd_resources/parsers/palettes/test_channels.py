from typing import Any

import pytest

from sgd_resources.parsers.palettes.channels import from_channels


@pytest.mark.parametrize(
    ("node", "expected", "alpha"),
    [
        ({"r": 255, "g": 90, "b": 31, "a": 1}, "#FF5A1F", None),
        ({"r": 0.95, "g": 0.3, "b": 0.1, "a": 0.5, "type": "rgba"}, "#F24D1A", 0.5),
        ({"red": 10, "green": 37, "blue": 64}, "#0A2540", None),
        ({"r": 0.0, "g": 0.0, "b": 1.0}, "#0000FF", None),
        ({"color-space": "srgb", "components": {"red": "0x0A", "green": "0x25", "blue": "0x40", "alpha": "1.000"}},
         "#0A2540", None),
        ({"color-space": "srgb", "components": {"red": "0.040", "green": "0.145", "blue": "0.251", "alpha": "1"}},
         "#0A2540", None),
        ({"h": 120, "s": 1, "l": 0.25}, "#008000", None),
        ({"h": 120, "s": 100, "l": 25, "a": 0.2}, "#008000", 0.2),
    ],
)  # fmt: skip
def test_an_object_of_channels_is_a_colour_in_any_common_scale(
    node: dict[str, Any], expected: str, alpha: float | None
) -> None:
    colour = from_channels(node)
    assert colour is not None
    assert (colour.hex, colour.alpha) == (expected, alpha)


@pytest.mark.parametrize(
    "node",
    [
        {},
        {"r": 1, "g": 2},
        {"r": 1, "g": 2, "b": 300},
        {"r": -1, "g": 2, "b": 3},
        {"r": True, "g": 2, "b": 3},
        {"r": "a", "g": "b", "b": "c"},
        {"r": 1, "g": 2, "b": 3, "label": "a triangle"},
    ],
)
def test_other_objects_are_none(node: dict[str, Any]) -> None:
    assert from_channels(node) is None
