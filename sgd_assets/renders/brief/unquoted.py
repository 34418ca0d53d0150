"""Words named in a sentence without quotation marks or a colon: "with the words Hello Summer in all caps".

Only words right behind their label are taken that begin with a capital, or that stand in brackets and look like it.
What must not live here: the name of what is announced (`names.py`).
"""

import re

from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.labelled.label_lines import LabelledWords
from sgd_assets.renders.brief.lexicon import Hit
from sgd_assets.renders.brief.looks import look_of

_STOP = re.compile(r"[,;:.!?()\n\r" + BLANK + r"]\s?|\s[-–—]\s|$")
_MEANS = ("thing", "part", "case", "align", "image", "mood", "colour", "role", "where", "set", "not", "ask", "edit")
_BARE = ("headline", "body", "call_to_action", "legal")
"""Parts that are named with no article where a clause begins: "headline Tea time, button Book a table"."""
_LOOKS = ("colour", "role", "mood", "place", "align", "case", "thing", "image", "set", "shape", "where", "part")
"""Terms with which a wish begins, and no words of a picture."""
_CLAUSE = re.compile(r"(?:^|[,;.:!?\n]|\s[-–—])[\s*•-]*$")
_LED = ("the", "join", "as", "ask", "edit", "on")
_SMALL = re.compile(
    r"\s(?:at|in|of|to|by|an?|its?|all|very|am|im|au|aux|en|al|nel|em|no|na|op|ganz|sehr|tout|molto|muy)\s*$"
)
_IS = re.compile(r" (?:(?:is|reads|should be|ist|lautet|est|es|è|é|är|er) )?")
_MOST = 12  # words
_BRACKETED = re.compile(r"\s?\(([^()\n\r" + BLANK + r"]{1,60})\)")


def unquoted_words(told: Instruction) -> tuple[LabelledWords, ...]:
    """Labelled words of the sentences, in order."""
    found: list[LabelledWords] = []
    reached = 0
    for hit in told.hits:
        if hit.kind != "part" or hit.value in ("by", "extra") or hit.start < reached or not _is_introduced(told, hit):
            continue
        start = _begin(told, hit)
        end = _end(told, start)
        words = told.raw[start:end].strip()
        if 1 <= len(words.split()) <= _MOST and len(words) >= 2 and BLANK not in told.text[start:end]:
            found.append(LabelledWords(hit.value, words, start, start + len(words)))
            reached = end
    return tuple(found)


def bracketed_words(told: Instruction) -> tuple[LabelledWords, ...]:
    """Words in brackets right behind their label that look like it: "the price (£12)"; others there explain."""
    found: list[LabelledWords] = []
    for hit in told.hits:
        if hit.kind != "part" or hit.value not in ("date", "price", "url"):
            continue
        match = _BRACKETED.match(told.text, hit.end)
        if match and look_of(match[1]) == hit.value:
            found.append(LabelledWords(hit.value, told.raw[match.start(1) : match.end(1)], *match.span(1)))
    return tuple(found)


def _begin(told: Instruction, hit: Hit) -> int:
    """Where the words behind a label begin."""
    match = _IS.match(told.text, hit.end)
    return match.end() if match else hit.end


def _is_introduced(told: Instruction, hit: Hit) -> bool:
    """A label behind an article, "with" or the like, or where its clause begins; and a capital that is no wish."""
    begin = _begin(told, hit)
    if begin == hit.end or not told.text[begin : begin + 1].isupper():
        return False
    first = told.within(begin, begin + 1)
    if any(_begins_a_wish(told, other) for other in first):
        return False
    before = told.within(max(0, hit.start - 12), hit.start, "the", "join", "link", "as", "ask", "on")
    if before and not told.text[before[-1].end : hit.start].strip():
        return True
    return hit.value in _BARE and bool(_CLAUSE.search(told.text[: hit.start]))


def _end(told: Instruction, start: int) -> int:
    stop = _STOP.search(told.text, start)
    end = stop.start() if stop else len(told.text)
    cut = next((hit.start for hit in told.within(start + 1, end) if _ends_words(told, hit, start)), None)
    if cut is None:
        return end
    return _without_leads(told, start, cut)


def _without_leads(told: Instruction, start: int, end: int) -> int:
    """Where words end without the small words that lead to what is behind them: "Tea time in" red."""
    kinds = {*_LED, "link", "or"}
    while True:
        last = start + len(told.text[start:end].rstrip())
        led = [hit for hit in told.within(start + 1, last, *kinds) if hit.end == last]
        small = _SMALL.search(told.text, start, last)
        if led and told.text[led[-1].start].islower():
            end = led[-1].start
            if led[-1].kind == "join":
                kinds.discard("join")  # "Mach mit und": of two the first is the words' own
        elif small:
            end = small.start()
        else:
            return last


def _ends_words(told: Instruction, hit: Hit, start: int) -> bool:
    """Whether a term ends the words before it, as one of another wish; "time" in "Tea time" is none."""
    if hit.kind not in _MEANS or hit.value == "by":
        return False
    if hit.kind != "part":
        return not (hit.kind == "ask" and hit.value == "make" and told.text[hit.start].isupper())
    before = told.within(max(start + 1, hit.start - 16), hit.start, *_LED)
    is_led = bool(before) and not told.text[before[-1].end : hit.start].strip(" \t\u00a0'’")
    behind = told.text[hit.end :].lstrip()[:1]
    return is_led or (
        told.text[hit.start].islower() and (behind.isupper() or behind.isdigit() or behind in ("€", "$", "£"))
    )


def _begins_a_wish(told: Instruction, hit: Hit) -> bool:
    """Whether a term with a capital is what the part is to be; "Date night", "Time for tea" are words."""
    if hit.kind == "ask":
        return hit.value == "thing"
    behind = told.text[hit.end : hit.end + 2]
    is_named = hit.kind == "part" and hit.value in ("date", "price", "extra")
    return hit.kind in _LOOKS and not (is_named and behind[:1] == " " and behind[1:].islower())
