"""What the gateway says of itself: state, connectivity, models with their ends, limits left, breakers, cache.

Breakers and failures are those of all processes (`shown/`), so that it does not matter which one is asked. Money, calls
and kept answers are the org's own: everybody's are in the metrics, the operator's credit in `sgd doctor`. What is told
of a model that fails is what it does to every org, without how often or when somebody asked it.
What must not live here: HTTP, or reports over past calls (`postgres/rows/inference.py`).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from sgd_resources.errors import Unavailable
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.local import LOCAL_ROUTES
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.scopes import scopes_of, today
from sgd_resources.llm.policy.policy_file import DEFAULT_PROVIDER
from sgd_resources.llm.shown.view import Health, SharedView
from sgd_resources.llm.wire.openrouter import KEY_PATH
from sgd_resources.llm.wire.transport import Transport, TransportFailed

PROBE_TTL_S = 30.0
PROBE_TIMEOUT_S = 3.0
_NOT_ASKED: dict[str, Any] = {"is_reachable": None, "kind": "no_key"}


@dataclass(frozen=True)
class OwnUse:
    """What the org itself did, by its call log.

    Attributes:
        last_minute: calls and tokens by model.
        calls: that were answered, by a model or from memory.
        cached: of these, from memory.
    """

    last_minute: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    calls: int = 0
    cached: int = 0


NOTHING = OwnUse()


async def describe(gateway: LlmGateway, org_id: str, own: OwnUse) -> dict[str, Any]:
    """The status over all processes as one org may see it. Costs nothing: GET /key is free, asked twice a minute.

    Args:
        gateway: of this process.
        org_id: whose budget is shown.
        own: what it did.
    """
    policy = gateway.parts.policies.current()
    view = await _view(gateway)
    known = view or SharedView()
    connectivity = await probe(gateway)
    budgets = await _budgets(gateway, org_id)
    has_store = view is not None and budgets is not None
    state, reason = _state(gateway, known, connectivity, budgets or {}, has_store=has_store)
    if state == "unavailable":
        connectivity = _without_answers(connectivity, known.failing())
    failing = known.failing()
    failures = [_failure(gateway, model, found) for model, found in failing.items()]
    last = max(failing.values(), key=lambda found: found.failed_at, default=None)
    return {
        "state": state,
        "reason": reason,
        "connectivity": connectivity,
        "providers": await _providers(gateway, known),
        "breakers": _breakers(gateway, known),
        "failures": failures,
        "last_error": last.kind if last else None,
        "budgets": {kind: pot for kind, pot in (budgets or {}).items() if not kind.startswith("global")},
        "rate_limits": _rate_limits(gateway, own),
        "processes": known.processes,
        "policy_version": policy.version,
        "models": [_model(gateway, slug) for slug in policy.slugs()],
        "local_routes": dict(LOCAL_ROUTES),
        "cache": {"hit_ratio": round(own.cached / own.calls, 4) if own.calls else 0.0, "hits": own.cached},
    }


async def probe(gateway: LlmGateway) -> dict[str, Any]:
    """Whether the first provider answers our key; remembered for half a minute."""
    attempts = gateway.parts.attempts
    if attempts is None:
        return dict(_NOT_ASKED)
    kept = gateway.last_probe
    if kept is None or kept[0] <= time.monotonic():
        kept = gateway.last_probe = (time.monotonic() + PROBE_TTL_S, await _ask(attempts.transport))
    return kept[1]


def _state(
    gateway: LlmGateway,
    view: SharedView,
    connectivity: dict[str, Any],
    budgets: dict[str, Any],
    *,
    has_store: bool,
) -> tuple[str, str | None]:
    """`ok`, `degraded` or `unavailable`, and why it is not the first."""
    if gateway.parts.attempts is None:
        return "degraded", "no OPENROUTER_API_KEY is set: tasks run their local routes"
    if not has_store:
        return "degraded", "the budget store is down: cloud calls are refused"
    failing, answering = view.failing(), view.answering()
    if failing and not answering:
        since = min(found.failing_since for found in failing.values())
        return "unavailable", f"no model has answered since {_moment(since)}: {_kinds(failing)}"
    if not connectivity["is_reachable"]:
        return "degraded", f"the provider is not reachable ({connectivity['kind']})"
    if failing:
        named = "; ".join(
            f"{model} fails since {_moment(found.failing_since)} ({found.kind})" for model, found in failing.items()
        )
        return "degraded", f"{named}; others answer"
    breakers = _breakers(gateway, view)
    resting = sorted(name for name, state in breakers.items() if name.startswith("*") and state != "closed")
    if resting:
        return "degraded", f"breakers rest: {', '.join(resting)}"
    spent = sorted(name for name, pot in budgets.items() if pot["limit_usd_micros"] and not pot["left_usd_micros"])
    if spent:
        return "degraded", f"nothing is left of {', '.join(spent)}: calls that cost money are refused"
    return "ok", None


async def _view(gateway: LlmGateway) -> SharedView | None:
    if gateway.parts.shown is None:
        return SharedView()
    try:
        return await gateway.parts.shown.read()
    except Unavailable:
        # Told as the state.
        return None


def _breakers(gateway: LlmGateway, view: SharedView) -> dict[str, str]:
    """The worst that any process sees; this one's own at once. All that there can be, not only what somebody asked."""
    attempts, policy = gateway.parts.attempts, gateway.parts.policies.current()
    own = attempts.breakers.states() if attempts is not None else {}
    providers = {_breaker_of(policy.provider_of(slug).name) for slug in policy.slugs()}
    names = {*policy.slugs(), *providers, *own, *view.breakers}
    return {name: _worse(view.breakers.get(name), own.get(name)) for name in sorted(names)}


