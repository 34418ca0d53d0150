"""The HTTP app: routes, the two error tables' HTTP side, and the start and end of its services.

Imports no dagster, not even indirectly, and connects to nothing before it serves. What must not live here: routes.
"""

import os
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute

from sgd_api.http.access import AccessLayer
from sgd_api.http.callers.content_hash import ContentHashLayer
from sgd_api.http.errors import HttpError, http_error, status_http_error
from sgd_api.http.intake.body_layer import BodyLayer
from sgd_api.http.metrics import Metrics
from sgd_api.http.once.entry import Replayed
from sgd_api.http.once.layer import OnceLayer
from sgd_api.http.openai_errors import shaped
from sgd_api.http.routes import (
    assets,
    canon,
    critiques,
    evidence,
    front,
    health,
    inference,
    jobs,
    keys,
    openai,
    org,
    render_batches,
    renders,
    search,
    uploads,
    usage,
)
from sgd_api.http.routes.canons import export as canon_export
from sgd_api.http.routes.canons import facts as canon_facts
from sgd_api.http.routes.explorers import pages as explorers
from sgd_api.http.routes.prompts import analyze
from sgd_api.http.routes.prompts import cache as prompt_cache
from sgd_api.http.routes.prompts import chat as prompt_chat
from sgd_api.http.routes.prompts import health as prompt_health
from sgd_api.http.routes.prompts import reviews as prompt_reviews
from sgd_api.http.routes.prompts import schemas as prompt_schemas
from sgd_api.http.routes.prompts import templates as prompt_templates
from sgd_api.http.routes.proof import lineage, lists, rerender, verify
from sgd_api.http.routes.work import jobs as all_jobs
from sgd_api.http.routes.work import webhooks
from sgd_api.http.routing.methods import HeadLayer, allowed_methods
from sgd_api.http.services import Services
from sgd_resources.errors import SgdError
from sgd_resources.events import tell
from sgd_resources.settings import Settings

ROUTERS = (
    front.router, explorers.router, health.router, uploads.router, evidence.router, jobs.router, canon.router,
    canon_export.router, canon_facts.router,
    search.router, lists.router, lineage.router, rerender.router, renders.router, render_batches.router,
    critiques.router,
    verify.router, assets.router,  # its `/assets/{key}` would take `/assets/verify` too
    inference.router, usage.router, openai.router, analyze.router, keys.router, org.router,
    prompt_schemas.router, prompt_templates.router, prompt_reviews.router,
    all_jobs.router, webhooks.router, prompt_cache.router, prompt_chat.router, prompt_health.router,
)  # fmt: skip


_CORS: Mapping[str, Any] = {
    "allow_methods": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    "allow_headers": [
        "Authorization", "X-API-Key", "Content-Type", "Idempotency-Key", "Prefer", "X-Request-ID", "traceparent",
    ],
    "expose_headers": [
        "X-Request-ID", "X-Trace-ID", "Location", "Retry-After", "RateLimit", "RateLimit-Policy", "Preference-Applied",
        "Idempotent-Replayed", "X-SGD-Degraded",
    ],
    "max_age": 600,
}  # fmt: skip
"""Credentials are headers, never cookies, so `allow_credentials` stays off."""


def create_app(settings: Settings, services: Services | None = None) -> FastAPI:
    """The app over the given services; it starts and stops their listener and closes them at the end.

    Args:
        settings: of this process.
        services: what the routes use; None gives an app that can only describe itself (OpenAPI).
    """
    app = FastAPI(
        title="Smart Graphic Designer",
        version="0.1.0",
        summary="Brand evidence in, cited brand canon and on-brand renders out.",
        # `routes/front.py` serves the description and a page that loads nothing, `routes/explorers` Swagger UI and
        # ReDoc from files of this installation: FastAPI's own pages load theirs from another host.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        routes=list(_routes()),
        # Our own spans tell of a request (`observed/spans.py`). FastAPI's would go, with texts of errors, to whichever
        # provider another library made the process's own: to Langfuse, where its keys are set.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.services = services
    app.add_middleware(OnceLayer)
    app.add_middleware(HeadLayer)
    app.add_middleware(ContentHashLayer)
    if services is not None:
        app.add_middleware(BodyLayer, bodies=services.bodies_in_flight)
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins, **_CORS)
    app.add_middleware(
        AccessLayer,
        metrics=services.metrics if services else Metrics(),
        request_log=services.request_log if services else None,
    )
    app.add_exception_handler(SgdError, _on_sgd_error)
    app.add_exception_handler(Replayed, _on_replayed)
    app.add_exception_handler(RequestValidationError, _on_bad_parameters)
    app.add_exception_handler(HTTPException, _on_http_exception)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """Made once per process: what FastAPI reads in each signature (0.2 s for all) serves every further app, and
    `/openapi.yaml`, which describes one without services."""
    every = APIRouter()
    for router in ROUTERS:
        every.include_router(router)
    return every.routes


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    began = time.monotonic()
    services.teller.start()
    if services.request_log is not None:
        services.request_log.start()
    async with services.listener:
        tell("api.started", pid=os.getpid())
        yield
    services.close()
    tell("api.stopped", pid=os.getpid(), served_s=round(time.monotonic() - began, 1))


async def _on_sgd_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, SgdError)
    return shaped(request.url.path, http_error(error), request.state.request_id)


async def _on_replayed(_: Request, known: Exception) -> Response:
    assert isinstance(known, Replayed)
    return known.response()


async def _on_bad_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        {"path": ".".join(["$", *(str(part) for part in fault["loc"])])[:300], "message": str(fault["msg"])[:300]}
        for fault in error.errors()
    ]
    found = HttpError(422, "VALIDATION_FAILED", f"{faults[0]['path']}: {faults[0]['message']}", {"errors": faults[:50]})
    return shaped(request.url.path, found, request.state.request_id)


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(allowed_methods(request, (route for router in ROUTERS for route in router.routes)))
    found = status_http_error(error.status_code, str(error.detail), headers)
    return shaped(request.url.path, found, request.state.request_id)
