"""The ways a cleaner says no, in one line each. What must not live here: deciding when."""

from typing import Any, NoReturn

from sgd_resources.errors import RejectedEvidence


def reject(reason: str, **details: Any) -> NoReturn:
    """Raise: the file is no good as it is, and nobody can release it."""
    raise RejectedEvidence("reject", reason, details=details)


def bomb(counted: str, n: float, most: float, **details: Any) -> NoReturn:
    """Raise: more of something than is read of any file; the reason names what was counted, and the limit.

    Args:
        counted: what `n` is a number of, in the plural.
        n: as far as it was counted.
        most: how many are read.
        details: the same for a program.
    """
    raise RejectedEvidence("reject", "bomb", details={"message": too_many(counted, n, most), **details})


def too_many(counted: str, n: float, most: float) -> str:
    """A count over its limit, in words."""
    return f"{n:,.0f} {counted}; at most {most:,.0f} are read"
