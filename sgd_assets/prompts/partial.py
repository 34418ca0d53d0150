"""JSON that is still being written -> the value so far, for those who watch an answer come.

What must not live here: judging: a value so far is no answer.
"""

from typing import Any

import orjson

_CLOSER = {"{": "}", "[": "]"}
_STEP = 48
"""Characters between two looks: each look reads the text from its start."""


class PartialJson:
    """Takes pieces of a text and gives the object they make so far."""

    def __init__(self) -> None:
        self.text = ""
        self._looked_at = 0
        self._last: Any = None

    def add(self, piece: str) -> Any:
        """The object so far, when it has grown since the last look; else None."""
        self.text += piece
        if len(self.text) - self._looked_at < _STEP:
            return None
        self._looked_at = len(self.text)
        found = value_so_far(self.text)
        if found is None or found == self._last:
            return None
        self._last = found
        return found


def value_so_far(text: str) -> Any:
    """The object that a text begins to write, with what is open closed; None while there is none.

    A name without its value, a number or a word that may go on, and what stands before the first brace are left out.
    """
    start = text.find("{")
    if start < 0:
        return None
    for end, open_ in reversed(_ends(text, start)):
        try:
            return orjson.loads(text[start:end] + "".join(_CLOSER[sign] for sign in reversed(open_)))
        except orjson.JSONDecodeError:
            continue
    return None


def _ends(text: str, start: int) -> list[tuple[int, str]]:
    """Places where the text can be cut, and what is open there; the last few only."""
    found: list[tuple[int, str]] = []
    open_, in_string, escaped = "", False, False
    for at in range(start, len(text)):
        sign = text[at]
        if in_string:
            in_string = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
            continue
        if sign == '"':
            in_string = True
        elif sign in "{[":
            open_ += sign
            found.append((at + 1, open_))
        elif sign in "}]":
            open_ = open_[:-1]
            found.append((at + 1, open_))
            if not open_:
                break
        elif sign == ",":
            found.append((at, open_))
    return found[-4:]
