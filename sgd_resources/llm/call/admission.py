"""A call's first try, admitted in the same step of Redis in which its flight is joined: limits, then money.

One round trip in place of three. What was not asked for here, because the step ended before it, is asked for by the try
itself. What must not live here: joining (`answers/single_flight.py`), limits (`policy/rate_limit.py`) or money
(`money/budget.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sgd_resources.llm.call.call import Attempt
from sgd_resources.llm.money.budget import Asked
from sgd_resources.llm.policy.rate_limit import Charge
from sgd_resources.redis.in_turn import YES, Step


@dataclass
class Admission:
    """The try, with what it asks of the limiter and of the budget; both may have nothing to say to it."""

    attempt: Attempt
    charge: Charge | None
    asked: Asked | None
    is_used: bool = False
    """Whether the try goes by it: what is held for it is then the try's to settle."""

    @property
    def steps(self) -> list[Step]:
        """To be taken once the flight is this call's own."""
        return [part.step for part in (self.charge, self.asked) if part is not None]

    @property
    def may_hold(self) -> bool:
        """Whether money was granted by these answers."""
        return self.asked is not None and self.asked.answer is not None and self.asked.answer[0] == YES

    def take(self, answers: Sequence[Any]) -> None:
        """The answers of the steps that were taken."""
        waiting = [part for part in (self.charge, self.asked) if part is not None]
        for part, answer in zip(waiting, answers, strict=False):
            part.answer = answer
