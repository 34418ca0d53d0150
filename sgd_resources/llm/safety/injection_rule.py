"""One rule of how instructions to a model look, with the words without which it cannot match.

What must not live here: the rules themselves.
"""

import re
import unicodedata
from dataclasses import dataclass

UNSPACED = "\x80"
"""Stands among a text's words when it has signs of a script in which words are not found by their spaces."""


@dataclass(frozen=True)
class Rule:
    """One way instructions are written."""

    reason: str
    weight: float
    """0 to 1: how sure a match makes us."""
    needs: tuple[frozenset[str], ...]
    """Of each set one whole word must occur; a match lies around a word of the first."""
    pattern: re.Pattern[str]


def rule(reason: str, weight: float, needs: tuple[str, ...], *parts: str) -> Rule:
    """A rule from word lists and the parts of its pattern."""
    # The texts are normalised, which takes some letters apart: so are the patterns.
    pattern = re.compile(unicodedata.normalize("NFKC", "".join(parts)))
    return Rule(reason, weight, tuple(frozenset(group.split()) for group in needs), pattern)
