"""A way to fail, and how a call that meets it has to end."""

from dataclasses import dataclass
from typing import NamedTuple

from sgd_resources.errors import ProviderFailed, ProviderRefused, SgdError
from tests.fakes.fault import COST_USD_MICROS, Fault

BOUND_USD_MICROS = 5_000
"""What each try reserves in these tests: what a try is booked at when nobody ever knows its cost."""
TIMEOUT_S = 0.15
"""Of a try, where the fault makes one wait; the line must only be quicker than that."""


class Booked(NamedTuple):
    """What is booked for one try, and who says so."""

    usd_micros: int
    source: str


FREE = Booked(0, "none")
PAID = Booked(COST_USD_MICROS, "provider")
GUESSED = Booked(BOUND_USD_MICROS, "estimate")


@dataclass(frozen=True)
class Right:
    """How a call ends when every try of the first of two models meets the fault, and the second one answers well.

    Attributes:
        kind: of each failed try, in the call log; None when the reply is an answer.
        tries: of the first model.
        error: what the caller gets; None when the second model's answer (or that of the first, without a `kind`).
        booked: for each try of the first model.
        opens: whether so many failures in a row open the breaker of the model; `provider` that of all its models.
    """

    kind: str | None
    tries: int
    error: type[SgdError] | None = None
    booked: Booked = FREE
    opens: bool | str = False

    @property
    def outcome(self) -> str:
        """Of each try in the call log."""
        if self.kind is None:
            return "succeeded"
        return "unknown" if self.booked.source in {"estimate", "generation"} else "failed"


@dataclass(frozen=True)
class Mode:
    """One row: the fault, and what is right when the answer was asked for whole, and as a stream."""

    fault: Fault
    whole: Right
    stream: Right


def both(fault: Fault, right: Right) -> Mode:
    """A fault that ends in the same way for both."""
    return Mode(fault, right, right)


def refused(kind: str) -> Right:
    """The request, the key or the credit is at fault: no model would say anything else."""
    return Right(kind, 1, ProviderRefused)


def again(kind: str, booked: Booked = FREE, *, opens: bool = True) -> Right:
    """The same model once more, then the next, which answers."""
    return Right(kind, 2, None, booked, opens)


def at_once(kind: str, booked: Booked = FREE, *, opens: bool = False) -> Right:
    """The next model at once, which answers."""
    return Right(kind, 1, None, booked, opens)


def after_text(kind: str, booked: Booked = FREE) -> Right:
    """Text was out already: another try would say it twice."""
    return Right(kind, 1, ProviderFailed, booked, opens=True)


def answer(booked: Booked = PAID) -> Right:
    """Odd, but an answer, and paid for: never thrown away."""
    return Right(None, 1, None, booked)
