"""The pots a call draws from, and the money held for one attempt. Values only.

A pot belongs to a UTC day or a UTC month; which pots there are is the policy's to say. What must not live here:
counting (`budget.py`), or the cap of a task over its attempts, which one process can count by itself (`call/books.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sgd_resources.errors import BudgetExceeded
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.policy.policy_file import BudgetLimits

IN_FLIGHT_RETRY_S = 5.0
"""A pot that is full of reservations has room again when calls settle: most do within seconds."""
_ALERTED = frozenset({
    "org_day", "org_month", "global_day", "global_month", "project_day", "project_month", "key_day", "key_month",
})  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """One pot."""

    kind: str
    """`request`, or one of org, project, key, global with `_day` or `_month`."""
    period: str
    """`2026-11-30` or `2026-11`, UTC."""
    name: str
    """Unique within the period."""
    limit_usd_micros: int | None

    @property
    def all_known_field(self) -> str:
        """The field that says that every pot of this kind and org with any spending is there; '' where none says so."""
        return f"requests:{self.name.split(':')[1]}|q" if self.kind == "request" else ""

    @property
    def is_alerted(self) -> bool:
        """Whether somebody hears of its filling up."""
        return self.kind in _ALERTED


@dataclass(frozen=True)
class Reservation:
    """Money held for one attempt. Settle it exactly as it was reserved; its day never changes."""

    reservation_id: str
    org_id: str
    day: str
    amount_usd_micros: int
    scopes: tuple[Scope, ...]
    row: Mapping[str, Any] | None = None
    """The attempt's row of the call log, should another process have to write it."""
    epoch: str = ""


def today(now: datetime | None = None) -> str:
    """The UTC day money is booked on."""
    return (now or datetime.now(UTC)).strftime("%Y-%m-%d")


def org_day(org_id: str, limits: BudgetLimits, day: str) -> Scope:
    """The org's pot of a day."""
    return Scope("org_day", day, f"org:{org_id}", limits.org_day_usd_micros)


def request_pot(org_id: str, request_id: str) -> str:
    """The name of a request's pot."""
    return f"request:{org_id}:{request_id}"


def scopes_of(limits: BudgetLimits, caller: Caller, day: str) -> tuple[Scope, ...]:
    """The pots of one call, the narrowest first; the org's and everybody's day are always counted."""
    month, org = day[:7], caller.org_id
    found = []
    if caller.request_id is not None and limits.request_usd_micros is not None:
        found.append(Scope("request", day, request_pot(org, caller.request_id), limits.request_usd_micros))
    named = (
        ("key", caller.key_id, limits.key_day_usd_micros, limits.key_month_usd_micros),
        ("project", caller.project_id, limits.project_day_usd_micros, limits.project_month_usd_micros),
    )
    for kind, name, policy_day, policy_month in named:
        own_day, own_month = limits.of_parts.get((kind, name), (None, None)) if name is not None else (None, None)
        of_day = policy_day if own_day is None else own_day
        of_month = policy_month if own_month is None else own_month
        pot = f"{kind}:{org}:{_line(limits, caller) if kind == 'key' else name}"
        if name is not None and of_day is not None:
            found.append(Scope(f"{kind}_day", day, pot, of_day))
        if name is not None and of_month is not None:
            found.append(Scope(f"{kind}_month", month, pot, of_month))
    if limits.org_month_usd_micros is not None:
        found.append(Scope("org_month", month, f"org:{org}", limits.org_month_usd_micros))
    found.append(org_day(org, limits, day))
    if limits.global_month_usd_micros is not None:
        found.append(Scope("global_month", month, "global", limits.global_month_usd_micros))
    found.append(Scope("global_day", day, "global", limits.global_day_usd_micros))
    return tuple(found)


def _line(limits: BudgetLimits, caller: Caller) -> str | None:
    """Keys that replaced each other draw from one pot, under the id of the first."""
    return caller.key_line or limits.lines.get(caller.key_id or "", caller.key_id)


def exceeded(scope: Scope, *, spent: int, reserved: int, asked: int, now: datetime | None = None) -> BudgetExceeded:
    """The refusal, with when another try makes sense: when what is in flight settles, or when the period ends.

    A call is held at the most it may cost: what is left can be less than that and more than nothing. Then the message
    says that a call that may cost less fits, and `left_usd_micros` how much. Of everybody's pots no money is told.
    """
    limit = scope.limit_usd_micros or 0
    left, is_later = limit - spent, spent + asked > limit
    details: dict[str, Any] = {"scope": scope.kind, "asked_usd_micros": asked}
    if not scope.kind.startswith("global"):
        details |= {
            "limit_usd_micros": limit,
            "spent_usd_micros": spent,
            "reserved_usd_micros": reserved,
            "left_usd_micros": max(0, left - reserved),
        }
    return BudgetExceeded(
        _refusal(scope, asked=asked, left=left, is_later=is_later),
        retry_after_s=seconds_left(scope, now or datetime.now(UTC)) if is_later else IN_FLIGHT_RETRY_S,
        details=details,
    )


def _refusal(scope: Scope, *, asked: int, left: int, is_later: bool) -> str:
    name = scope.kind.replace("_", " ")
    if not is_later:
        return f"the budget of this {name} is held by calls in flight"
    if left <= 0:
        return f"the budget of this {name} is spent"
    rest = "what is" if scope.kind.startswith("global") else f"the ${left / 1_000_000:.6f}"
    most = f"${asked / 1_000_000:.6f}"
    return f"this call may cost up to {most}, more than {rest} left of the budget of this {name}: a smaller one may fit"


def plain(scopes: Sequence[Scope]) -> list[list[Any]]:
    """As JSON, for a process that has to settle for another."""
    return [[scope.kind, scope.period, scope.name, scope.limit_usd_micros] for scope in scopes]


def from_plain(found: Sequence[Sequence[Any]]) -> tuple[Scope, ...]:
    """The scopes again."""
    return tuple(Scope(*entry) for entry in found)


def seconds_left(scope: Scope, now: datetime) -> float:
    """Until the pot is full again."""
    if scope.kind == "request":
        return 60.0
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if scope.kind.endswith("_day"):
        return (midnight + timedelta(days=1) - now).total_seconds()
    first = midnight.replace(day=1)
    return ((first + timedelta(days=32)).replace(day=1) - now).total_seconds()
