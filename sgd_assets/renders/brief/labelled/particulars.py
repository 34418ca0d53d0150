"""A list of particulars behind words that a sentence gives: "reading Spring Concert on 12 May, 7 pm, tickets €12".

One date alone is part of the words ("Price drops on 3 May"); two facts, one of them an item by itself, make a list.
What must not live here: where a fact begins and ends (`facts/typed.py`).
"""

import re
from itertools import pairwise

from sgd_assets.renders.brief.facts.clauses import speaks_to_designer
from sgd_assets.renders.brief.facts.typed import Typed, is_named_fact, typed_values
from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.labelled.label_lines import LabelledWords
from sgd_assets.renders.brief.vocabulary.saying import UNDER

_COMMA = re.compile(r"[,;]\s+|[、，；،]\s*|\s[-–—|/·•]\s")
_LEADS_TO_DAY = re.compile(
    r"(?:\s+(?:on|at|from|the|am|um|ab|vom|den|dem|der|le|du|dès|à|el|los|il|dal|em|no|dia|a|op|vanaf|den|på|fra|från|w|we|"
    r"od|dne|v|în|pe|на|в|с))+\s*$",
    re.I,
)
_UNDER = re.compile(rf"\s*(?:{'|'.join(re.escape(each.strip()) for each in UNDER.split(','))})\s?[:：]\s*", re.I)
_LEAST_FACTS, _MOST_WORDS = (
    2,
    2,
)  # of a list; before a price or an address in its item: "tickets at the door €12" is none


def listed_particulars(told: Instruction, start: int, end: int) -> tuple[int, tuple[LabelledWords, ...]] | None:
    """Where words end before a list of facts, and the items of the list; None where no list follows.

    Args:
        told: the instruction.
        start: where the words begin.
        end: where their sentence ends.
    """
    values = typed_values(told)
    facts = [value for value in values if start < value.start < end]
    items = _items(told.text, facts, start, end)
    held = [_fact_of(told, facts, *item) for item in items]
    if len(facts) < _LEAST_FACTS or not any(held[1:]):
        return None
    first = next(place for place, (_, last) in enumerate(items) if facts[0].start < last)
    is_amid = held[first] is None and bool(told.text[facts[0].end : items[first][1]].strip(" \t\u00a0."))
    if is_amid:  # "on 12 May in the old mill, tickets €12": the date is a word of the sentence
        first += 1
    cut = items[first][0] if (held[first] and first) or is_amid else _before(told.text, start, facts[0].start)
    if not told.text[start:cut].strip():
        return None
    found: list[LabelledWords] = []
    for place, (begin, last) in enumerate(items[first:], first):
        value = held[place]
        if value is None and place == first and not is_amid:
            found.append(_piece(told, facts[0].kind, facts[0].start, facts[0].end))
        elif value is not None:
            is_bare = value.kind == "date" or is_named_fact(told, begin, values)
            found.append(_piece(told, value.kind, value.start if is_bare else begin, last))
        elif (
            BLANK in told.text[begin:last]
            or _is_look(told, begin, last)
            or speaks_to_designer(told, begin, last, is_running=True)
        ):
            break
        else:
            under = _UNDER.match(told.text, begin, last)
            found.append(_piece(told, "extra", under.end() if under else begin, last))
    return cut, tuple(found)


def _items(text: str, facts: list[Typed], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between commas that are none of a fact's own: "12 May, 7 pm" is one."""
    breaks = [
        match.span()
        for match in _COMMA.finditer(text, start, end)
        if not any(value.start <= match.start() < value.end for value in facts)
    ]
    bounds = [(start, start), *breaks, (end, end)]
    return [(one[1], other[0]) for one, other in pairwise(bounds)]


def _fact_of(told: Instruction, facts: list[Typed], begin: int, end: int) -> Typed | None:
    """The fact that an item is, with a word or two about it: "tickets €12", "am 12. Mai"."""
    value = next((value for value in facts if begin <= value.start < end), None)
    if value is None or len(told.text[value.end : end].split()) > 1:
        return None
    before = told.text[begin : value.start]
    if value.kind == "date":
        return value if not before.strip() or _LEADS_TO_DAY.fullmatch(f" {before}") else None
    return value if len(before.split()) <= _MOST_WORDS and not told.within(begin, value.start, "not") else None


def _is_look(told: Instruction, begin: int, end: int) -> bool:
    """ "in green", "at the top": a small letter, and what tells how or where."""
    words = told.text[begin:end].strip()
    return words[:1].islower() and bool(told.within(begin, end, "colour", "role", "place", "case", "align", "mood"))


def _before(text: str, start: int, place: int) -> int:
    """Where words end before a fact, without what leads to it."""
    led = _LEADS_TO_DAY.search(text, start, place)
    return led.start() if led else start + len(text[start:place].rstrip())


def _piece(told: Instruction, label: str, begin: int, end: int) -> LabelledWords:
    words = told.raw[begin:end]
    begin += len(words) - len(words.lstrip())
    words = words.strip(" \t\u00a0.,;")
    return LabelledWords(label, words, begin, begin + len(words))
