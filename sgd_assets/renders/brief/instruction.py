"""An instruction made ready to be read: its quotations, its sentences, and the terms of the vocabulary outside them.

What must not live here: what any of it asks for (the readers beside this).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sgd_assets.renders.brief.labelled.quoted import Quote, find_quotes
from sgd_assets.renders.brief.lexicon import Hit, read_terms

BLANK = "\ufffc"
"""Stands for each character that is no part of what the designer is told."""
_END = re.compile(r"[.!?…]+(?=[\s)\]*]|$)|[。।！？؟]+|[\n\r\u2028\u2029\x0b\x0c]+|;(?=\s)|；")
_LIST_MARKS = "/|•·"
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:Nr|No|St|Dr|ca|bzw|vs|etc|approx|incl|Mr|Ms|Mrs|Prof|Str))$")


@dataclass(frozen=True)
class Span:
    """A stretch of the instruction."""

    start: int
    end: int


@dataclass(frozen=True)
class Instruction:
    """What the designer is told. `text` has the words of the picture blanked; places are the same in both."""

    raw: str
    text: str
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    languages: tuple[str, ...]

    @classmethod
    def read(cls, raw: str) -> "Instruction":
        """The instruction with its quotations blanked."""
        quotes = find_quotes(raw)
        raw = _lined(raw, quotes)
        text = blanked(raw, ((quote.start, quote.end) for quote in quotes))
        hits, languages = read_terms(text)
        return cls(raw, text, quotes, hits, languages)

    def without(self, spans: Iterable[tuple[int, int]]) -> "Instruction":
        """The same with more of it blanked: its terms there no longer count."""
        gone = sorted(spans)
        text = blanked(self.text, gone)
        hits = tuple(hit for hit in self.hits if text[hit.start] != BLANK)
        return Instruction(self.raw, text, self.quotes, hits, self.languages)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences and lines, in order."""
        found, start = [], 0
        for match in _END.finditer(self.text):
            if match.group()[0] == "." and not self._ends_sentence(match.start(), match.end()):
                continue
            found.append(Span(start, match.start()))
            start = match.end()
        found.append(Span(start, len(self.text)))
        return tuple(span for span in found if self.text[span.start : span.end].strip(BLANK + " \t*-•"))

    @cached_property
    def _starts(self) -> list[int]:
        return [hit.start for hit in self.hits]

    def within(self, start: int, end: int, *kinds: str) -> tuple[Hit, ...]:
        """Terms of the kinds (all, when none is named) that begin in a stretch, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(hit for hit in self.hits[first:last] if not kinds or hit.kind in kinds)

    def _ends_sentence(self, start: int, end: int) -> bool:
        before = self.text[max(0, start - 8) : start]
        if _ABBREVIATION.search(before):
            return False
        # "12. Mai" goes on: a number and a point before a month or a small letter is an ordinal
        if before[-1:].isdigit():
            rest = self.text[end : end + 24].lstrip(" \u00a0")
            following = end + (len(self.text[end : end + 24]) - len(rest))
            return not (
                rest[:1].islower()
                or any(hit.start == following for hit in self.within(following, following + 1, "when"))
            )
        return True


def _lined(raw: str, quotes: tuple[Quote, ...]) -> str:
    """The same with line ends for the marks that part a list on one line: "Headline: A / Date: B | Button: C".

    One such mark alone may be a word's ("and / or"); between figures it is theirs ("9 / 10"). Places stay the same.
    """
    if "\n" in raw:
        return raw
    for mark in _LIST_MARKS:
        found = [
            match.start(1)
            for match in re.finditer(rf"(?<=\D)\s(\{mark})\s(?=\D|\d+\W+\D)", raw)
            if not any(quote.start <= match.start(1) < quote.end for quote in quotes)
        ]
        if len(found) > 1 and not raw.lstrip().startswith(mark):
            for place in found:
                raw = f"{raw[:place]}\n{raw[place + 1 :]}"
            return raw
    return raw


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with each stretch replaced by as many blanks; the stretches are in order."""
    parts, reached = [], 0
    for first, end in spans:
        start = max(first, reached)
        if start >= end:
            continue
        parts += [text[reached:start], BLANK * (end - start)]
        reached = end
    return "".join([*parts, text[reached:]])
