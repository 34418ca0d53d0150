"""/v1/schemas: JSON Schemas that an org keeps, by version; a version is never changed.

What must not live here: checking a schema (`sgd_assets/prompts/schema_guard`), or SQL.
"""

from functools import partial
from typing import Annotated, Any

from fastapi import Query, Request, Response

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.prompt_store import KeptSchema, SchemaPage, SchemaRequest, SchemaVersionRequest
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.pages import PageLimit, SeqCursor
from sgd_api.http.routes.prompts.documented import CREATED, documented
from sgd_api.http.routes.prompts.kept import KeptKind
from sgd_api.http.routing.router import Router
from sgd_api.http.stored.prompt_store import schema_body
from sgd_assets.prompts.schema_guard.guard import read_schema

router = Router(prefix="/v1/schemas", tags=["prompts"])
MAX_BODY_BYTES = 200_000
_KEPT = KeptKind("schema", "/v1/schemas", SchemaPage, "schemas", schema_body)


@router.post(
    "",
    status_code=201,
    summary="Keep a schema",
    response_model=KeptSchema,
    responses={**CREATED, **ERRORS},
    openapi_extra=documented(SchemaRequest),
)
async def create_schema(request: Request, caller: Worker, services: WithServices) -> Response:
    """Version 1 under a new id; `schema_id` of an analysis takes the id, or `id@version`."""
    body = await read_body(request, "schema_request", SchemaRequest, max_bytes=MAX_BODY_BYTES)
    return await _KEPT.keep(services, caller, partial(_document, body), name=body.name, visibility=body.visibility)


@router.post(
    "/{schema_id}/versions",
    status_code=201,
    summary="Keep the next version of a schema",
    response_model=KeptSchema,
    responses={**CREATED, **ERRORS},
    openapi_extra=documented(SchemaVersionRequest),
)
async def add_schema_version(schema_id: str, request: Request, caller: Worker, services: WithServices) -> Response:
    """The versions before stay as they are."""
    body = await read_body(request, "schema_version_request", SchemaVersionRequest, max_bytes=MAX_BODY_BYTES)
    return await _KEPT.keep_next(services, caller, schema_id, partial(_document, body), name=body.name)


@router.get("", summary="The schemas there are", response_model=SchemaPage, responses=ERRORS)
def list_schemas(
    caller: Reader,
    services: WithServices,
    limit: PageLimit = 50,
    cursor: SeqCursor = None,
    public: Annotated[bool, Query(description="other orgs' public ones too")] = False,
) -> Response:
    """The newest version of each, those made last first."""
    return _KEPT.listed(services, caller, limit=limit, cursor=cursor, has_public=public)


@router.get("/{schema_id}", summary="A schema", response_model=KeptSchema, responses=ERRORS)
def get_schema(
    schema_id: str,
    caller: Reader,
    services: WithServices,
    version: Annotated[int | None, Query(ge=1, le=999_999, description="the newest when left out")] = None,
) -> Response:
    """One version; another org's is there only when it is public."""
    return _KEPT.one(services, caller, schema_id, version)


@router.get("/{schema_id}/versions", summary="Every version of a schema", response_model=SchemaPage, responses=ERRORS)
def list_schema_versions(schema_id: str, caller: Reader, services: WithServices) -> Response:
    """Newest first."""
    return _KEPT.versions(services, caller, schema_id)


@router.delete("/{schema_id}", status_code=204, summary="Take a schema away", responses=ERRORS)
def delete_schema(schema_id: str, caller: Worker, services: WithServices) -> Response:
    """Every version is gone for analyses and lists; what was made by them stays."""
    return _KEPT.taken_away(services, caller, schema_id)


def _document(body: SchemaRequest | SchemaVersionRequest) -> dict[str, Any]:
    """What is kept. Raises ValidationFailed: the schema is none that is taken."""
    read_schema(body.schema_)
    return {"schema": body.schema_, "description": body.description}
