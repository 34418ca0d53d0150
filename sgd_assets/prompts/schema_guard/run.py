"""One judgement of one value: how much work is left, and the faults found so far.

What must not live here: any keyword.
"""

from dataclasses import dataclass, field
from typing import Any

MAX_STEPS = 100_000
"""Of one judgement; a step is about two microseconds. An answer of 4,096 tokens takes some hundreds to thousands."""
MAX_NESTING = 100
"""Schemas that are open at once: a value nested 64 deep, and references on the way."""
MAX_FAULTS = 50

Place = tuple[Any, ...]
"""The steps from the value to a part of it."""


class TooMuchWork(Exception):
    """The schema asks for more steps on this value than a judgement may take."""


@dataclass(frozen=True)
class Fault:
    """A part of the value that breaks a rule."""

    path: str
    """`$.outputs[0].name`."""
    message: str
    """Names the rule and what it asks; never the value."""
    schema_path: str
    """Where the rule stands in the schema, as a JSON pointer."""

    def as_dict(self) -> dict[str, str]:
        """JSON form."""
        return {"path": self.path, "message": self.message, "schema_path": self.schema_path}


@dataclass(slots=True)
class Seen:
    """Which parts of an object or array some schema has evaluated, for the `unevaluated...` keywords."""

    names: set[str] = field(default_factory=set)
    items: set[int] = field(default_factory=set)

    def add(self, other: "Seen") -> None:
        """What a schema beside evaluated counts too."""
        self.names |= other.names
        self.items |= other.items


class Run:
    """The state of one judgement."""

    __slots__ = ("faults", "is_quiet", "left", "nesting")

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.left = steps
        self.nesting = 0
        self.is_quiet = 0
        self.faults: list[Fault] = []

    def spend(self, steps: int) -> None:
        """Raises TooMuchWork when nothing is left."""
        if steps > self.left:
            raise TooMuchWork
        self.left -= steps

    def fault(self, place: Place, message: str, pointer: str) -> bool:
        """Note a fault, unless another branch may still hold; always False, for the caller to return."""
        if not self.is_quiet and len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(json_path(place), message[:300], pointer[:300]))
        return False


def json_path(place: Place) -> str:
    """`$.a[0]['b c']`."""
    parts = ["$"]
    for step in place:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        elif step.isidentifier():
            parts.append(f".{step}")
        else:
            quoted = step[:60].replace("\\", "\\\\").replace("'", "\\'")
            parts.append(f"['{quoted}']")
    return "".join(parts)[:300]


def frozen(value: Any, run: Run) -> Any:
    """Something hashable that is equal for equal JSON values: 1 and 1.0 are, 1 and true are not."""
    run.spend(1)
    if isinstance(value, bool):
        return ("is", value)
    if isinstance(value, list):
        return ("list", *(frozen(item, run) for item in value))
    if isinstance(value, dict):
        return ("dict", frozenset((name, frozen(item, run)) for name, item in value.items()))
    return value
