"""A rule of reading as a record: what it looks for, where it stays silent, and examples of both.

Each example is a test of its own (`tests/sgd_assets/canon/facts/test_rule.py`). What must not live here: any rule.
"""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

Told = TypeVar("Told")


@dataclass(frozen=True)
class Rule(Generic[Told]):
    """One rule, whole: nothing else in the product knows its name."""

    name: str
    told: Told
    """What a text that it reads is."""
    words: str
    """For people: why the rule says so."""
    pattern: re.Pattern[str]
    reads: tuple[str, ...]
    """Texts that it must read."""
    leaves: tuple[str, ...]
    """Texts that it must leave alone, its guard included."""
    guard: re.Pattern[str] | None = None
    """Where this stands in front of what the pattern meets, or in it, the rule stays silent."""
    unless: re.Pattern[str] | None = None
    """Where this stands anywhere in the text, the rule stays silent."""
    needs: re.Pattern[str] | None = None
    """What must stand in the same text."""
    most: int = 400
    """Characters; a longer text is prose, of which the rule says nothing."""

    def reads_text(self, text: str, *, is_named: bool = False) -> bool:
        """Whether the rule says something of a text; `is_named`: where it stands names what the rule needs."""
        met = self.pattern.search(text) if len(text) <= self.most else None
        if met is None or (self.guard is not None and self.guard.search(text, 0, met.end())):
            return False
        if self.unless is not None and self.unless.search(text):
            return False
        return is_named or self.needs is None or bool(self.needs.search(text))
