"""/v1/templates: prompts with typed parameters that an org keeps, by version; put together without running anything.

What must not live here: putting a text together (`sgd_assets/prompts/templates.py`), or SQL.
"""

from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import Query, Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.prompt_store import (
    KeptTemplate,
    TemplatePage,
    TemplatePreview,
    TemplatePreviewRequest,
    TemplateRequest,
    TemplateVersionRequest,
)
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.pages import PageLimit, SeqCursor
from sgd_api.http.routes.prompts.documented import CREATED, documented
from sgd_api.http.routes.prompts.kept import KeptKind
from sgd_api.http.routing.router import Router
from sgd_api.http.stored.prompt_store import checked_template, find, template_body, template_of
from sgd_assets.prompts.templates import render

router = Router(prefix="/v1/templates", tags=["prompts"])
MAX_BODY_BYTES = 300_000
_KEPT = KeptKind("template", "/v1/templates", TemplatePage, "templates", template_body)


@router.post(
    "",
    status_code=201,
    summary="Keep a template",
    response_model=KeptTemplate,
    responses={**CREATED, **ERRORS},
    openapi_extra=documented(TemplateRequest),
)
async def create_template(request: Request, caller: Worker, services: WithServices) -> Response:
    """Version 1 under a new id; its example must keep its schema."""
    body = await read_body(request, "template_request", TemplateRequest, max_bytes=MAX_BODY_BYTES)
    return await _KEPT.keep(
        services, caller, partial(checked_template, services, caller, body), name=body.name, visibility=body.visibility
    )


@router.post(
    "/{template_id}/versions",
    status_code=201,
    summary="Keep the next version of a template",
    response_model=KeptTemplate,
    responses={**CREATED, **ERRORS},
    openapi_extra=documented(TemplateVersionRequest),
)
async def add_template_version(template_id: str, request: Request, caller: Worker, services: WithServices) -> Response:
    """The versions before stay as they are."""
    body = await read_body(request, "template_version_request", TemplateVersionRequest, max_bytes=MAX_BODY_BYTES)
    return await _KEPT.keep_next(
        services, caller, template_id, partial(checked_template, services, caller, body), name=body.name
    )


@router.post(
    "/{template_id}/preview",
    summary="The text that a template makes",
    response_model=TemplatePreview,
    responses=ERRORS,
    openapi_extra=documented(TemplatePreviewRequest, may_be_empty=True),
)
async def preview_template(
    template_id: str,
    request: Request,
    caller: Reader,
    services: WithServices,
    version: Annotated[int | None, Query(ge=1, le=999_999)] = None,
) -> Response:
    """With these parameters; no model is asked."""
    body = await read_body(
        request, "template_preview_request", TemplatePreviewRequest, max_bytes=MAX_BODY_BYTES, may_be_empty=True
    )

    def make() -> TemplatePreview:
        row = find(services, caller, "template", template_id if version is None else f"{template_id}@{version}")
        template = template_of(row.body.get("parameters") or {}, row.body["text"])
        return TemplatePreview(id=row.id, version=row.version, text=render(template, body.parameters or {}))

    return JSONResponse((await anyio.to_thread.run_sync(make)).wire())


@router.get("", summary="The templates there are", response_model=TemplatePage, responses=ERRORS)
def list_templates(
    caller: Reader,
    services: WithServices,
    limit: PageLimit = 50,
    cursor: SeqCursor = None,
    public: Annotated[bool, Query(description="other orgs' public ones too")] = False,
) -> Response:
    """The newest version of each, those made last first."""
    return _KEPT.listed(services, caller, limit=limit, cursor=cursor, has_public=public)


@router.get("/{template_id}", summary="A template", response_model=KeptTemplate, responses=ERRORS)
def get_template(
    template_id: str,
    caller: Reader,
    services: WithServices,
    version: Annotated[int | None, Query(ge=1, le=999_999, description="the newest when left out")] = None,
) -> Response:
    """One version; another org's is there only when it is public."""
    return _KEPT.one(services, caller, template_id, version)


@router.get(
    "/{template_id}/versions", summary="Every version of a template", response_model=TemplatePage, responses=ERRORS
)
def list_template_versions(template_id: str, caller: Reader, services: WithServices) -> Response:
    """Newest first."""
    return _KEPT.versions(services, caller, template_id)


@router.delete("/{template_id}", status_code=204, summary="Take a template away", responses=ERRORS)
def delete_template(template_id: str, caller: Worker, services: WithServices) -> Response:
    """Every version is gone for analyses and lists; what was made by them stays."""
    return _KEPT.taken_away(services, caller, template_id)
