"""The order in which mixed runs are read: levels of the Unicode Bidirectional Algorithm (UAX 9).

Of text without explicit controls, which `clean.py` takes out: one run at the base level. Mirroring of brackets is the
shaper's. What must not live here: where a line begins on a picture.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_STRONG_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff\u200f]")
_OPENING = "([{⁅⁽₍⌈⌊〈❨❪❬❮❰❲❴⟅⟦⟨⟪⟬⟮⦃⦅⧼⸢⸤⸦⸨〈《「『【〔〖〘〚﹙﹛﹝（［｛｟｢"
_CLOSING = ")]}⁆⁾₎⌉⌋〉❩❫❭❯❱❳❵⟆⟧⟩⟫⟭⟯⦄⦆⧽⸣⸥⸧⸩〉》」』】〕〗〙〛﹚﹜﹞）］｝｠｣"
_PAIR_OF = dict(zip(_OPENING, _CLOSING, strict=True))
"""Source: Unicode 16, BidiBrackets.txt, less the brackets of mathematics and Tibetan."""
_MAX_OPEN = 63  # UAX 9, BD16
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "BN"})


def has_right_to_left(text: str) -> bool:
    """Whether any character is read from right to left."""
    return bool(_STRONG_RTL.search(text))


def is_right_to_left(text: str) -> bool:
    """Whether the first strong character says that the text runs from right to left (UAX 9, P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def levels_of(text: str, *, is_rtl: bool) -> tuple[int, ...]:
    """The embedding level of each character; odd ones are read from right to left."""
    base = 1 if is_rtl else 0
    outer = "R" if is_rtl else "L"
    original = [unicodedata.bidirectional(character) or "L" for character in text]
    kinds = _weak(original, outer)
    kinds = _brackets(text, original, kinds, outer)
    kinds = _neutral(kinds, outer)
    levels = [_implicit(kind, base) for kind in kinds]
    return tuple(_trailing(original, levels, base))


def in_visual_order(items: Sequence[T], levels: Sequence[int]) -> list[T]:
    """Items from left to right (UAX 9, L2)."""
    order = list(range(len(items)))
    odd = [level for level in levels if level % 2]
    for least in range(max(levels, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < least:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= least:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return [items[index] for index in order]


def _weak(original: Sequence[str], outer: str) -> list[str]:
    """Rules W1 to W7."""
    kinds: list[str] = []
    before = outer
    for kind in original:  # W1; a boundary neutral is passed over
        kinds.append(before if kind == "NSM" else kind)
        before = kinds[-1] if kind != "BN" else before
    strong = outer
    for index, kind in enumerate(kinds):  # W2, W3
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[index] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for index in range(1, len(kinds) - 1):  # W4
        left, right = kinds[index - 1], kinds[index + 1]
        parts_numbers = (kinds[index] == "CS" and left in ("EN", "AN")) or (kinds[index] == "ES" and left == "EN")
        if left == right and parts_numbers:
            kinds[index] = left
    _beside_numbers(kinds)
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]  # W6
    strong = outer
    for index, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"
    return kinds


def _beside_numbers(kinds: list[str]) -> None:
    """Rule W5: signs of a currency and the like belong to the number they touch."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and kinds[end] in ("ET", "BN"):
            end += 1
        run = range(index, end)
        if any(kinds[i] == "ET" for i in run) and (
            (index > 0 and kinds[index - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
        ):
            for i in run:
                kinds[i] = "EN"
        index = max(end, index + 1)


def _brackets(text: str, original: Sequence[str], kinds: list[str], outer: str) -> list[str]:
    """Rule N0: both brackets of a pair take one direction."""
    for start, end in _pairs(text, kinds):
        inside = {_direction(kind) for kind in kinds[start + 1 : end]} - {None}
        if outer in inside:
            direction = outer
        elif inside:
            before = next((d for kind in reversed(kinds[:start]) if (d := _direction(kind))), outer)
            direction = before if before != outer else outer
        else:
            continue
        for place in (start, end):
            kinds[place] = direction
            following = place + 1
            while following < len(kinds) and original[following] in ("NSM", "BN"):
                if original[following] == "NSM":
                    kinds[following] = direction
                following += 1
    return kinds


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        if kinds[index] != "ON":
            continue
        if character in _PAIR_OF:
            if len(opened) == _MAX_OPEN:
                break
            opened.append((_PAIR_OF[character], index))
            continue
        for depth in range(len(opened) - 1, -1, -1):
            if opened[depth][0] == character:
                found.append((opened[depth][1], index))
                del opened[depth:]
                break
    return sorted(found)


def _direction(kind: str) -> str | None:
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else None


def _neutral(kinds: list[str], outer: str) -> list[str]:
    """Rules N1 and N2."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > index:
            left = _direction(kinds[index - 1]) if index else outer
            right = _direction(kinds[end]) if end < len(kinds) else outer
            kinds[index:end] = [(left if left == right and left else outer)] * (end - index)
        index = end + 1
    return kinds


def _implicit(kind: str, base: int) -> int:
    """Rules I1 and I2."""
    if base == 0:
        return {"L": 0, "R": 1}.get(kind, 2)
    return {"L": 2, "R": 1}.get(kind, 2)


def _trailing(original: Sequence[str], levels: list[int], base: int) -> list[int]:
    """Rule L1: separators, and spaces before one or at the end, have the base level."""
    is_trailing = True
    for index in range(len(levels) - 1, -1, -1):
        if original[index] in ("B", "S"):
            is_trailing = True
            levels[index] = base
        elif is_trailing and original[index] in ("WS", "BN"):
            levels[index] = base
        else:
            is_trailing = False
    return levels
