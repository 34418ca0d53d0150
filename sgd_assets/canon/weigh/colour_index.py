"""Finds the colours near one colour without measuring against all: items kept by steps of lightness.

CIEDE2000 is never less than its lightness term, and that term divides by at most 1.75, so that a colour within a limit
is at most 1.75 limits lighter or darker. Nor is it less than 0.36 of the distance on the plane of a and b divided by
its weight of chroma: the rotation term takes at most 0.866 of the sum of squares, and nothing unless one of the two is
blue or green. What is left is measured all at once (`sgd_resources/colour.py`), and one by one where that does not
decide. What must not live here: what nearness means.
"""

import math
from collections.abc import Hashable, Iterator
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sgd_assets.canon.colours.likeness import SAME_COLOUR_DE2000
from sgd_resources.colour import delta_e_2000, delta_e_2000_of_places, lab_of

Item = TypeVar("Item")
_MOST_LIGHTNESS_WEIGHT = 1.75
"""1 + 0.015 * 50**2 / sqrt(20 + 50**2) = 1.747, at black and white."""
_LEAST_OF_PLANE = math.sqrt(1 - math.sin(math.radians(60)))
_BUT_FOR_BLUE = 1.001
"""The same where b of both is positive: a mean hue 95 degrees from 275 or more turns by less than a millionth."""
_MOST_CHROMA_STRETCH = 1.5
"""How much longer than its chroma a colour's adjusted chroma can be."""
_FIRST_PLACES = 8
_FEW = 12
"""Differences that are as quick to measure one by one."""
_STEP = SAME_COLOUR_DE2000 * _MOST_LIGHTNESS_WEIGHT
_SLACK = 1e-6
"""By how much differences measured all at once may be off: far more than they are."""

_OPPOSITE = 1e-7


class Kin(NamedTuple):
    """Colours of one family that have other names are never near each other, unless they are the same colour."""

    family: Hashable
    name: Hashable


