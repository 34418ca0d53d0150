"""Colour differences are the published formula, and looking up near colours finds what measuring all of them finds."""

import random

import numpy as np
import pytest
from coloraide import Color

from sgd_assets.canon.colours.likeness import SAME_COLOUR_DE2000
from sgd_assets.canon.weigh.colour_index import ColourIndex, Kin
from sgd_resources.colour import delta_e_2000, delta_e_2000_of_places, lab_of

DRAW = random.Random(7)
COLOURS = [f"#{DRAW.randrange(1 << 24):06X}" for _ in range(300)] + ["#000000", "#FFFFFF", "#777777", "#0000FF"]
NEIGHBOURS = [f"#{max(0, int(c[1:3], 16) - 3):02X}{c[3:5]}{min(255, int(c[5:7], 16) + 2):02X}" for c in COLOURS]

CROWD = [f"#{0x808080 + 65536 * red + 256 * green:06X}" for red in range(-4, 5) for green in range(-4, 5)]
"""Greys and what is hardly none: hues on opposite sides, and all of them near each other."""
KNOWN = COLOURS + NEIGHBOURS + CROWD


def test_differences_equal_those_of_an_independent_implementation() -> None:
    for one, other in [*zip(COLOURS, reversed(COLOURS), strict=True), *zip(COLOURS, NEIGHBOURS, strict=True)]:
        theirs = float(Color(one).delta_e(Color(other), method="2000", space="lab-d65"))
        assert delta_e_2000(one, other) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("limit", [1.5, 3.0, 8.0])
def test_the_index_finds_exactly_what_measuring_every_colour_finds(limit: float) -> None:
    index = _index(KNOWN)
    for hex_code in COLOURS[::15]:
        measured = [(delta_e_2000(other, hex_code), place) for place, other in enumerate(KNOWN)]
        assert index.within(hex_code, limit=limit) == [place for distance, place in measured if distance <= limit]


def test_the_nearest_is_the_one_that_measuring_every_colour_finds() -> None:
    index = _index(KNOWN)
    for hex_code in [*CROWD[::4], *(f"#{DRAW.randrange(1 << 24):06X}" for _ in range(20))]:
        distance, place = min((delta_e_2000(other, hex_code), place) for place, other in enumerate(KNOWN))
        assert index.nearest(hex_code) == (place if distance <= SAME_COLOUR_DE2000 else None)
        assert index.holds(hex_code) == (distance <= SAME_COLOUR_DE2000)


def test_other_names_of_one_family_are_not_near_unless_they_are_the_same_colour() -> None:
    index: ColourIndex[str] = ColourIndex()
    index.add("#123456", "lake", Kin("guide", "lake"))
    assert index.nearest("#123457", Kin("guide", "sea")) is None
    assert index.nearest("#123456", Kin("guide", "sea")) == "lake"
    assert index.nearest("#123457", Kin("guide", "lake")) == "lake"
    assert index.nearest("#123457", Kin("other guide", "sea")) == "lake"
    assert index.nearest("#123457") == "lake"


def test_differences_measured_all_at_once_are_those_measured_one_by_one() -> None:
    places = np.array([lab_of(other) for other in COLOURS])
    for hex_code in NEIGHBOURS[::15]:
        one_by_one = [delta_e_2000(other, hex_code) for other in COLOURS]
        np.testing.assert_allclose(delta_e_2000_of_places(lab_of(hex_code), places), one_by_one, rtol=0, atol=1e-9)


def _index(known: list[str]) -> ColourIndex[int]:
    index: ColourIndex[int] = ColourIndex()
    for place, hex_code in enumerate(known):
        index.add(hex_code, place)
    return index
