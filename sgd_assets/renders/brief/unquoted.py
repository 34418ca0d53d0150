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
_TAIL = re.compile(r"(?:\s+[a-zà-ÿ'’]{1,5})+$")
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
    """A label behind an article, "with" or the like, and a capital that is no term behind it."""
    begin = _begin(told, hit)
    if begin == hit.end or not told.text[begin : begin + 1].isupper():
        return False
    if any(other.kind != "when" for other in told.within(begin, begin + 1)):
        return False
    before = told.within(max(0, hit.start - 12), hit.start, "the", "join", "link", "as", "ask", "on")
    return bool(before) and not told.text[before[-1].end : hit.start].strip()


def _end(told: Instruction, start: int) -> int:
    stop = _STOP.search(told.text, start)
    end = stop.start() if stop else len(told.text)
    cut = next((hit.start for hit in told.within(start, end) if hit.kind in _MEANS and hit.value != "by"), None)
    if cut is None:
        return end
    tail = _TAIL.search(told.text[start:cut].rstrip())
    return start + tail.start() if tail else cut
