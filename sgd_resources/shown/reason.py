"""Why a file was refused, for a person. What must not live here: refusing one."""

from collections.abc import Mapping
from typing import Any

_OVER_A_LIMIT = ("bomb", "too_large")


def shown_reason(reason: str | None, details: Mapping[str, Any]) -> str:
    """The reason's code, then its words: `bomb: 70 megapixels; at most 50 are read`."""
    return ": ".join(part for part in (reason, words_of(reason, details)) if part)


def words_of(reason: str | None, details: Mapping[str, Any]) -> str:
    """Who refused it said it in words (`message`); of what is over a limit, else the figures that decided."""
    if details.get("message") or reason not in _OVER_A_LIMIT:
        return str(details.get("message") or "")
    figures = ((name, value) for name, value in details.items() if isinstance(value, int | float))
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures)
