"""Finds the colours near one colour without measuring against all: items kept by steps of lightness.

CIEDE2000 is never less than its lightness term, and that term divides by at most 1.75, so that a colour within a limit
is at most 1.75 limits lighter or darker. Nor is it less than 0.36 of the distance on the plane of a and b divided by
its weight of chroma: the rotation term takes at most 0.866 of the sum of squares. What must not live here: what
nearness means.
"""

import math
from typing import Generic, TypeVar

import numpy as np

from sgd_assets.canon.colour_likeness import SAME_COLOUR_DE2000
from sgd_resources.colour import delta_e_2000, lab_of

Item = TypeVar("Item")
_MOST_LIGHTNESS_WEIGHT = 1.75
"""1 + 0.015 * 50**2 / sqrt(20 + 50**2) = 1.747, at black and white."""
_LEAST_OF_PLANE = math.sqrt(1 - math.sin(math.radians(60)))
_MOST_CHROMA_STRETCH = 1.5
"""How much longer than its chroma a colour's adjusted chroma can be."""
_FIRST_PLACES = 8
_STEP = SAME_COLOUR_DE2000 * _MOST_LIGHTNESS_WEIGHT


class ColourIndex(Generic[Item]):
    """Items by colour. Answers are exact: the same as measuring every item."""

    def __init__(self) -> None:
        self._steps: dict[int, _Step[Item]] = {}
        self._count = 0

    def add(self, hex_code: str, item: Item) -> None:
        """Keeps an item under its colour."""
        lightness, a, b = lab_of(hex_code)
        step = self._steps.setdefault(int(lightness // _STEP), _Step())
        step.add((lightness, a, b, math.hypot(a, b)), (self._count, hex_code, item))
        self._count += 1

    def near(self, hex_code: str, *, limit: float = SAME_COLOUR_DE2000) -> list[tuple[float, Item]]:
        """(CIEDE2000, item) of all items at most `limit` away, in the order they were added."""
        place = lab_of(hex_code)
        reach = limit * _MOST_LIGHTNESS_WEIGHT
        found = []
        for number in range(int((place[0] - reach) // _STEP), int((place[0] + reach) // _STEP) + 1):
            step = self._steps.get(number)
            for order, other_hex, item in step.candidates(place, limit) if step is not None else ():
                distance = delta_e_2000(other_hex, hex_code)
                if distance <= limit:
                    found.append((order, distance, item))
        return [(distance, item) for _, distance, item in sorted(found, key=lambda entry: entry[0])]


class _Step(Generic[Item]):
    """The items of one step of lightness, their places side by side so that all are compared at once."""

    def __init__(self) -> None:
        self._places = np.empty((_FIRST_PLACES, 4))
        self._entries: list[tuple[int, str, Item]] = []

    def add(self, place: tuple[float, float, float, float], entry: tuple[int, str, Item]) -> None:
        """Keeps an entry at (L, a, b, chroma)."""
        if len(self._entries) == len(self._places):
            self._places = np.concatenate([self._places, np.empty_like(self._places)])
        self._places[len(self._entries)] = place
        self._entries.append(entry)

    def candidates(self, place: tuple[float, float, float], limit: float) -> list[tuple[int, str, Item]]:
        """The entries that may lie within `limit`; what is left out cannot."""
        lightness, a, b = place
        on_plane = limit / _LEAST_OF_PLANE
        per_chroma = on_plane * 0.045 * _MOST_CHROMA_STRETCH / 2
        others = self._places[: len(self._entries)]
        radius = on_plane + per_chroma * (math.hypot(a, b) + others[:, 3])
        away = (others[:, 1] - a) ** 2 + (others[:, 2] - b) ** 2
        is_near = (np.abs(others[:, 0] - lightness) <= limit * _MOST_LIGHTNESS_WEIGHT) & (away <= radius * radius)
        return [self._entries[index] for index in np.flatnonzero(is_near)]
