"""Where in the prompt an extracted value comes from: characters, found and checked here, whatever a model claims.

What must not live here: asking a model for quotes (`meta_prompt.py`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_BLANKS = re.compile(r"\s+")
_BLANKS_TO_JOIN = re.compile(r"\A\s|\s\s")
_SHORTEST = 2
"""Characters of a value that is looked for by itself: one letter is found everywhere."""
MAX_VALUES = 500


@dataclass(frozen=True)
class Span:
    """A value's place in the prompt: code points, end not included."""

    path: str
    start: int
    end: int
    text: str
    """What stands there."""


def leaves(value: Any, path: str = "$") -> Iterator[tuple[str, Any]]:
    """Every value that is no object or array, with its path; null is no value."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if name.isidentifier() else f"{path}['{name}']")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{index}]")
    elif value is not None:
        yield path, value


def ground(prompt: str, answer: Any, quotes: Sequence[Any]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The spans of an answer's values, and the paths of values that nothing in the prompt bears out.

    Args:
        prompt: as the model was given it, personal data put back.
        answer: `{"subject", "entities", "data"}`.
        quotes: what the model says each value comes from: `{"path", "quote"}`; only what is found counts.
    """
    folded, places = _folded(prompt)
    said = _by_path(quotes)
    found: list[Span] = []
    missing: list[str] = []
    for path, value in list(leaves(answer))[:MAX_VALUES]:
        span = next(
            filter(None, (_find(path, text, prompt, folded, places) for text in _texts(value, said.get(path)))), None
        )
        if span is None:
            missing.append(path)
        else:
            found.append(span)
    return tuple(found), tuple(missing)


def share_found(prompt: str, answer: Any) -> float | None:
    """The share of an answer's texts and numbers that stand in the prompt word for word; None where it has none."""
    folded, places = _folded(prompt)
    values = [value for _, value in list(leaves(answer))[:MAX_VALUES] if not isinstance(value, bool)]
    if not values:
        return None
    return sum(_find("", str(value), prompt, folded, places) is not None for value in values) / len(values)


def _by_path(quotes: Sequence[Any]) -> dict[str, str]:
    return {
        str(quote["path"]): quote["quote"]
        for quote in quotes
        if isinstance(quote, Mapping) and "path" in quote and isinstance(quote.get("quote"), str)
    }


def _texts(value: Any, quote: str | None) -> list[str]:
    texts = [quote] if quote else []
    # True and false are judgements: only a quote bears them out.
    return texts if isinstance(value, bool) else [*texts, str(value)]


def _find(path: str, text: str, prompt: str, folded: str, places: Sequence[int]) -> Span | None:
    wanted = _folded(text.strip())[0]
    if len(wanted) < _SHORTEST and not wanted.isdigit():
        return None
    at = _whole(folded, wanted)
    if at < 0:
        return None
    start, end = places[at], places[at + len(wanted) - 1] + 1
    return Span(path, start, end, prompt[start:end])


def _whole(text: str, wanted: str) -> int:
    """The first place where the wanted is no part of a longer word or number, or -1."""
    at = text.find(wanted)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not (_joins(before, wanted[0]) or _joins(wanted[-1], after)):
            return at
        at = text.find(wanted, at + 1)
    return -1


def _joins(left: str, right: str) -> bool:
    """Whether two signs belong to one word; scripts without spaces between words have no such border."""
    return bool(left and right) and all(sign.isalnum() and ord(sign) < 0x0E00 for sign in (left, right))


# The prompt of each of its values, and the same prompt when it comes again. About 100 kB for the longest one.
@lru_cache(maxsize=128)
def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text in lower case with single blanks, and where each of its signs stood."""
    if text.isascii() and _BLANKS_TO_JOIN.search(text) is None:
        # Sign for sign, as most texts are: a small part of the time.
        return _BLANKS.sub(" ", text.lower()), range(len(text))
    return _folded_by_sign(text)


def _folded_by_sign(text: str) -> tuple[str, Sequence[int]]:
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        if sign.isspace():
            if signs and signs[-1] != " ":
                signs.append(" ")
                places.append(at)
            continue
        for folded in sign.casefold():
            signs.append(folded)
            places.append(at)
    return "".join(signs), places
