"""The three ways a cleaner says no, in one line each. What must not live here: deciding when."""

from typing import Any, NoReturn

from sgd_resources.errors import RejectedEvidence


def reject(reason: str, **details: Any) -> NoReturn:
    """Raise: the file is no good as it is, and nobody can release it."""
    raise RejectedEvidence("reject", reason, details=details)


def quarantine(reason: str, **details: Any) -> NoReturn:
    """Raise: the file holds something an operator may want to look at."""
    raise RejectedEvidence("quarantine", reason, details=details)