class ColourIndex(Generic[Item]):
    """Items by colour. Answers are exact: the same as measuring every item."""

    def __init__(self) -> None:
        self._steps: dict[int, _Step[Item]] = {}
        self._numbers: dict[Hashable, int] = {}
        self._count = 0

    def add(self, hex_code: str, item: Item, kin: Kin | None = None) -> None:
        """Keeps an item under its colour."""
        lightness, a, b = lab_of(hex_code)
        step = self._steps.setdefault(int(lightness // _STEP), _Step())
        tags = (int(hex_code[1:], 16), *self._tags(kin))
        step.add((lightness, a, b, math.hypot(a, b)), tags, (self._count, hex_code, item))
        self._count += 1

    def nearest(self, hex_code: str, kin: Kin | None = None) -> Item | None:
        """The nearest item that is the same colour to the eye; the first one added among equals."""
        found: list[tuple[float, int, Item]] = []
        for step, chosen, measured in self._candidates(hex_code, SAME_COLOUR_DE2000, kin):
            least = min(SAME_COLOUR_DE2000, float(np.fmin.reduce(measured, initial=math.inf)))
            for index in chosen[~(measured > least + _SLACK)]:
                order, other_hex, item = step.entries[index]
                distance = delta_e_2000(other_hex, hex_code)
                if distance <= SAME_COLOUR_DE2000:
                    found.append((distance, order, item))
        return min(found, key=lambda entry: entry[:2])[2] if found else None

    def within(self, hex_code: str, *, limit: float = SAME_COLOUR_DE2000) -> list[Item]:
        """All items at most `limit` away, in the order they were added."""
        found: list[tuple[int, Item]] = []
        for step, chosen, measured in self._candidates(hex_code, limit, None):
            is_near = measured <= limit - _SLACK
            for index, is_sure in zip(chosen, is_near, strict=True):
                order, other_hex, item = step.entries[index]
                if is_sure or delta_e_2000(other_hex, hex_code) <= limit:
                    found.append((order, item))
        return [item for _, item in sorted(found, key=lambda entry: entry[0])]

    def holds(self, hex_code: str) -> bool:
        """Whether any item is the same colour to the eye."""
        for step, chosen, measured in self._candidates(hex_code, SAME_COLOUR_DE2000, None):
            if np.any(measured <= SAME_COLOUR_DE2000 - _SLACK):
                return True
            if any(delta_e_2000(step.entries[index][1], hex_code) <= SAME_COLOUR_DE2000 for index in chosen):
                return True
        return False

    def _candidates(
        self, hex_code: str, limit: float, kin: Kin | None
    ) -> Iterator[tuple["_Step[Item]", NDArray[np.int64], NDArray[np.float64]]]:
        """(step, indices of entries that may lie within `limit`, their differences) of each step in reach.

        A difference is NaN where it is not known yet.
        """
        place = lab_of(hex_code)
        reach = limit * _MOST_LIGHTNESS_WEIGHT
        tags = (int(hex_code[1:], 16), *self._tags(kin))
        for number in range(int((place[0] - reach) // _STEP), int((place[0] + reach) // _STEP) + 1):
            step = self._steps.get(number)
            if step is None:
                continue
            chosen = step.in_reach(place, tags, limit)
            if len(chosen) <= _FEW:
                yield step, chosen, np.full(len(chosen), np.nan)
                continue
            measured = _measured(place, step.places[chosen])
            may_be_near = ~(measured > limit + _SLACK)
            yield step, chosen[may_be_near], measured[may_be_near]

    def _tags(self, kin: Kin | None) -> tuple[int, int]:
        if kin is None:
            return -1, -1
        family, name = (self._numbers.setdefault(part, len(self._numbers)) for part in (("family", kin[0]), kin))
        return family, name


class _Step(Generic[Item]):
    """The items of one step of lightness, their places side by side so that all are compared at once."""

    def __init__(self) -> None:
        self.entries: list[tuple[int, str, Item]] = []
        self._places = np.empty((_FIRST_PLACES, 4))
        self._tags = np.empty((_FIRST_PLACES, 3), dtype=np.int64)

    @property
    def places(self) -> NDArray[np.float64]:
        """(L, a, b, chroma) of each entry."""
        return self._places[: len(self.entries)]

    def add(self, place: tuple[float, ...], tags: tuple[int, ...], entry: tuple[int, str, Item]) -> None:
        """Keeps an entry at (L, a, b, chroma) with (colour, family, name) as numbers."""
        if len(self.entries) == len(self._places):
            self._places = np.concatenate([self._places, np.empty_like(self._places)])
            self._tags = np.concatenate([self._tags, np.empty_like(self._tags)])
        self._places[len(self.entries)], self._tags[len(self.entries)] = place, tags
        self.entries.append(entry)

    def in_reach(self, place: tuple[float, float, float], tags: tuple[int, ...], limit: float) -> NDArray[np.int64]:
        """Indices of the entries that may lie within `limit` and are not meant apart; what is left out cannot."""
        lightness, a, b = place
        colour, family, name = tags
        others = self.places
        is_off_blue = (others[:, 2] >= 0) & (b >= 0)
        on_plane = np.where(is_off_blue, limit * _BUT_FOR_BLUE, limit / _LEAST_OF_PLANE)
        radius = on_plane * (1 + 0.045 * _MOST_CHROMA_STRETCH / 2 * (math.hypot(a, b) + others[:, 3]))
        away = (others[:, 1] - a) ** 2 + (others[:, 2] - b) ** 2
        is_near = (np.abs(others[:, 0] - lightness) <= limit * _MOST_LIGHTNESS_WEIGHT) & (away <= radius * radius)
        if family >= 0:
            theirs = self._tags[: len(self.entries)]
            is_near &= ~((theirs[:, 1] == family) & (theirs[:, 2] != name) & (theirs[:, 0] != colour))
        return np.flatnonzero(is_near)


def _measured(place: tuple[float, float, float], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Differences from one colour; NaN for opposite hues, between which the formula jumps with the last digit."""
    _, a, b = place
    turned, along = a * others[:, 2] - b * others[:, 1], a * others[:, 1] + b * others[:, 2]
    is_opposite = (along < 0) & (np.abs(turned) <= _OPPOSITE * np.abs(along))
    return np.where(is_opposite, np.nan, delta_e_2000_of_places(place, others[:, :3]))
