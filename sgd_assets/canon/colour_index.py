"""Finds the colours near one colour without measuring against all: items kept by steps of lightness.

CIEDE2000 is never less than its lightness term, and that term divides by at most 1.75, so that a colour within a limit
is at most 1.75 limits lighter or darker. Nor is it less than 0.36 of the distance on the plane of a and b divided by
its weight of chroma: the rotation term takes at most 0.866 of the sum of squares. What must not live here: what
nearness means.
"""

import math
from typing import Generic, TypeVar

from sgd_assets.canon.colour_space import SAME_COLOUR_DE2000, delta_e_2000, lab_of

Item = TypeVar("Item")
_MOST_LIGHTNESS_WEIGHT = 1.75
"""1 + 0.015 * 50**2 / sqrt(20 + 50**2) = 1.747, at black and white."""
_LEAST_OF_PLANE = math.sqrt(1 - math.sin(math.radians(60)))
_MOST_CHROMA_STRETCH = 1.5
"""How much longer than its chroma a colour's adjusted chroma can be."""
_STEP = SAME_COLOUR_DE2000 * _MOST_LIGHTNESS_WEIGHT


class ColourIndex(Generic[Item]):
    """Items by colour. Answers are exact: the same as measuring every item."""

    def __init__(self) -> None:
        self._steps: dict[int, list[tuple[int, float, float, float, float, str, Item]]] = {}
        self._count = 0

    def add(self, hex_code: str, item: Item) -> None:
        """Keeps an item under its colour."""
        lightness, a, b = lab_of(hex_code)
        entry = (self._count, lightness, a, b, math.hypot(a, b), hex_code, item)
        self._steps.setdefault(int(lightness // _STEP), []).append(entry)
        self._count += 1

    def near(self, hex_code: str, *, limit: float = SAME_COLOUR_DE2000) -> list[tuple[float, Item]]:
        """(CIEDE2000, item) of all items at most `limit` away, in the order they were added."""
        lightness, a, b = lab_of(hex_code)
        chroma = math.hypot(a, b)
        reach = limit * _MOST_LIGHTNESS_WEIGHT
        on_plane = limit / _LEAST_OF_PLANE
        per_chroma = on_plane * 0.045 * _MOST_CHROMA_STRETCH / 2
        found = []
        for step in range(int((lightness - reach) // _STEP), int((lightness + reach) // _STEP) + 1):
            for order, other, other_a, other_b, other_chroma, other_hex, item in self._steps.get(step, ()):
                radius = on_plane + per_chroma * (chroma + other_chroma)
                away = (other_a - a) ** 2 + (other_b - b) ** 2
                if abs(other - lightness) <= reach and away <= radius * radius:
                    distance = delta_e_2000(other_hex, hex_code)
                    if distance <= limit:
                        found.append((order, distance, item))
        return [(distance, item) for _, distance, item in sorted(found, key=lambda entry: entry[0])]
