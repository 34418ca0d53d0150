"""The quoted words of an instruction, in every style of quotation mark, each pair once and from left to right.

What must not live here: what a quotation is for (`labels.py`).
"""

import re
from typing import NamedTuple

from sgd_assets.renders.brief.lexicon import UNSPACED

_CLOSERS = {
    '"': '"', "“": "”“\"", "„": "“”\"", "”": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "「": "」", "『": "』",
    "《": "》", "〈": "〉", "＂": "＂", "״": "״", "❝": "❞", "‟": "”", "〝": "〞〟", "`": "`", "｢": "｣",
}  # fmt: skip
_SINGLE = {"'": "'", "‘": "’", "‚": "‘’", "’": "’"}
_OPENER = re.compile("[" + "".join(re.escape(mark) for mark in (*_CLOSERS, *_SINGLE)) + "]")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")


class Quote(NamedTuple):
    """One quotation: the marks at `start` and before `end`, the words between."""

    start: int
    end: int
    words: str


class _Marks:
    """Where marks of a set stand, found once each: a hostile text costs its length."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[tuple[str, bool], int] = {}

    def after(self, marks: str, start: int, *, is_end_of_word: bool = False) -> int:
        """The first of the marks at or behind `start`; the text's length where there is none."""
        known = self._next.get((marks, is_end_of_word), -1)
        if known >= start:
            return known
        ending = rf"(?<=\S)[{re.escape(marks)}](?![^\W{UNSPACED}])"
        match = re.compile(ending if is_end_of_word else f"[{re.escape(marks)}]").search(self._text, start)
        self._next[(marks, is_end_of_word)] = place = match.start() if match else len(self._text)
        return place


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Every quotation with words in it, however long: none is dropped unsaid. Apostrophes and inch marks are none."""
    marks = _Marks(text)
    found = []
    reached = 0
    for match in _OPENER.finditer(text):
        start = match.start()
        if start < reached or not _opens(text, start):
            continue
        end = _end(text, start, marks)
        words = text[start + 1 : end].strip() if end else ""
        if end is not None and words:
            found.append(Quote(start, end + 1, words))
            reached = end + 1
    return tuple(found)


def _opens(text: str, start: int) -> bool:
    mark, before, after = text[start], text[start - 1 : start], text[start + 1 : start + 2]
    if mark in _SINGLE or mark in '"”`“״':
        if before.isalnum() and not _IS_UNSPACED.match(before):
            return False
        if mark in _SINGLE and re.match(r"\d\ds?\b", text[start + 1 : start + 5]):
            return False
        return bool(after) and not after.isspace()
    return bool(after)


def _end(text: str, start: int, marks: _Marks) -> int | None:
    mark = text[start]
    if mark in _SINGLE:
        end = marks.after(_SINGLE[mark], start + 2, is_end_of_word=True)
        return (
            end if end < len(text) and "\n" not in text[start : min(end, start + 301)] and end - start <= 301 else None
        )
    if mark in '"“„״':
        end = marks.after(_CLOSERS[mark], start + 1, is_end_of_word=True)
        if end < len(text):
            return end
    end = marks.after(_CLOSERS[mark], start + 1)
    return end if end < len(text) else None
