"""Puts a gateway together from settings and the services of this process. Connects to nothing yet.

What must not live here: any step of a call.
"""

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry

from sgd_resources.llm.answers.cache import ResponseCache
from sgd_resources.llm.answers.disk_cache import DiskCache
from sgd_resources.llm.answers.single_flight import SharedFlights
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.call.steps import GatewayParts, Policies
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.budget import RedisBudget
from sgd_resources.llm.money.ledger import DatabaseLedger, DatabaseSpend
from sgd_resources.llm.policy.policy_file import PolicyFile
from sgd_resources.llm.policy.rate_limit import RedisLimiter
from sgd_resources.llm.policy.routing import Observations
from sgd_resources.llm.tracing import build_tracer
from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport
from sgd_resources.redis.shared_state import SharedState
from sgd_resources.settings import Settings

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database

APP_TITLE = "Smart Graphic Designer"


def build_gateway(
    settings: Settings,
    *,
    redis_url: str,
    database: "Database",
    policies: Policies | None = None,
    registry: CollectorRegistry | None = None,
) -> LlmGateway:
    """The gateway of this process; use it from one event loop, or through `sync_gateway.SyncLlmGateway`.

    Args:
        settings: key and base URL; without a key the gateway is degraded and says so.
        redis_url: where budgets, limits and the cache are shared.
        database: where calls are written down.
        policies: in place of `policies/openrouter_policy.json`.
        registry: for the metrics.

    Raises:
        ValidationFailed: the policy file is broken.
        InvalidInput: the base URL is none.
    """
    chosen = policies or PolicyFile()
    state = SharedState(redis_url)
    # The embedded Redis may forget under pressure: on one machine answers are kept on disk as well.
    disk = None if settings.redis_url else DiskCache(settings.var_dir / "llm-cache")
    cache = ResponseCache(state, disk=disk)
    closers = (state.close, *((disk.close,) if disk else ()))
    if settings.openrouter_api_key is None:
        return LlmGateway(GatewayParts(chosen, None, cache, closers=closers))
    key = settings.openrouter_api_key.get_secret_value()
    metrics = LlmMetrics(registry)
    ledger = DatabaseLedger(database, on_drop=metrics.ledger_dropped.inc, on_mend=metrics.ledger_mended.inc)
    attempts = Attempts(
        AiohttpTransport(settings.openrouter_base_url, key, title=APP_TITLE),
        budget=RedisBudget(state, chosen.current().budgets, ledger=DatabaseSpend(database)),
        limiter=RedisLimiter(state, key),
        ledger=ledger,
        breakers=Breakers(),
        seen=Observations(),
        metrics=metrics,
    )
    return LlmGateway(
        GatewayParts(
            chosen,
            attempts,
            cache,
            shared_flights=SharedFlights(state),
            tracer=build_tracer(settings),
            closers=(ledger.close, *closers),
        )
    )
