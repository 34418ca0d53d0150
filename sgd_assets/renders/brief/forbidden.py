"""What must not be on the picture: "no text", "ohne Logo", "写真なし".

What must not live here: words that are not to be printed (`labelled/labels.py`).
"""

import re
from itertools import pairwise
from typing import NamedTuple

from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.lexicon import Hit

_BEHIND = ("ja", "ko", "tr")
"""Languages that refuse behind the noun."""
_POSTPOSED = re.compile(r"nélküli?|के बिना|नहीं|न हों?|मत|रहित", re.I)
"""Refusing words behind the noun in languages that have others before it."""
_WITHOUT = {
    "tr": re.compile(r".*(?:siz|sız|suz|süz)", re.I),
    "fi": re.compile(r"(?:teksti|logo|kuva)(?:t[oö]n(?:t[aä])?|tt[oö]m\w+)", re.I),
}
"""Endings that refuse what they are put to."""
_STOP = re.compile(r"[,.;:!?()\n\r、，。।；！？،؛" + BLANK + "]")
_NAMES = {"photo": "photo", "illustration": "illustration", "pattern": "pattern", "any": "picture", "people": "people"}
_PARTS = ("headline", "body", "date", "price", "url", "legal", "call_to_action")


class Refusals(NamedTuple):
    """Names of what is refused, in order, and the terms that say so: they ask for nothing."""

    names: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def read_refusals(told: Instruction) -> Refusals:
    """Everything that an instruction refuses."""
    names: list[str] = []
    spans: list[tuple[int, int]] = []
    for no in (hit for hit in told.hits if hit.kind == "not"):
        objects = _refused_by(told, no)
        spans.append((no.start, no.end))
        objects += [hit for hit in told.within(no.start, no.start + 1) if name_of(hit)]  # "nobody" is both
        for thing in objects:
            names.append(name_of(thing) or "")
            spans.append((min(no.start, thing.start), max(no.end, thing.end)))
    for hit in told.hits:
        if (name := name_of(hit)) and (_is_without(told, hit) or _is_free(told, hit)):
            names.append(name)
            spans.append((hit.start, hit.end))
    return Refusals(tuple(dict.fromkeys(filter(None, names))), tuple(spans))


def _refused_by(told: Instruction, no: Hit) -> list[Hit]:
    """The objects of a refusing word, on the side where its language puts them."""
    if told.languages[0] in _BEHIND:
        return _behind(told, no)
    if _POSTPOSED.fullmatch(told.text[no.start : no.end]) and (found := _behind(told, no)):
        return found
    return _ahead(told, no) or _left(told, no)


def _is_without(told: Instruction, hit: Hit) -> bool:
    """ "logosuz", "tekstitön"."""
    endings = (_WITHOUT[language] for language in told.languages if language in _WITHOUT)
    return any(ending.fullmatch(told.text[hit.start : hit.end]) for ending in endings)


def name_of(hit: Hit) -> str | None:
    """What a term is called in a list of what must not be; None for other terms."""
    if hit.kind == "part":
        return "text" if hit.value == "text" else hit.value if hit.value in _PARTS else None
    if hit.kind == "thing":
        return hit.value if hit.value in ("logo", "gradient") else None
    if hit.kind == "image":
        return _NAMES.get(hit.value)
    return None


def _ahead(told: Instruction, no: Hit) -> list[Hit]:
    """The objects after a refusing word: the first, and those joined to it by "or"."""
    stop = _STOP.search(told.text, no.end, min(len(told.text), no.end + 80))
    end = stop.start() if stop else min(len(told.text), no.end + 80)
    found: list[Hit] = []
    reached, has_verb = no.end, False
    for hit in told.within(no.end, end):
        unknown = _words_between(told, reached, hit.start)
        if hit.kind in ("other", "not", "edit") and not found and hit.value not in ("set", "remove", "move", "add"):
            return []
        if name_of(hit) and hit.end >= reached:
            if unknown > (1 if not found else 0):
                break
            found.append(hit)
        elif found and hit.kind not in ("or", "the", "join", "not"):
            if (
                has_verb
                and _may_be_elsewhere(found)
                and hit.kind in ("place", "mood", "colour", "thing", "on", "align", "other")
            ):
                return []
            break
        elif found and hit.kind == "join" and not told.within(hit.start, hit.end + 1, "or"):
            break
        elif hit.kind == "ask" and not found:
            has_verb = True
        reached = max(reached, hit.end)
    if has_verb and _may_be_elsewhere(found) and _words_between(told, reached, end) > 2:
        return []
    return found


def _may_be_elsewhere(found: list[Hit]) -> bool:
    """ "Don't put the logo on a photo" refuses a place, no logo."""
    return any(hit.kind == "thing" for hit in found)


def _behind(told: Instruction, no: Hit) -> list[Hit]:
    """The object before a refusing word in the same clause."""
    start = max(
        (match.end() for match in _STOP.finditer(told.text, max(0, no.start - 40), no.start)),
        default=max(0, no.start - 40),
    )
    things = [hit for hit in told.within(start, no.start) if name_of(hit)]
    if not things or told.within(start, no.start, "other", "place"):
        return []
    gap = told.text[things[-1].end : no.start]
    near = len(gap.split()) <= 3 and len(gap) <= 24
    return [*_listed_before(told, things), things[-1]] if near else []


def _listed_before(told: Instruction, things: list[Hit]) -> list[Hit]:
    """ "szöveg és logó nélkül": joined by a word, or in Japanese, Korean and Turkish side by side."""
    gaps = [(one, told.text[one.end : other.start].strip()) for one, other in pairwise(things)]
    return [one for one, gap in gaps if len(gap) <= 2 and (gap or told.languages[0] in _BEHIND)]


def _left(told: Instruction, no: Hit) -> list[Hit]:
    """ "Logo weglassen": the object right before, where nothing of the clause follows."""
    stop = _STOP.search(told.text, no.end)
    if _words_between(told, no.end, stop.start() if stop else no.end + 20):
        return []
    before = [hit for hit in told.within(max(0, no.start - 24), no.start) if name_of(hit)]
    if not before or _words_between(told, before[-1].end, no.start) > 1:
        return []
    return [] if _STOP.search(told.text, before[-1].end, no.start) else [before[-1]]


def _words_between(told: Instruction, start: int, end: int) -> int:
    return len(re.findall(r"[^\W\d_]{2,}", told.text[start:end])) if end > start else 0


def _is_free(told: Instruction, hit: Hit) -> bool:
    """ "text-free"."""
    return any(told.text[hit.end : free.start] in ("-", "‑", "") for free in told.within(hit.end, hit.end + 2, "free"))
