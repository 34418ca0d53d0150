"""Colour differences are the published formula, and looking up near colours finds what measuring all of them finds."""

import random

import pytest
from coloraide import Color

from sgd_assets.canon.colour_index import ColourIndex
from sgd_resources.colour import delta_e_2000

DRAW = random.Random(7)
COLOURS = [f"#{DRAW.randrange(1 << 24):06X}" for _ in range(300)] + ["#000000", "#FFFFFF", "#777777", "#0000FF"]
NEIGHBOURS = [f"#{max(0, int(c[1:3], 16) - 3):02X}{c[3:5]}{min(255, int(c[5:7], 16) + 2):02X}" for c in COLOURS]


def test_differences_equal_those_of_an_independent_implementation() -> None:
    for one, other in [*zip(COLOURS, reversed(COLOURS), strict=True), *zip(COLOURS, NEIGHBOURS, strict=True)]:
        theirs = float(Color(one).delta_e(Color(other), method="2000", space="lab-d65"))
        assert delta_e_2000(one, other) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("limit", [1.5, 3.0, 8.0])
def test_the_index_finds_exactly_what_measuring_every_colour_finds(limit: float) -> None:
    index: ColourIndex[int] = ColourIndex()
    known = COLOURS + NEIGHBOURS
    for place, hex_code in enumerate(known):
        index.add(hex_code, place)
    for hex_code in COLOURS[::5]:
        measured = [(delta_e_2000(other, hex_code), place) for place, other in enumerate(known)]
        assert index.near(hex_code, limit=limit) == [entry for entry in measured if entry[0] <= limit]
