"""GET /healthz, /readyz, /metrics: the only addresses that answer anybody.

What must not live here: anything about an org.
"""

import time
from collections.abc import Callable

import anyio
import anyio.to_thread
from fastapi import Request, Response
from sqlalchemy import text
from starlette.responses import JSONResponse, PlainTextResponse

from sgd_api.http.bodies.listings import Dependency, Readiness
from sgd_api.http.degraded import NEEDED, degradations, throttled_models
from sgd_api.http.dependencies import WithServices, services_of
from sgd_api.http.routing.router import Router
from sgd_api.http.scrape import metrics_text
from sgd_api.http.services import Services
from sgd_resources.errors import SgdError

router = Router(tags=["health"])
CHECK_TIMEOUT_S = 2.0


@router.get("/healthz", summary="Whether this process lives")
async def healthz(request: Request) -> dict[str, str]:
    """Always `{"status": "ok", "instance": id}`: which process answers, nothing of what it depends on."""
    # Asked for without a dependency, which would wait for a free thread.
    return {"status": "ok", "instance": services_of(request).instance_id}


@router.get(
    "/readyz",
    summary="Whether this process can do its work, and what it does without",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "a part is down that nothing can be done without"}},
)
async def readyz(services: WithServices) -> Response:
    """Each dependency with its state and latency, and what follows from those that are down.

    503 without Postgres or the object store. Without Redis or the vectors most requests are served, so that no process
    is taken out of service for it: 200, `degraded`.
    """
    dependencies = await measured(services)
    down = {dependency.name for dependency in dependencies if dependency.state == "down"}
    throttled: tuple[str, ...] = ()
    if "redis" not in down:
        throttled = await anyio.to_thread.run_sync(throttled_models, services, limiter=services.probe_threads)
    found = degradations(dependencies, throttled)
    answer = Readiness(
        status="not_ready" if down & NEEDED else "degraded" if found else "ready",
        dependencies=dependencies,
        degraded=found or None,
    )
    return JSONResponse(answer.wire(), 503 if down & NEEDED else 200, {"Cache-Control": "no-store"})


async def measured(services: Services) -> tuple[Dependency, ...]:
    """Each dependency as it is now, by name."""
    found: dict[str, Dependency] = {}
    async with anyio.create_task_group() as tasks:
        for name, check in _checks(services).items():
            tasks.start_soon(_measure, name, check, found, services.probe_threads)
    for dependency in found.values():
        services.metrics.dependency_up.labels(dependency.name).set(dependency.state == "up")
    return tuple(found[name] for name in sorted(found))


@router.get("/metrics", summary="Prometheus metrics", response_class=PlainTextResponse)
async def metrics(services: WithServices) -> Response:
    """Text exposition of all processes: the same from each of them, so that one address is scraped."""
    text = await anyio.to_thread.run_sync(metrics_text, services, limiter=services.probe_threads)
    return Response(text, headers={"Content-Type": services.metrics.content_type})


def _checks(services: Services) -> dict[str, Callable[[], object]]:
    checks: dict[str, Callable[[], object]] = {
        "postgres": lambda: _select_one(services),
        "redis": services.redis.ping,
        "vectors": lambda: services.vectors.client().count("readiness-probe"),
    }
    store_check = getattr(services.store, "check", None)
    checks["object_store"] = store_check or (lambda: services.store.stat("org/readiness-probe/none"))
    return checks


def _select_one(services: Services) -> None:
    with services.database.directory() as connection:
        connection.execute(text("SELECT 1"))


async def _measure(
    name: str, check: Callable[[], object], found: dict[str, Dependency], threads: anyio.CapacityLimiter
) -> None:
    began = time.perf_counter()
    reason: str | None = f"no answer within {CHECK_TIMEOUT_S:.0f} s"
    with anyio.move_on_after(CHECK_TIMEOUT_S):
        reason = await anyio.to_thread.run_sync(_reason, check, abandon_on_cancel=True, limiter=threads)
    latency_ms = round((time.perf_counter() - began) * 1000, 2)
    found[name] = Dependency(name=name, state="down" if reason else "up", latency_ms=latency_ms, reason=reason)


def _reason(check: Callable[[], object]) -> str | None:
    try:
        check()
    except SgdError as error:
        return error.message
    except Exception as error:  # noqa: BLE001  # whatever a vendor's client raises means that the part is down
        return type(error).__name__
    return None
