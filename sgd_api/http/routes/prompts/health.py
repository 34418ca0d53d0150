"""GET /v1/health and /v1/metrics: the prompt service's own view of this process, for anybody.

What must not live here: how a dependency is looked at (`routes/health.py`), or anything about an org.
"""

from importlib.metadata import version
from time import monotonic

import anyio.to_thread
from fastapi import Response
from starlette.responses import JSONResponse, PlainTextResponse

from sgd_api.http.bodies.prompt_service import ServedModels, ServiceHealth
from sgd_api.http.dependencies import WithServices
from sgd_api.http.routes import health
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_assets.prompts.model import TASK
from sgd_resources.errors import SgdError
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.local import NO_KEY

router = Router(prefix="/v1", tags=["prompts"])


@router.get(
    "/health",
    summary="Health of the prompt service",
    response_model=ServiceHealth,
    responses={503: {"model": ServiceHealth, "description": "something is down"}},
)
async def prompt_health(services: WithServices) -> Response:
    """Status, version, dependencies, uptime and models; `degraded` while no model can be asked."""
    dependencies = await health.measured(services)
    models = await anyio.to_thread.run_sync(_models, services, limiter=services.probe_threads)
    is_up = all(dependency.state == "up" for dependency in dependencies)
    answer = ServiceHealth(
        status="unavailable" if not is_up else "ok" if models.is_ready else "degraded",
        version=version("smart-graphic-designer"),
        uptime_s=round(monotonic() - services.started_at, 1),
        dependencies=dependencies,
        models=models,
    )
    return JSONResponse(answer.wire(), 200 if is_up else 503, {"Cache-Control": "no-store"})


@router.get("/metrics", summary="Prometheus metrics", response_class=PlainTextResponse)
async def prompt_metrics(services: WithServices) -> Response:
    """The same text as `/metrics`; of this service: `sgd_prompts_total` by outcome, `sgd_prompts_cached_total`."""
    return await health.metrics(services)


def _models(services: Services) -> ServedModels:
    async def named(gateway: LlmGateway) -> ServedModels:
        rules = gateway.parts.policies.current().task(TASK)
        reason = None if gateway.is_cloud else NO_KEY
        return ServedModels(is_ready=gateway.is_cloud, reason=reason, names=rules.models)

    try:
        return services.llm.client().run(named)
    except SgdError as error:
        return ServedModels(is_ready=False, reason=error.message, names=())
