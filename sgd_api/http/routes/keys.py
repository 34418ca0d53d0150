"""/v1/keys: the API keys of an org, made, listed, rotated and revoked by its admins.

What must not live here: how keys are made and stored (`sgd_resources/postgres/rows/keys.py`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import anyio.to_thread
from fastapi import Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.keys import ApiKeyEntry, ApiKeyList, ApiKeyRequest, CreatedApiKey, KeyRotation
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_resources.errors import Forbidden
from sgd_resources.identity.access_policy import access_policy
from sgd_resources.identity.principal import Principal, covers
from sgd_resources.postgres.rows import audit, keys

router = Router(tags=["keys"], prefix="/v1/keys")
_MAX_BODY_BYTES = 20_000


def _body(model: str, *, may_be_empty: bool = False) -> dict[str, object]:
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {"requestBody": {"required": not may_be_empty, "content": {"application/json": {"schema": schema}}}}


@router.post(
    "",
    summary="Make an API key",
    status_code=201,
    response_model=CreatedApiKey,
    responses=ERRORS,
    openapi_extra=_body("ApiKeyRequest"),
)
async def create(request: Request, caller: Worker, services: WithServices) -> Response:
    """A new key of the org; `key` is shown in this answer only. It can be given no scope that the caller has not."""
    body = await read_body(request, "api_key_request", ApiKeyRequest, max_bytes=_MAX_BODY_BYTES)
    made = await anyio.to_thread.run_sync(_create, services, caller, body)
    return JSONResponse(made.wire(), 201, headers={"Cache-Control": "no-store"})


@router.get("", summary="The org's API keys", response_model=ApiKeyList, responses=ERRORS)
def listing(caller: Reader, services: WithServices) -> Response:
    """All of them, oldest first, revoked and expired ones too; never a secret."""
    with services.database.org_transaction(caller.org_id) as connection:
        found = keys.list_keys(connection, caller.org_id)
    return JSONResponse(ApiKeyList(keys=tuple(ApiKeyEntry.of(key) for key in found)).wire())


@router.post(
    "/{key_id}/rotate",
    summary="Replace an API key",
    status_code=201,
    response_model=CreatedApiKey,
    responses=ERRORS,
    openapi_extra=_body("KeyRotation", may_be_empty=True),
)
async def rotate(key_id: str, request: Request, caller: Worker, services: WithServices) -> Response:
    """A new key with the old one's rights, which the caller must have; the old one works for `grace_s` longer."""
    body = await read_body(request, "key_rotation", KeyRotation, max_bytes=_MAX_BODY_BYTES, may_be_empty=True)
    made = await anyio.to_thread.run_sync(_rotate, services, caller, key_id, body.grace_s)
    return JSONResponse(made.wire(), 201, headers={"Cache-Control": "no-store"})


@router.delete("/{key_id}", summary="Revoke an API key", status_code=204, responses=ERRORS)
def revoke(key_id: str, caller: Worker, services: WithServices) -> Response:
    """It stops working at once, in every process."""
    with services.database.org_transaction(caller.org_id) as connection:
        keys.revoke_key(connection, caller.org_id, key_id)
        audit.append(connection, caller.org_id, actor=caller.subject, action="key.revoked", subject=key_id)
    return Response(status_code=204)


def _demand_all(caller: Principal, scopes: Sequence[str] | None) -> None:
    """Raises Forbidden when a key of these scopes (None: the policy's for keys) may do what the caller may not."""
    wanted = sorted(access_policy().key_default) if scopes is None else scopes
    beyond = [scope for scope in wanted if not covers(caller.scopes, scope)]
    if beyond:
        raise Forbidden("a key can be given no scope that its maker has not", details={"scopes": beyond})


def _create(services: Services, caller: Principal, body: ApiKeyRequest) -> CreatedApiKey:
    _demand_all(caller, body.scopes)
    rights = keys.KeyRights(body.team, body.scopes, body.ends_at, body.per_min, body.per_hour)
    with services.database.org_transaction(caller.org_id) as connection:
        created = keys.create_key(connection, caller.org_id, label=body.name, rights=rights)
        audit.append(connection, caller.org_id, actor=caller.subject, action="key.created", subject=created.key_id)
    return CreatedApiKey(key_id=created.key_id, prefix=created.prefix, key=created.plaintext)


def _rotate(services: Services, caller: Principal, key_id: str, grace_s: int) -> CreatedApiKey:
    old_until = datetime.now(UTC) + timedelta(seconds=grace_s)
    with services.database.org_transaction(caller.org_id) as connection:
        for old in keys.list_keys(connection, caller.org_id):
            if old.key_id == key_id:
                _demand_all(caller, old.scopes)  # who rotates a key sees a secret with all its rights
        created = keys.rotate_key(connection, caller.org_id, key_id, old_until=old_until)
        details = {"replaces": key_id, "grace_s": grace_s}
        audit.append(
            connection,
            caller.org_id,
            actor=caller.subject,
            action="key.rotated",
            subject=created.key_id,
            details=details,
        )
    return CreatedApiKey(key_id=created.key_id, prefix=created.prefix, key=created.plaintext)
