"""What a provider does wrong, in nobody's wire format: each fake says it in bytes of its own.

What must not live here: bytes, or how a call has to end (`tests/sgd_resources/llm/faults/`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Says = Literal[
    "answer", "no choices", "null choices", "no message", "null text", "blank text", "half, then an error",
    "filtered", "refuses", "calls a tool", "half, then the limit",
]  # fmt: skip
"""What a reply with status 200 and no body of its own says."""
Line = Literal[
    "whole", "refused", "no name", "reset", "closed", "stalls", "reset after the head",
    "stalls after the head", "cut", "cut after the end", "stalls in the body", "drips", "floods",
]  # fmt: skip
"""What the connection does."""
Coding = Literal["plain", "broken gzip", "unknown", "bomb"]
UNSAID: Final = "unsaid"
"""A cost that the reply does not name at all."""
COST_USD_MICROS = 1_100
"""What each fake bills for a reply that names its cost."""


@dataclass(frozen=True)
class Fault:
    """What every request to the faulty model gets.

    Attributes:
        status: of HTTP.
        body: JSON of an error, as that server writes it; the body of a reply, or an event of a stream that was begun.
        raw: the body byte for byte; of a stream too.
        page: `raw` is HTML, and says so.
        headers: further ones.
        says: what a good-looking reply says, when it has neither `body` nor `raw`.
        cost: `usage.cost` of such a reply; `UNSAID` leaves it out.
        has_usage: False leaves `usage` out.
        generation_usd_micros: the reply's head names a generation, and GET /generation tells this cost later.
        is_unknown_generation: the head names one, and GET /generation never knows it.
        line: what the connection does, after some text where it breaks off in the body.
        coding: of the body.
    """

    status: int = 200
    body: Any = None
    raw: bytes | None = None
    page: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    says: Says = "answer"
    cost: Any = COST_USD_MICROS / 1_000_000
    has_usage: bool = True
    generation_usd_micros: int | None = None
    is_unknown_generation: bool = False
    line: Line = "whole"
    coding: Coding = "plain"

    @property
    def has_generation(self) -> bool:
        """Whether the head of the reply names one."""
        return self.generation_usd_micros is not None or self.is_unknown_generation
