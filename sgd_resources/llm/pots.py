"""The pots an org's calls draw from, as they are now: spent by the ledger, held by Redis, what is left and until when.

What must not live here: counting (`budget.py`), or the body that tells it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sgd_resources.errors import Unavailable
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.scopes import Scope, scopes_of, seconds_left, today
from sgd_resources.llm.policy.policy_file import BudgetLimits


@dataclass(frozen=True)
class Held:
    """A pot with what Redis knows of it."""

    scope: Scope
    held_usd_micros: int | None
    """By calls in flight; None: Redis could not be asked."""
    booked_usd_micros: int
    """Spent by Redis' word, which may be ahead of the ledger by part of a second, or know nothing."""


@dataclass(frozen=True)
class Pot:
    """One pot of an org."""

    kind: str
    period: str
    of: str | None
    """The key or project whose it is; None: the org's."""
    limit_usd_micros: int | None
    spent_usd_micros: int
    held_usd_micros: int | None
    resets_at: datetime

    @property
    def left_usd_micros(self) -> int | None:
        """What a call may still cost; None: there is no limit."""
        if self.limit_usd_micros is None:
            return None
        return max(0, self.limit_usd_micros - self.spent_usd_micros - (self.held_usd_micros or 0))


def own_scopes(limits: BudgetLimits, caller: Caller) -> list[Scope]:
    """The caller's own pots, the narrowest first, and behind them those of every key and project with a cap of its own.

    Everybody's are nobody's to know.
    """
    found = [scope for scope in scopes_of(limits, caller, today()) if not scope.kind.startswith("global")]
    for kind, name in limits.of_parts:
        part = Caller(caller.org_id, **{f"{kind}_id": name})
        found += [scope for scope in scopes_of(limits, part, today()) if scope.kind.startswith(kind)]
    return list(dict.fromkeys(found))


async def held_pots(gateway: LlmGateway, caller: Caller) -> list[Held]:
    """The pots of `own_scopes`. Raises Unavailable."""
    scopes = own_scopes((await gateway.parts.policy_for(caller.org_id)).budgets, caller)
    budget = gateway.parts.attempts.books.budget if gateway.parts.attempts is not None else None
    if not isinstance(budget, RedisBudget):
        return [Held(scope, 0, 0) for scope in scopes]
    try:
        return [Held(scope, *await budget.spent(scope)) for scope in scopes]
    except Unavailable:
        # What is spent stands in the ledger all the same; that nobody knows what is held is told as None.
        return [Held(scope, None, 0) for scope in scopes]


def pots(held: Sequence[Held], spent_usd_micros: Sequence[int], *, now: datetime | None = None) -> list[Pot]:
    """Each pot with the ledger's word on what is spent, in the same order."""
    at = now or datetime.now(UTC)
    return [
        Pot(
            one.scope.kind, one.scope.period, _of(one.scope), one.scope.limit_usd_micros,
            max(spent, one.booked_usd_micros), one.held_usd_micros,
            (at + timedelta(seconds=seconds_left(one.scope, at))).replace(microsecond=0),
        )
        for one, spent in zip(held, spent_usd_micros, strict=True)
    ]  # fmt: skip


def _of(scope: Scope) -> str | None:
    """The name of a pot is `org:acme`, or `key:acme:key_1`; ids of keys and projects may hold colons."""
    _, _, of = scope.name.split(":", 2) if scope.name.count(":") > 1 else ("", "", None)
    return of
