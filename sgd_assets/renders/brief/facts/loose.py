"""Dates, prices and addresses without a label or quotation marks that a reader of the picture is told.

A value is none of them where something else holds it: a prohibition, a picture that is described, a deadline of the
designer's, a budget, what a price was before, a page to look at. What must not live here: where a value ends
(`typed.py`), or the words beside it (`vocabulary/held_back.py`).
"""

import re
from collections.abc import Collection

from sgd_assets.renders.brief.facts.typed import Typed, typed_values
from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.lexicon import UNSPACED
from sgd_assets.renders.brief.vocabulary.held_back import BUDGET, DUE, FORMER, FORMER_BEHIND, LIKE, UNTIL, UNTIL_BEHIND

_BREAK = re.compile(r"[,;:!?()\n\r，、。；：！？（）،؛|" + BLANK + r"]|\.(?=\s)|\s[-–—]\s")
_NEAR = 28  # characters right before a value in which it may be said to hold no longer
_WORDS_BETWEEN = 1  # "was just $249", "by this Friday"


def _words(listed: str, *, before: str = "", behind: str = "") -> re.Pattern[str]:
    terms = sorted({term.strip() for term in listed.split(",")}, key=len, reverse=True)
    bare = [re.escape(term) for term in terms if re.match(f"[{UNSPACED}]", term)]
    spaced = [re.escape(term) for term in terms if not re.match(f"[{UNSPACED}]", term)]
    either = "|".join([*bare, rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)"]) if spaced else "|".join(bare)
    return re.compile(f"{before}(?:{either}){behind}", re.I)


_BETWEEN = rf"[\s:]*(?:[^\W\d]+\s+){{0,{_WORDS_BETWEEN}}}$"
_UNTIL, _FORMER = _words(UNTIL, behind=_BETWEEN), _words(FORMER, behind=_BETWEEN)
_UNTIL_BEHIND, _FORMER_BEHIND = _words(UNTIL_BEHIND, before=r"\s?"), _words(FORMER_BEHIND, before=r"\s?")
_DUE, _BUDGET, _LIKE = _words(DUE), _words(BUDGET), _words(LIKE)


def loose_facts(
    told: Instruction, *, without: Collection[str], refused: Collection[tuple[int, int]] = ()
) -> tuple[Typed, ...]:
    """The first date, price and address of the instruction that are to be printed.

    Args:
        told: the instruction; what is labelled in it is blanked.
        without: kinds that are given or refused.
        refused: stretches that say what must not be.
    """
    found: dict[str, Typed] = {}
    for value in typed_values(told):
        # a refusing word within the value is none: "mai" is "never" and a month
        is_refused = any(start < value.start < end or start < value.end < end for start, end in refused)
        if not is_refused and value.kind not in without and value.kind not in found and not _is_held(told, value):
            found[value.kind] = value
    return tuple(sorted(found.values(), key=lambda value: value.start))


def _is_held(told: Instruction, value: Typed) -> bool:
    """Whether something else than the reader of the picture is served by a value."""
    begin = max((match.end() for match in _BREAK.finditer(told.text, 0, value.start)), default=0)
    lead = told.text[max(begin, value.start - _NEAR) : value.start]
    before = told.within(begin, value.start)
    if any(hit.kind == "not" for hit in before) or _FORMER.search(lead) or _LIKE.search(told.text[begin : value.start]):
        return True
    if any(hit.kind == "image" and hit.value != "people" for hit in before):
        return True  # it belongs to what the picture shows, or was taken from
    if _FORMER_BEHIND.match(told.text, value.end):
        return True
    return _IS_HELD[value.kind](told, value, begin)


def _is_other_day(told: Instruction, value: Typed, begin: int) -> bool:
    """A deadline, or the day of posting: "post for 12 May"."""
    sentence, end = _sentence(told, value)
    if _DUE.search(told.text[sentence:end]):
        return True
    lead = told.text[max(begin, value.start - _NEAR) : value.start]
    acts = told.within(begin, value.start, "act", "fine")
    if not acts and (_UNTIL.search(lead) or _UNTIL_BEHIND.match(told.text, value.end)):
        return True
    links = [hit for hit in told.within(begin, value.start, "link") if not _gap(told, hit.end, value.start)]
    things = [hit for hit in told.within(begin, value.start, "ask") if hit.value == "thing"]
    return any(not _gap(told, thing.end, link.start) for link in links for thing in things)


def _is_other_sum(told: Instruction, value: Typed, begin: int) -> bool:
    sentence, end = _sentence(told, value)
    return bool(_BUDGET.search(told.text[min(sentence, begin) : end]))


def _is_other_page(told: Instruction, value: Typed, begin: int) -> bool:
    """A page to take something from."""
    things = told.within(begin, value.start, "thing")
    return any(hit.value in ("logo", "font") for hit in things)


_IS_HELD = {"date": _is_other_day, "price": _is_other_sum, "url": _is_other_page}


def _sentence(told: Instruction, value: Typed) -> tuple[int, int]:
    return next(
        ((span.start, span.end) for span in told.sentences if span.start <= value.start < span.end),
        (value.start, value.end),
    )


def _gap(told: Instruction, start: int, end: int) -> str:
    """What stands between two places, but for articles."""
    articles = told.within(start, end, "the")
    first = max([start, *(hit.end for hit in articles)])
    return told.text[first:end].strip()
