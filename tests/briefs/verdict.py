"""What is said of one element of a brief."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Right, or in which way not."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    INVENTED = "invented"


@dataclass(frozen=True)
class Judged:
    """One element, with what was expected and what was found."""

    element: str
    verdict: Verdict
    expected: object = None
    got: object = None


def one_of(element: str, expected: object, got: object, *, same: bool) -> Judged:
    """Right where both are the same, missing where nothing was found, else wrong."""
    if same:
        return Judged(element, Verdict.RIGHT, expected, got)
    return Judged(element, Verdict.WRONG if got else Verdict.MISSING, expected, got)
