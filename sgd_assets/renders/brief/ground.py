"""The colour of the ground and the mood, as asked.

The ground is a hex, an English colour name, `dark`, `light`, or a role of the palette. What must not live here: which
colour of the brand that is (`plan/grounds.py`).
"""

import re
from typing import get_args

from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.lexicon import Hit
from sgd_assets.renders.brief.model import Mood

_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_BOLD = re.compile(r"\bin bold$", re.I)
_STOP = re.compile(r"[,;.!?()\n\r、，。।；！？،؛|" + BLANK + "]")
_MOODS: tuple[Mood, ...] = get_args(Mood)
_NEAR = 36  # characters between the ground and its colour


def read_ground(told: Instruction) -> str | None:
    """The colour that is asked for the ground, or None."""
    whole = next((hit.value for hit in told.hits if hit.kind == "ground"), None)
    if whole:
        return whole
    for hit in told.hits:
        if hit.kind == "thing" and hit.value == "ground" and (found := colour_near(told, hit.start, hit.end)):
            return found
    for hit in told.hits:
        if hit.kind == "on" and (found := _colour_after(told, hit)):
            return found
    return None


def read_mood(told: Instruction) -> Mood | None:
    """The first mood that is named."""
    named = {hit.value for hit in told.hits if hit.kind == "mood" and not _is_refused(told, hit)}
    first = next((hit.value for hit in told.hits if hit.kind == "mood" and hit.value in named), None)
    return next((mood for mood in _MOODS if mood == first), None)


def _is_refused(told: Instruction, mood: Hit) -> bool:
    """ "nicht zu verspielt"; "in bold" is a weight of type."""
    if _BOLD.search(told.text, max(0, mood.start - 4), mood.end):
        return True
    refusals = told.within(max(0, mood.start - 24), mood.start, "not")
    between = told.text[refusals[-1].end : mood.start] if refusals else "."
    return len(between.split()) <= 2 and not _STOP.search(between)


def colour_near(told: Instruction, start: int, end: int) -> str | None:
    """The colour in the clause around a stretch: first behind it, then before it."""
    stop = _STOP.search(told.text, end)
    last = min(stop.start() if stop else len(told.text), end + _NEAR)
    if behind := _colours(told, end, last):
        return behind
    first = max(
        (match.end() for match in _STOP.finditer(told.text, max(0, start - _NEAR), start)),
        default=max(0, start - _NEAR),
    )
    return _colours(told, first, start)


def _colours(told: Instruction, start: int, end: int) -> str | None:
    if match := _HEX.search(told.text, start, end):
        return match.group()
    hits = [
        hit
        for hit in told.within(start, end, "colour", "role", "mood")
        if hit.kind != "mood" or hit.value in ("dark", "light")
    ]
    return _named(hits)


def _named(hits: list[Hit]) -> str | None:
    roles = [hit.value for hit in hits if hit.kind == "role"]
    colours = [hit.value for hit in hits if hit.kind == "colour"]
    moods = [hit.value for hit in hits if hit.kind == "mood"]
    if colours:
        lead = roles or moods
        return f"{lead[0]} {colours[0]}" if lead and lead[0] not in colours[0] else colours[0]
    return next(iter([*roles, *moods]), None)


def _colour_after(told: Instruction, on: Hit) -> str | None:
    """ "on our primary blue": a colour that ends its clause; "on a blue table" is none."""
    stop = _STOP.search(told.text, on.end)
    end = stop.start() if stop else len(told.text)
    if match := re.compile(r"\s*" + _HEX.pattern).match(told.text, on.end, end):
        return match.group().strip()
    hits = [
        hit
        for hit in told.within(on.end, end)
        if hit.kind in ("colour", "role", "mood", "the") or (hit.kind, hit.value) == ("thing", "colours")
    ]
    hits = [hit for hit in hits if hit.kind != "mood" or hit.value in ("dark", "light")]
    reached, taken = on.end, []
    for hit in hits:
        if hit.start > reached and told.text[reached : hit.start].strip(" -'’"):
            break
        taken.append(hit)
        reached = max(reached, hit.end)
    rest = told.text[reached:end].strip()
    named = [hit for hit in taken if hit.kind in ("colour", "role")]
    joins = told.within(reached, end)
    is_end = not rest or (
        joins and joins[0].kind in ("join", "not", "thing") and not told.text[reached : joins[0].start].strip()
    )
    return _named(taken) if named and is_end else None
