"""Wishes on where the logo stands, how text is aligned and which case it takes.

What must not live here: geometry.
"""

import re

from sgd_assets.renders.brief.instruction import Instruction
from sgd_assets.renders.brief.lexicon import Hit
from sgd_assets.renders.brief.model import Alignment, Corner, LetterCase, Placement

_STOP = re.compile(r"[,;.!?()\n\r、，。।；！？،؛|\ufffc]")
_FAR = 60  # characters between a thing and its place


def read_placement(told: Instruction) -> Placement:
    """Where logo and text are asked to stand."""
    logo, used = None, (0, 0)
    for hit in told.hits:
        if hit.kind == "thing" and hit.value == "logo":
            logo, used = place_of(told, hit)
            if logo:
                break
    return Placement(logo=logo, alignment=_alignment(told, used), case=_case(told))


def place_of(told: Instruction, thing: Hit) -> tuple[Corner | None, tuple[int, int]]:
    """Where a thing is to stand by the words of its clause, and the stretch of those words."""
    stop = _STOP.search(told.text, thing.end)
    end = min(stop.start() if stop else len(told.text), thing.end + _FAR)
    places = _group(told, told.within(thing.end, end, "place", "align"))
    if not places and stop and stop.group() in ",，、":
        following = _STOP.search(told.text, stop.end())
        far = min(following.start() if following else len(told.text), stop.end() + 30)
        near = told.within(stop.end(), far, "place")
        places = (
            _group(told, near)
            if near
            and len(told.text[stop.end() : near[0].start].split()) <= 3
            and not told.within(stop.end(), far, "part", "thing")
            else ()
        )
    if not places:
        start = max(
            (match.end() for match in _STOP.finditer(told.text, max(0, thing.start - _FAR), thing.start)),
            default=max(0, thing.start - _FAR),
        )
        before = told.within(start, thing.start)
        last_part = max((hit.end for hit in before if hit.kind == "part"), default=start)
        places = _group(told, tuple(hit for hit in before if hit.kind == "place" and hit.start >= last_part))
    corner = _corner([hit.value for hit in places])
    return corner, (places[0].start, places[-1].end) if places else (0, 0)


def _group(told: Instruction, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The first places that stand together: a further wish behind "and" is another's."""
    found: list[Hit] = []
    for hit in hits:
        if hit.kind == "align" and hit.value != "centre":
            continue
        if found and (
            hit.start - found[-1].end > 24 or told.within(found[-1].end, hit.start, "join", "part", "thing", "edit")
        ):
            break
        found.append(hit)
    return tuple(found)


def _corner(values: list[str]) -> Corner | None:
    parts = {part for value in values for part in value.split("-")}
    vertical = next((side for side in ("top", "bottom") if side in parts), None)
    horizontal = next((side for side in ("left", "right") if side in parts), None)
    if vertical and horizontal:
        return f"{vertical}-{horizontal}"  # type: ignore[return-value]  # one of the four corners
    return vertical or horizontal or ("centre" if "centre" in parts else None)


def _alignment(told: Instruction, used: tuple[int, int]) -> Alignment | None:
    for hit in told.hits:
        if used[0] <= hit.start < used[1]:
            continue
        if hit.kind == "align" and hit.value:
            return hit.value  # type: ignore[return-value]  # left, right or centre
        if hit.kind == "align" and (side := _beside(told, hit)):
            return side
        if hit.kind == "part" and hit.value in ("text", "headline", "body") and (side := _side_of(told, hit, used)):
            return side
    return None


def _beside(told: Instruction, hit: Hit) -> Alignment | None:
    near = [
        other
        for other in told.within(max(0, hit.start - 24), hit.end + 24, "place")
        if other.value in ("left", "right", "centre")
    ]
    near = [
        other
        for other in near
        if not re.search(r"[,.;\n]", told.text[min(hit.end, other.end) : max(hit.start, other.start)])
    ]
    closest = min(near, key=lambda other: abs(other.start - hit.start), default=None)
    return closest.value if closest else None  # type: ignore[return-value]  # filtered above


def _side_of(told: Instruction, part: Hit, used: tuple[int, int]) -> Alignment | None:
    """ "text on the left", "centre the text"."""
    for other in told.within(max(0, part.start - 16), part.end + 20, "place"):
        if used[0] <= other.start < used[1] or other.value not in ("left", "right", "centre"):
            continue
        between = told.text[part.end : other.start] if other.start >= part.end else told.text[other.end : part.start]
        if len(between.split()) <= 2 and not _STOP.search(between):
            return other.value  # type: ignore[return-value]  # checked above
    return None


def _case(told: Instruction) -> LetterCase | None:
    return next((hit.value for hit in told.hits if hit.kind == "case"), None)  # type: ignore[misc]  # upper, lower, title
