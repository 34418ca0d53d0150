"""A text as words, and as the words that its disguises hide: digits for letters, letters apart, look-alikes, masks.

What must not live here: which words are looked for (`terms.py`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sgd_resources.llm.safety.injection_readings import FOLDED, HIDDEN, TAG

BREAK = ""
"""Between sentences: nothing that is looked for reaches across it."""
_TOKEN = re.compile(r"[a-z0-9]+|[.!?;:\n]+(?=\s|$)|\n")
_PIECE = re.compile(r"\S+")
_JOINED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d"})
_LEET = str.maketrans("0134579@$!|+8", "oieastgasiltb")
_LEET_L = str.maketrans("0134579@$!|+8", "oleastgasiltb")
_LONG_RUN = re.compile(r"([a-z])\1{2,}")
_APART = re.compile(r"(?<![^\W_])(?:[^\W_][\W_]{1,4}){2,}[^\W_](?![^\W_])")
_MASKED = re.compile(r"(?<!\w)[a-z]+[*#]+[a-z]+(?!\w)")


@dataclass(frozen=True)
class Reading:
    """Words in order, `BREAK` between sentences. `glued`: several words may stand in one, as letters apart do."""

    words: tuple[str, ...]
    glued: frozenset[str] = frozenset()
    masked: tuple[str, ...] = ()
    """Words with `*` in place of letters."""


def readings(text: str) -> Iterator[Reading]:
    """The plain reading first, then each disguise that gives other words; linear in the text's length."""
    plain = folded(text)
    first = words_of(plain)
    yield Reading(first, masked=tuple(_MASKED.findall(plain)))
    seen = {first}
    for other in _spelled(plain):
        words = words_of(other)
        if words not in seen:
            seen.add(words)
            yield Reading(words)
    if apart := _APART.findall(plain):
        joined = [_together(run) for run in apart]
        words = tuple(word for run in joined for word in (*run, BREAK))
        yield Reading(words, glued=frozenset("".join(run) for run in joined))


def folded(text: str) -> str:
    """Lower case Latin letters without marks; what nobody sees is gone, look-alikes are the letters they look like."""
    seen = unicodedata.normalize("NFKC", HIDDEN.sub("", TAG.sub("", text)))
    if seen.isascii():
        return seen.lower()
    apart = unicodedata.normalize("NFD", seen.casefold().translate(_JOINED).translate(FOLDED))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(FOLDED).lower()


def words_of(plain: str) -> tuple[str, ...]:
    """The words of a folded text."""
    return tuple(found if found[0].isalnum() else BREAK for found in _TOKEN.findall(plain))


def _spelled(plain: str) -> Iterator[str]:
    """Digits and signs read as letters; letters that are said too often said once."""
    if any(sign in plain for sign in "0134579@$!|+8"):
        for table in (_LEET, _LEET_L):
            yield _PIECE.sub(lambda piece, table=table: _unleet(piece[0], table), plain)  # type: ignore[misc]  # bound now
    if _LONG_RUN.search(plain):
        yield _LONG_RUN.sub(r"\1", plain)
        yield _LONG_RUN.sub(r"\1\1", plain)


def _unleet(piece: str, table: dict[int, int]) -> str:
    """A word with its signs as letters: only where it has letters, and never the sign that ends its sentence."""
    body = piece.rstrip("!?.,;:|+")
    if not any(sign.isalpha() for sign in body):
        return piece
    return body.translate(table) + piece[len(body) :]


def _together(run: str) -> list[str]:
    """Letters apart as words: the widest gaps, or the rarer kind of gap, part the words."""
    letters = re.findall(r"[^\W_]", run)
    gaps = re.findall(r"[\W_]+", run)
    kinds = Counter(gaps)
    common = max(kinds, key=lambda gap: (kinds[gap], -len(gap)))
    words = [letters[0]]
    for letter, gap in zip(letters[1:], gaps, strict=True):
        if gap == common:
            words[-1] += letter
        else:
            words.append(letter)
    return [word for word, _ in groupby(words)]
