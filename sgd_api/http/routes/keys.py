"""/v1/keys: the API keys of an org, made, listed, rotated and revoked by its admins.

What must not live here: how keys are made and stored (`sgd_resources/postgres/rows/keys.py`), or what a key may make
(`callers/key_bounds.py`).
"""

from datetime import UTC, datetime, timedelta

import anyio.to_thread
from fastapi import Request, Response
from sqlalchemy import Connection
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.keys import ApiKeyEntry, ApiKeyList, ApiKeyRequest, CreatedApiKey, KeyRotation
from sgd_api.http.callers.key_bounds import KeyBounds, bounds_of, key_of, rights_of
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_resources.identity.principal import Principal
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
    """A new key of the org; `key` is shown in this answer only. It can be given no scope that the caller has not.

    A key makes no key that may ask more often or for longer than itself, and none at all with a budget of its own.
    """
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
    """A new key with the old one's rights, which the caller must have; the old one works for `grace_s` longer.

    A key replaces itself, and keys that ask no more often and live no longer; none at all with a budget of its own.
    """
    body = await read_body(request, "key_rotation", KeyRotation, max_bytes=_MAX_BODY_BYTES, may_be_empty=True)
    made = await anyio.to_thread.run_sync(_rotate, services, caller, key_id, body.grace_s)
    return JSONResponse(made.wire(), 201, headers={"Cache-Control": "no-store"})


@router.delete("/{key_id}", summary="Revoke an API key", status_code=204, responses=ERRORS)
def revoke(key_id: str, caller: Worker, services: WithServices) -> Response:
    """It stops working at once, in every process. A key ends itself, and keys that have no scope beyond its own."""
    with services.database.org_transaction(caller.org_id) as connection:
        _demand_revocable(connection, services, caller, key_id)
        keys.revoke_key(connection, caller.org_id, key_id)
        audit.append(connection, caller.org_id, actor=caller.subject, action="key.revoked", subject=key_id)
    return Response(status_code=204)


def _bounds(connection: Connection, services: Services, caller: Principal) -> KeyBounds:
    return bounds_of(connection, caller, per_min=services.settings.key_limits.per_min)


def _demand_revocable(connection: Connection, services: Services, caller: Principal, key_id: str) -> None:
    """Raises Forbidden where a key would end another that may do what it may not."""
    if caller.key_id in (None, key_id):
        return
    other = key_of(connection, caller.org_id, key_id)
    if other is not None:
        refusal = "a key revokes no key that has a scope which it has not"
        _bounds(connection, services, caller).demand_scopes(other.scopes, refusal)


def _demand_replaceable(connection: Connection, services: Services, caller: Principal, key_id: str) -> None:
    """Raises Forbidden where the caller lacks a right of the key: who replaces it sees a secret with all of them."""
    old = key_of(connection, caller.org_id, key_id)
    if old is not None:
        _bounds(connection, services, caller).demand(rights_of(old))


def _create(services: Services, caller: Principal, body: ApiKeyRequest) -> CreatedApiKey:
    asked = keys.KeyRights(body.team, body.scopes, body.ends_at, body.per_min, body.per_hour)
    with services.database.org_transaction(caller.org_id) as connection:
        rights = _bounds(connection, services, caller).of_new(asked)
        created = keys.create_key(connection, caller.org_id, label=body.name, rights=rights)
        audit.append(connection, caller.org_id, actor=caller.subject, action="key.created", subject=created.key_id)
    return CreatedApiKey(key_id=created.key_id, prefix=created.prefix, key=created.plaintext)


def _rotate(services: Services, caller: Principal, key_id: str, grace_s: int) -> CreatedApiKey:
    old_until = datetime.now(UTC) + timedelta(seconds=grace_s)
    with services.database.org_transaction(caller.org_id) as connection:
        _demand_replaceable(connection, services, caller, key_id)
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
