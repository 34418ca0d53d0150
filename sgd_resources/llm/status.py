"""What the gateway says of itself: state, connectivity, models with their ends, limits left, breakers, cache.

What must not live here: HTTP, or reports over past calls (`postgres/rows/inference.py`).
"""

import time
from typing import Any

import orjson

from sgd_resources.errors import Unavailable
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.local import LOCAL_ROUTES
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.scopes import org_day, today
from sgd_resources.llm.wire.openrouter import KEY_PATH
from sgd_resources.llm.wire.transport import TransportFailed

PROBE_TTL_S = 30.0
PROBE_TIMEOUT_S = 3.0


async def describe(gateway: LlmGateway, org_id: str) -> dict[str, Any]:
    """The status of this process' gateway as one org may see it. Costs nothing: GET /key is free, asked twice a minute.

    Args:
        gateway: of this process.
        org_id: whose budget is shown.
    """
    policy = gateway.parts.policies.current()
    models = [_model(gateway, slug) for slug in policy.slugs()]
    base: dict[str, Any] = {
        "policy_version": policy.version,
        "models": models,
        "local_routes": dict(LOCAL_ROUTES),
        "cache": {
            "hit_ratio": round(gateway.parts.cache.hit_ratio, 4),
            "saved_usd_micros": gateway.parts.cache.saved_usd_micros,
        },
    }
    attempts = gateway.parts.attempts
    if attempts is None:
        return {
            "state": "degraded",
            "reason": "no OPENROUTER_API_KEY is set: tasks run their local routes",
            "connectivity": {"is_reachable": None, "kind": "no_key", "limit_remaining_usd": None},
            "breakers": {},
            "budgets": {},
            **base,
        }
    connectivity = await probe(gateway)
    breakers = attempts.breakers.states()
    budgets, has_store = await _budgets(gateway, org_id)
    is_well = connectivity["is_reachable"] and has_store and breakers["*"] == "closed"
    reason = None
    if not has_store:
        reason = "the budget store is down: cloud calls are refused"
    elif not is_well:
        reason = f"the provider is not reachable ({connectivity['kind']})"
    return {
        "state": "ok" if is_well else "degraded",
        "reason": reason,
        "connectivity": connectivity,
        "breakers": breakers,
        "budgets": budgets,
        "last_error": gateway.last_error,
        **base,
    }


async def probe(gateway: LlmGateway) -> dict[str, Any]:
    """Whether the provider answers our key; remembered for half a minute."""
    attempts = gateway.parts.attempts
    if attempts is None:
        return {"is_reachable": None, "kind": "no_key", "limit_remaining_usd": None}
    kept = gateway.last_probe
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    found: dict[str, Any] = {"is_reachable": False, "kind": None, "limit_remaining_usd": None}
    try:
        answer = await attempts.transport.send("GET", KEY_PATH, timeout_s=PROBE_TIMEOUT_S, max_bytes=1_000_000)
        # Another OpenAI-compatible server has no /key: that it answers is enough.
        found["is_reachable"] = answer.status in {200, 404, 405}
        found["kind"] = None if found["is_reachable"] else f"status_{answer.status}"
        if answer.status == 200:
            body = orjson.loads(answer.body)
            data = body.get("data") if isinstance(body, dict) else None
            found["limit_remaining_usd"] = data.get("limit_remaining") if isinstance(data, dict) else None
    except TransportFailed as error:
        found["kind"] = error.kind
    except orjson.JSONDecodeError:
        found["kind"] = "garbage"
    gateway.last_probe = (time.monotonic() + PROBE_TTL_S, found)
    return found


def _model(gateway: LlmGateway, slug: str) -> dict[str, Any]:
    policy = gateway.parts.policies.current()
    listed = gateway.models.get(slug)
    return {
        "slug": slug,
        "tasks": [name for name, task in policy.tasks.items() if slug in task.models],
        "expires_on": listed.expires_on.isoformat() if listed and listed.expires_on else None,
        "concerns": [{"kind": c.kind, "message": c.message} for c in gateway.concerns if c.slug == slug],
    }


async def _budgets(gateway: LlmGateway, org_id: str) -> tuple[dict[str, Any], bool]:
    attempts = gateway.parts.attempts
    limits = gateway.parts.policies.current().budgets
    assert attempts is not None
    if not isinstance(attempts.books.budget, RedisBudget):
        return {}, True
    scope = org_day(org_id, limits, today())
    try:
        reserved, spent = await attempts.books.budget.spent(scope)
    except Unavailable:
        return {}, False
    limit = scope.limit_usd_micros
    left = None if limit is None else max(0, limit - reserved - spent)
    day = {
        "limit_usd_micros": limit,
        "spent_usd_micros": spent,
        "reserved_usd_micros": reserved,
        "left_usd_micros": left,
    }
    return {"org_day": day}, True
