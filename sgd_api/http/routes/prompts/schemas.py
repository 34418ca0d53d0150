"""/v1/schemas: JSON Schemas that an org keeps, by version; a version is never changed.

What must not live here: checking a schema (`sgd_assets/prompts/schema_guard`), or SQL.
"""

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Query, Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.prompt_store import KeptSchema, SchemaPage, SchemaRequest, SchemaVersionRequest
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.routes.prompts.documented import CREATED, CURSOR, documented, place
from sgd_api.http.stored.prompt_store import find, name_of, schema_body
from sgd_assets.prompts.schema_guard.guard import read_schema
from sgd_resources.postgres.rows.prompts import kept

router = APIRouter(prefix="/v1/schemas", tags=["prompts"])
MAX_BODY_BYTES = 200_000


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

    def make() -> kept.Kept:
        read_schema(body.schema_)
        with services.database.org_transaction(caller.org_id) as connection:
            return kept.create(
                connection, caller.org_id, "schema", name=body.name, visibility=body.visibility,
                made_by=caller.subject, body={"schema": body.schema_, "description": body.description},
            )  # fmt: skip

    row = await anyio.to_thread.run_sync(make)
    return JSONResponse(schema_body(row, caller.org_id).wire(), 201, {"Location": f"/v1/schemas/{row.id}"})


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

    def make() -> kept.Kept:
        read_schema(body.schema_)
        document = {"schema": body.schema_, "description": body.description}
        with services.database.org_transaction(caller.org_id) as connection:
            return kept.add_version(
                connection, caller.org_id, "schema", schema_id, name=body.name, made_by=caller.subject, body=document
            )

    row = await anyio.to_thread.run_sync(make)
    await anyio.to_thread.run_sync(services.kept.drop, name_of("schema", schema_id))
    where = f"/v1/schemas/{row.id}?version={row.version}"
    return JSONResponse(schema_body(row, caller.org_id).wire(), 201, {"Location": where})


@router.get("", summary="The schemas there are", response_model=SchemaPage, responses=ERRORS)
def list_schemas(
    caller: Reader,
    services: WithServices,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=20, pattern=CURSOR)] = None,
    public: Annotated[bool, Query(description="other orgs' public ones too")] = False,
) -> Response:
    """The newest version of each, those made last first."""
    with services.database.org_transaction(caller.org_id) as connection:
        rows = kept.listed(
            connection, caller.org_id, "schema", key_id=caller.subject, limit=limit + 1, before=place(cursor),
            has_public=public,
        )  # fmt: skip
    shown = rows[:limit]
    following = str(shown[-1].seq) if len(rows) > limit else None
    page = SchemaPage(schemas=tuple(schema_body(row, caller.org_id) for row in shown), next_cursor=following)
    return JSONResponse(page.wire())


@router.get("/{schema_id}", summary="A schema", response_model=KeptSchema, responses=ERRORS)
def get_schema(
    schema_id: str,
    caller: Reader,
    services: WithServices,
    version: Annotated[int | None, Query(ge=1, le=999_999, description="the newest when left out")] = None,
) -> Response:
    """One version; another org's is there only when it is public."""
    row = find(services, caller, "schema", schema_id if version is None else f"{schema_id}@{version}")
    return JSONResponse(schema_body(row, caller.org_id).wire())


@router.get("/{schema_id}/versions", summary="Every version of a schema", response_model=SchemaPage, responses=ERRORS)
def list_schema_versions(schema_id: str, caller: Reader, services: WithServices) -> Response:
    """Newest first."""
    with services.database.org_transaction(caller.org_id) as connection:
        rows = kept.versions(connection, caller.org_id, "schema", schema_id, key_id=caller.subject)
    return JSONResponse(SchemaPage(schemas=tuple(schema_body(row, caller.org_id) for row in rows)).wire())


@router.delete("/{schema_id}", status_code=204, summary="Take a schema away", responses=ERRORS)
def delete_schema(schema_id: str, caller: Worker, services: WithServices) -> Response:
    """Every version is gone for analyses and lists; what was made by them stays."""
    with services.database.org_transaction(caller.org_id) as connection:
        kept.delete(connection, caller.org_id, "schema", schema_id, key_id=caller.subject)
    services.kept.drop(name_of("schema", schema_id))
    return Response(status_code=204)
