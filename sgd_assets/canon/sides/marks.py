"""Crosses and ticks in front of a line: `str -> 'do' | 'dont' | None`.

What must not live here: marks drawn as shapes, or what words say of a side (`sides/polarity.py`).
"""

import re
from typing import Literal

_CROSSES = "✗✘✖✕❌❎⨯⨉☒🗙🗴🚫⛔👎"
_TICKS = "✓✔✅☑🗸👍"
_NAMES = {":x:": "dont", ":no_entry:": "dont", ":-1:": "dont", ":white_check_mark:": "do", ":heavy_check_mark:": "do",
          ":+1:": "do"}  # fmt: skip
"""Emoji as Markdown spells them. Source: github.com/github/gemoji."""
_MARK = re.compile(
    rf"[\s>*_•–-]*(?:(?P<cross>[{_CROSSES}]|×(?=\s))|(?P<tick>[{_TICKS}])|(?P<name>{'|'.join(map(re.escape, _NAMES))}))"
    r"[\ufe0e\ufe0f]?[\s*_:–—-]*"
)
"""A mark is the first thing that a line shows; behind it may stand what picks its colour."""


IS_CROSSED = re.compile(rf"^\s*[{_CROSSES}][\ufe0e\ufe0f]?\s+[^\W\d_]+\W*$")
IS_TICKED = re.compile(rf"^\s*[{_TICKS}][\ufe0e\ufe0f]?\s+[^\W\d_]+\W*$")
"""A label of one word, whose mark says its side in whatever language the word is; more words may be a rule."""


def mark_of(text: str) -> Literal["do", "dont"] | None:
    """The side that the mark in front of a line takes."""
    found = _MARK.match(text)
    if found is None:
        return None
    return "do" if found["tick"] or _NAMES.get(found["name"] or "") == "do" else "dont"


def without_mark(text: str) -> str:
    """The line without its mark, its bullet and the emphasis around it."""
    found = _MARK.match(text)
    return text[found.end() :] if found is not None else text
