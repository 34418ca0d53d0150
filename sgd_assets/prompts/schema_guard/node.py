"""A compiled schema: its checks, in order, and what of a value they looked at.

What must not live here: reading a schema (`reading.py`), or any keyword.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sgd_assets.prompts.schema_guard.keywords import Check
from sgd_assets.prompts.schema_guard.run import MAX_NESTING, Place, Run, Seen, TooMuchWork

Applied = Callable[[Any, Place, Run, Seen], bool]
"""(value, place, run, seen) -> whether it holds; notes what it evaluated."""


@dataclass(slots=True, eq=False)
class Node:
    """One schema, at one place of the document."""

    pointer: str
    checks: list[Check] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    last: list[Applied] = field(default_factory=list)
    """`unevaluated...`: what all others left over; joins `applied` once every reference is found."""
    beside: list["Node"] = field(default_factory=list)
    """Schemas that are applied to the same value: a circle of them would never end."""

    def holds(self, value: Any, place: Place, run: Run, seen: Seen) -> bool:
        """Whether the value keeps the schema; what was evaluated is added to `seen` only if it does.

        Raises:
            TooMuchWork: the run's steps are spent, or schemas are nested too deep on this value.
        """
        run.spend(1)
        run.nesting += 1
        if run.nesting > MAX_NESTING:
            raise TooMuchWork
        is_good, own = True, Seen()
        for check in self.checks:
            is_good = check(value, place, run) and is_good
        for applied in self.applied:
            is_good = applied(value, place, run, own) and is_good
        run.nesting -= 1
        if is_good:
            seen.add(own)
        return is_good

    def holds_quietly(self, value: Any, place: Place, run: Run, seen: Seen) -> bool:
        """The same without noting faults: another branch may still hold."""
        run.is_quiet += 1
        is_good = self.holds(value, place, run, seen)
        run.is_quiet -= 1
        return is_good
