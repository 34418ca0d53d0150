"""A language's hyphenation patterns (pyphen's files), each of them read only when a word asks for it.

pyphen reads all of a file at the first word: 70,000 patterns and a second for German, of which a word needs some
dozens. Here the file is only cut into lines. What must not live here: which words are hyphenated (`hyphens.py`).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyphen import LANGUAGES, AlternativeParser, HyphDict, ignored, parse, parse_hex

_SAYS_SOMETHING = re.compile("[1-9]").search
_DIGITS = str.maketrans("", "", "0123456789")
_Values = tuple[int, tuple[int, ...]]


@lru_cache(maxsize=8)
def patterns_of(language: str) -> HyphDict:
    """The patterns of a language that pyphen knows."""
    return _Patterns(LANGUAGES[language])


class _Patterns(HyphDict):  # type: ignore[misc]  # untyped upstream
    """pyphen's own reading of words, by patterns that are read late."""

    def __init__(self, path: Path) -> None:
        encoding, text = _head_and_rest(path)
        self.patterns = _Late(_lines(text.decode(encoding).split("\n")))
        self.maxlen = self.patterns.longest
        self.cache: dict[str, Any] = {}


class _Late:
    """What stands behind letters, for the one call that pyphen makes of its dictionary of patterns."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = {_letters(line): line for line in lines}
        self._read: dict[str, _Values] = {}
        self.longest = max(map(len, self._lines), default=0)

    def get(self, letters: str) -> _Values | None:
        """Where the values of these letters start, and the values; None where no pattern is written for them."""
        found = self._read.get(letters)
        if found is None and (line := self._lines.get(letters)) is not None:
            found = self._read[letters] = _values(line)
        return found


def _head_and_rest(path: Path) -> tuple[str, bytes]:
    head, _, rest = path.read_bytes().partition(b"\n")
    encoding = head.decode().strip()
    return "cp1251" if encoding.lower() == "microsoft-cp1251" else encoding, rest


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for line in map(str.strip, lines):
        if not line or line.startswith(ignored):
            continue
        pattern = parse_hex(lambda match: chr(int(match.group(1), 16)), line) if "^^" in line else line
        # a pattern of zeros says nothing, and must not take the place of one of the same letters
        if _SAYS_SOMETHING(pattern):
            yield pattern


def _letters(pattern: str) -> str:
    return _standard(pattern).translate(_DIGITS)


def _standard(pattern: str) -> str:
    """Without what it says of another spelling at the break ("pattern/change,index,cut")."""
    return pattern.split("/", 1)[0] if "/" in pattern and "=" in pattern else pattern


def _values(pattern: str) -> _Values:
    standard = _standard(pattern)
    number: Any = int if standard == pattern else AlternativeParser(standard, pattern.split("/", 1)[1])
    values = tuple(number(digit or "0") for digit, _ in parse(standard))
    told = [place for place, value in enumerate(values) if value]
    return told[0], values[told[0] : told[-1] + 1]