def _breaker_of(provider: str) -> str:
    return "*" if provider == DEFAULT_PROVIDER else f"*{provider}"


def _worse(one: str | None, other: str | None) -> str:
    return next((state for state in ("open", "half_open") if state in (one, other)), "closed")


def _failure(gateway: LlmGateway, model: str, found: Health) -> dict[str, Any]:
    return {
        "model": model,
        "provider": gateway.parts.policies.current().provider_of(model).name,
        "kind": found.kind,
        "since": _moment(found.failing_since),
    }


async def _providers(gateway: LlmGateway, view: SharedView) -> list[dict[str, Any]]:
    """Each provider of the policy: key, connection, breaker, and how many of its models fail."""
    policy, providers = gateway.parts.policies.current(), gateway.parts.providers
    used = dict.fromkeys(policy.provider_of(slug).name for slug in policy.slugs())
    usable = {found.name: found for found in providers.usable(policy)} if providers is not None else {}
    breakers, failing = _breakers(gateway, view), view.failing()
    told = []
    for name in used:
        if name in usable and providers is not None:
            reached = await _probe_of(gateway, name, providers.transport(usable[name]))
        else:
            reached = await probe(gateway) if providers is None else dict(_NOT_ASKED)
        models = [slug for slug in policy.slugs() if policy.provider_of(slug).name == name]
        of_it = {slug: failing[slug] for slug in models if slug in failing}
        if of_it and not set(models) & set(view.answering()):
            reached = _without_answers(reached, of_it)
        told.append(
            {
                "name": name,
                "dialect": policy.provider(name).dialect,
                "has_key": reached["kind"] != "no_key",
                **reached,
                "breaker": breakers.get(_breaker_of(name), "closed"),
                "models": len(models),
                "models_failing": sum(slug in failing for slug in models),
            }
        )
    return told


async def _probe_of(gateway: LlmGateway, name: str, transport: Transport) -> dict[str, Any]:
    if gateway.parts.attempts is not None and transport is gateway.parts.attempts.transport:
        return await probe(gateway)
    kept = gateway.probes.get(name)
    if kept is None or kept[0] <= time.monotonic():
        kept = gateway.probes[name] = (time.monotonic() + PROBE_TTL_S, await _ask(transport))
    return kept[1]


