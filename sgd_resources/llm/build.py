"""Puts a gateway together from settings and the services of this process. Connects to nothing yet.

What must not live here: any step of a call.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry

from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.answers.disk_cache import DiskCache
from sgd_resources.llm.answers.single_flight import SharedFlights
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import DEFAULT, Breakers
from sgd_resources.llm.call.parts import GatewayParts, Policies
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.alert_rows import AlertRows
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.ledger import CallRow, DatabaseLedger
from sgd_resources.llm.money.org_caps import OrgCaps
from sgd_resources.llm.money.registry import DatabaseRegistry
from sgd_resources.llm.money.spend import DatabaseSpend
from sgd_resources.llm.policy.policy_file import DEFAULT_PROVIDER, Policy, PolicyFile
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.shared_observations import SharedObservations
from sgd_resources.llm.providers import APP_URL, Providers, has_models
from sgd_resources.llm.shown.told import Shown
from sgd_resources.llm.tracing import build_tracer
from sgd_resources.llm.wire.transport import Transport
from sgd_resources.redis.shared_state import SharedState
from sgd_resources.settings import Settings

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database


def build_gateway(
    settings: Settings,
    *,
    redis_url: str,
    database: "Database",
    policies: Policies | None = None,
    registry: CollectorRegistry | None = None,
    redis_lost_at: Callable[[], float] = lambda: -math.inf,
) -> LlmGateway:
    """The gateway of this process; use it from one event loop, or through `sync_gateway.SyncLlmGateway`.

    Args:
        settings: keys and base URL; without the key of any provider the gateway is degraded and says so.
        redis_url: where budgets, limits and the cache are shared.
        database: where calls are written down.
        policies: in place of `policies/openrouter_policy.json`.
        registry: for the metrics.
        redis_lost_at: see `SharedState`.

    Raises:
        ValidationFailed: the policy file is broken.
        InvalidInput: the base URL is none.
    """
    chosen = policies or PolicyFile()
    state = SharedState(redis_url, lost_at=redis_lost_at)
    # The embedded Redis may forget under pressure: on one machine answers are kept on disk as well.
    disk = None if settings.redis_url else DiskCache(settings.var_dir / "llm-cache")
    cache = ResponseCache(state, disk=disk)
    closers = (state.close, *((disk.close,) if disk else ()))
    policy = chosen.current()
    if not has_models(settings.variable, policy):
        # Nothing is spent, but what is left of whose cap is told all the same.
        limits = OrgCaps(database)
        return LlmGateway(GatewayParts(chosen, None, cache, closers=closers, shown=Shown(state), org_limits=limits))
    providers = Providers(
        settings.variable,
        default_base_url=settings.openrouter_base_url,
        referer=settings.sgd_public_url or APP_URL,
    )
    metrics = LlmMetrics(registry)
    ledger = DatabaseLedger(database, on_drop=metrics.ledger_dropped.inc, on_mend=metrics.ledger_mended.inc)
    breakers = Breakers(provider_of=lambda slug: _shared_name(chosen.current().provider_of(slug).name))
    shown = Shown(state, metrics.registry, breakers.states)
    attempts = Attempts(
        providers.transport(providers.usable(policy)[0]),
        budget=RedisBudget(
            state,
            policy.budgets,
            ledger=DatabaseSpend(database),
            drain=ledger.drain,
            registry=DatabaseRegistry(database),
        ),
        limiter=RedisLimiter(state, settings.variable("OPENROUTER_API_KEY")),
        ledger=ledger,
        breakers=breakers,
        seen=SharedObservations(state),
        metrics=metrics,
        shown=shown,
        transport_of=lambda row: served_by(row, providers, chosen.current()),
        write_alert=AlertRows(database).write,
    )
    return LlmGateway(
        GatewayParts(
            chosen,
            attempts,
            cache,
            shared_flights=SharedFlights(state),
            tracer=build_tracer(settings),
            closers=(ledger.close, *closers),
            providers=providers,
            shown=shown,
            org_limits=OrgCaps(database),
        )
    )


def served_by(row: CallRow, providers: Providers, policy: Policy) -> Transport:
    """To the provider of the row's model, also where another process asked it; without its key to the first one."""
    reach = providers.reach(policy, row.requested_model or "")
    return reach.transport if reach is not None else providers.transport(providers.usable(policy)[0])


def _shared_name(provider: str) -> str:
    return DEFAULT if provider == DEFAULT_PROVIDER else provider
