"""One line on who answered a command's work, a model or the local route, what it cost, and why no model did.

What must not live here: asking a model, or what the local routes do.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.inference import LoggedCall, list_calls
from sgd_resources.settings import Settings

_MOST_CALLS = 1_000


def no_key_reason(settings: Settings) -> str | None:
    """Why no model can be asked at all, or None when one can."""
    from sgd_resources.llm.policy.policy_file import PolicyFile
    from sgd_resources.llm.providers import has_models

    if has_models(settings.variable, PolicyFile().current()):
        return None
    return "no OPENROUTER_API_KEY is set, and no provider of the policy works without a key"


def route_line(route: str, cost_usd_micros: int, reason: str | None = None) -> str:
    """`route local · $0.0000 · why`."""
    return " · ".join(filter(None, (f"route {route}", f"${cost_usd_micros / 1_000_000:.4f}", reason)))


def told_of_audit(audit: Mapping[str, Any], settings: Settings) -> str:
    """The line on a render, from its audit: which model did what, all that was billed, and what each failure was."""
    cost = int(audit.get("cost_usd_micros") or 0)
    calls: Sequence[Mapping[str, Any]] = audit.get("models") or ()
    answered = dict.fromkeys(
        f"{call['task']}: {call.get('served_model') or call.get('requested_model')}"
        for call in calls
        if call["outcome"] == "succeeded"
    )
    failed = ", ".join(
        dict.fromkeys(
            f"{call['task']}: {call.get('reason') or call['outcome']}"
            for call in calls
            if call["outcome"] != "succeeded"
        )
    )
    route = str(audit.get("model_route") or "local")
    if answered:
        return route_line(f"{route} ({', '.join(answered)})", cost, f"no use of {failed}" if failed else None)
    if failed:
        return route_line(route, cost, f"no model answered ({failed})")
    return route_line(route, cost, no_key_reason(settings) or "no model had to be asked")


def calls_since(database: Database, org_id: str, since: datetime) -> list[LoggedCall]:
    """The org's rows of the call log from then on."""
    with database.org_transaction(org_id) as connection:
        found = list_calls(connection, org_id, limit=_MOST_CALLS)
    return [call for call in found if call.created_at >= since]


def told_of_calls(calls: Sequence[LoggedCall], settings: Settings) -> str:
    """The line on work whose calls are in the log."""
    cost = sum(call.cost_usd_micros for call in calls)
    models = sorted({str(call.served_model) for call in calls if call.outcome in ("succeeded", "cached")})
    if models:
        return route_line(f"model ({', '.join(models)})", cost)
    kinds = sorted({str(call.error_kind) for call in calls if call.error_kind})
    if kinds:
        return route_line("local", cost, f"no model answered ({', '.join(kinds)})")
    return route_line(
        "local", cost, no_key_reason(settings) or "nothing new had to be asked, or no call was let through"
    )