async def _ask(transport: Transport) -> dict[str, Any]:
    found: dict[str, Any] = {"is_reachable": False, "kind": None}
    try:
        answer = await transport.send("GET", KEY_PATH, timeout_s=PROBE_TIMEOUT_S, max_bytes=1_000_000)
        # Another OpenAI-compatible server has no /key: that it answers is enough.
        found["is_reachable"] = answer.status in {200, 404, 405}
        found["kind"] = None if found["is_reachable"] else f"status_{answer.status}"
        if answer.status == 200:
            orjson.loads(answer.body)  # read for its form only: what it holds is the operator's
    except TransportFailed as error:
        found["kind"] = error.kind
    except orjson.JSONDecodeError:
        found["kind"] = "garbage"
    return found


def _model(gateway: LlmGateway, slug: str) -> dict[str, Any]:
    policy = gateway.parts.policies.current()
    listed = gateway.models.get(slug)
    return {
        "slug": slug,
        "provider": policy.provider_of(slug).name,
        "tasks": [name for name, task in policy.tasks.items() if slug in task.models],
        "expires_on": listed.expires_on.isoformat() if listed and listed.expires_on else None,
        "concerns": [{"kind": c.kind, "message": c.message} for c in gateway.concerns if c.slug == slug],
    }


async def _budgets(gateway: LlmGateway, org_id: str) -> dict[str, Any] | None:
    """The pots that every call of the org draws from; None when they cannot be asked."""
    attempts = gateway.parts.attempts
    if attempts is None or not isinstance(attempts.books.budget, RedisBudget):
        return {}
    found = {}
    try:
        limits = (await gateway.parts.policy_for(org_id)).budgets
        pots = [
            (scope, *await attempts.books.budget.spent(scope)) for scope in scopes_of(limits, Caller(org_id), today())
        ]
    except Unavailable:
        # Told as the state.
        return None
    for scope, reserved, spent in pots:
        limit = scope.limit_usd_micros
        found[scope.kind] = {
            "limit_usd_micros": limit,
            "spent_usd_micros": spent,
            "reserved_usd_micros": reserved,
            "left_usd_micros": None if limit is None else max(0, limit - reserved - spent),
        }
    return found


def _rate_limits(gateway: LlmGateway, own: OwnUse) -> list[dict[str, Any]]:
    """Each limit that is set, with what the org took of it in the last minute. All orgs share it: what is left is not
    told, since that would tell what others do."""
    policy = gateway.parts.policies.current()
    if gateway.parts.attempts is None:
        return []
    limits = policy.rate_limits
    calls, tokens = (sum(used[at] for used in own.last_minute.values()) for at in (0, 1))
    of_key = (("calls", limits.calls_per_min_per_key, calls), ("tokens", limits.tokens_per_min_per_key, tokens))
    found: list[tuple[Any, ...]] = [("key", None, unit, limit, used) for unit, limit, used in of_key]
    for model in sorted(policy.slugs()):
        calls, tokens = own.last_minute.get(model, (0, 0))
        found.append(("model", model, "calls", limits.calls_per_min_per_model, calls))
        found.append(("model", model, "tokens", limits.tokens_per_min_per_model, tokens))
    names = ("scope", "model", "unit", "limit_per_min", "used")
    return [dict(zip(names, one, strict=True)) for one in found if one[3] is not None]


def _without_answers(reached: dict[str, Any], failing: dict[str, Health]) -> dict[str, Any]:
    """What a probe found, where none of the models answers: a server that tells of its key serves nobody by that."""
    if not reached["is_reachable"]:
        return reached
    last = max(failing.values(), key=lambda found: found.failed_at)
    return {**reached, "is_reachable": False, "kind": last.kind}


def _kinds(failing: dict[str, Health]) -> str:
    return ", ".join(sorted({found.kind for found in failing.values()}))


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
