"""What a rule is: a name, and a measure of one case that says what was found.

What must not live here: any rule, its weight or its limits (`policies/compliance.json`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sgd_assets.renders.compliance.boxes import Box
from sgd_assets.renders.compliance.case import Case

Limits = Mapping[str, float]


@dataclass(frozen=True)
class Breach:
    """One place where a rule is broken."""

    message: str
    """A sentence for a designer."""
    repair: str
    boxes: tuple[Box, ...] = ()
    value: float | None = None
    threshold: float | None = None
    degree: float = 1.0
    """Share of the rule's weight that this takes off the score."""
    is_notice: bool = False
    """Told, and no violation, whatever the policy says of the rule."""


@dataclass(frozen=True)
class Outcome:
    """What a rule measured on one picture; `untold` says why it could not."""

    breaches: tuple[Breach, ...] = ()
    value: float | None = None
    threshold: float | None = None
    untold: str | None = None
    measured: Mapping[str, float] = field(default_factory=dict)
    """Figures for the critique's `measurements`."""


@dataclass(frozen=True)
class Rule:
    """One rule."""

    name: str
    measure: Callable[[Case, Limits], Outcome]


def not_told(reason: str) -> Outcome:
    """An outcome without a verdict."""
    return Outcome(untold=reason)
