"""The `Prefer` header of RFC 7240: how long a client wants to wait for work before it gets a 202.

Source: https://www.rfc-editor.org/rfc/rfc7240 (2026-11), sections 4.1 and 4.3. What must not live here: waiting.
"""

import re
from dataclasses import dataclass

_WAIT = re.compile(r"wait\s*=\s*\"?(\d{1,6})\"?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Preference:
    """How long to wait, and what to say in `Preference-Applied` (None when the client asked for nothing)."""

    wait_s: float
    applied: str | None

    @property
    def headers(self) -> dict[str, str]:
        """Response headers."""
        return {"Preference-Applied": self.applied} if self.applied else {}


def read_preference(header: str | None, *, max_wait_s: float) -> Preference:
    """What `header` asks for; `respond-async` wins, an unreadable header is ignored as the RFC says.

    Args:
        header: the joined values of `Prefer`, or None.
        max_wait_s: the default and the cap; many clients give up at 30 s.
    """
    tokens = [token.partition(";")[0].strip() for token in (header or "").split(",")]
    if any(token.lower() == "respond-async" for token in tokens):
        return Preference(0.0, "respond-async")
    for token in tokens:
        if match := _WAIT.fullmatch(token):
            wait_s = min(float(match.group(1)), max_wait_s)
            return Preference(wait_s, f"wait={wait_s:.0f}")
    return Preference(max_wait_s, None)
