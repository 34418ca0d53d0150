"""/v1/webhooks: addresses of an org that are told when its jobs have ended, their secrets, and the log of it.

What must not live here: what is told, or telling it (`sgd_assets/on_demand/webhook_lane.py`).
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

import anyio.to_thread
from fastapi import Query, Request, Response
from sqlalchemy import Connection
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.webhooks import (
    CreatedWebhook,
    DeliveryStatus,
    Webhook,
    WebhookDelivery,
    WebhookDeliveryPage,
    WebhookList,
    WebhookRequest,
    WebhookRotation,
)
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.pages import PageLimit, SeqCursor, page_of, place
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.work.told_urls import checked_url, secret_check
from sgd_resources.errors import Conflict
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.rows.work import deliveries, webhooks

router = Router(tags=["webhooks"], prefix="/v1/webhooks")
_MAX_BODY_BYTES = 20_000
_NO_STORE = {"Cache-Control": "no-store"}


def _body(model: str, *, may_be_empty: bool = False) -> dict[str, object]:
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {"requestBody": {"required": not may_be_empty, "content": {"application/json": {"schema": schema}}}}


@router.post(
    "",
    summary="Make a webhook",
    status_code=201,
    response_model=CreatedWebhook,
    responses={409: ERRORS[400], **ERRORS},
    openapi_extra=_body("WebhookRequest"),
)
async def create(request: Request, caller: Worker, services: WithServices) -> Response:
    """An address that is told when jobs of the org have ended; `secret` is shown in this answer only.

    Messages are signed the way of Standard Webhooks, come at least once with the same `webhook-id`, and are tried again
    for a day; an answer of 410 disables the address. It must be https on port 443 at a public name, at each try.
    """
    body = await read_body(request, "webhook_request", WebhookRequest, max_bytes=_MAX_BODY_BYTES)
    checked_url("$.url", body.url)
    check = secret_check(services, caller.org_id)

    def make(connection: Connection) -> webhooks.Webhook:
        return webhooks.create_webhook(
            connection, caller.org_id, url=body.url, check=check, name=body.name, is_thin=body.thin,
            hears_all=body.all_jobs,
        )  # fmt: skip

    made = await anyio.to_thread.run_sync(_change, services, caller, "created", make)
    answer = CreatedWebhook.with_secret(made, await _secret(services, caller, made))
    return JSONResponse(answer.wire(), 201, {"Location": f"/v1/webhooks/{made.webhook_id}", **_NO_STORE})


@router.get("", summary="The org's webhooks", response_model=WebhookList, responses=ERRORS)
def listing(caller: Reader, services: WithServices) -> Response:
    """All of them, oldest first, also those that a job's `webhook_url` made; never a secret."""
    with services.database.org_transaction(caller.org_id) as connection:
        found = webhooks.list_webhooks(connection, caller.org_id)
    return JSONResponse(WebhookList(webhooks=tuple(Webhook.of(row) for row in found)).wire())


@router.get("/{webhook_id}", summary="A webhook", response_model=Webhook, responses=ERRORS)
def get(webhook_id: str, caller: Reader, services: WithServices) -> Response:
    """Without its secret."""
    with services.database.org_transaction(caller.org_id) as connection:
        found = webhooks.get_webhook(connection, caller.org_id, webhook_id)
    return JSONResponse(Webhook.of(found).wire())


@router.delete("/{webhook_id}", summary="Remove a webhook", status_code=204, responses=ERRORS)
def remove(webhook_id: str, caller: Worker, services: WithServices) -> Response:
    """It is told nothing more, not even what waits."""

    def act(connection: Connection) -> webhooks.Webhook:
        found = webhooks.get_webhook(connection, caller.org_id, webhook_id)
        webhooks.remove_webhook(connection, caller.org_id, webhook_id)
        return found

    _change(services, caller, "removed", act)
    return Response(status_code=204)


@router.post(
    "/{webhook_id}/rotate",
    summary="Give a webhook a new secret",
    response_model=CreatedWebhook,
    responses={409: ERRORS[400], **ERRORS},
    openapi_extra=_body("WebhookRotation", may_be_empty=True),
)
async def rotate(webhook_id: str, request: Request, caller: Worker, services: WithServices) -> Response:
    """For `grace_s` messages are signed with both secrets, so that receivers change over when they like."""
    body = await read_body(request, "webhook_rotation", WebhookRotation, max_bytes=_MAX_BODY_BYTES, may_be_empty=True)
    old_until, check = datetime.now(UTC) + timedelta(seconds=body.grace_s), secret_check(services, caller.org_id)

    def act(connection: Connection) -> webhooks.Webhook:
        return webhooks.rotate_secret(connection, caller.org_id, webhook_id, old_until=old_until, check=check)

    changed = await anyio.to_thread.run_sync(_change, services, caller, "rotated", act)
    secret = await _secret(services, caller, changed)
    return JSONResponse(CreatedWebhook.with_secret(changed, secret).wire(), headers=_NO_STORE)


@router.post("/{webhook_id}/enable", summary="Enable a webhook again", response_model=Webhook, responses=ERRORS)
def enable(webhook_id: str, caller: Worker, services: WithServices) -> Response:
    """What ended while it was disabled is not told later; see its log for what was given up, and ask for it again."""
    changed = _change(
        services, caller, "enabled", lambda connection: webhooks.enable_webhook(connection, caller.org_id, webhook_id)
    )
    return JSONResponse(Webhook.of(changed).wire())


@router.post(
    "/{webhook_id}/test",
    summary="Send a test message",
    status_code=202,
    response_model=WebhookDelivery,
    responses={409: ERRORS[400], **ERRORS},
)
def test(webhook_id: str, caller: Worker, services: WithServices) -> Response:
    """A message of the type `webhook.test`, sent like any other; its delivery tells what became of it."""
    with services.database.org_transaction(caller.org_id) as connection:
        _enabled(connection, caller.org_id, webhook_id)
        made = deliveries.ask_for_test(connection, caller.org_id, webhook_id)
    return JSONResponse(WebhookDelivery.of(made).wire(), 202)


@router.get("/{webhook_id}/deliveries", summary="A webhook's log", response_model=WebhookDeliveryPage, responses=ERRORS)
def log(
    webhook_id: str,
    caller: Reader,
    services: WithServices,
    status: Annotated[DeliveryStatus | None, Query()] = None,
    limit: PageLimit = 50,
    cursor: SeqCursor = None,
) -> Response:
    """What was told, newest first, and what became of it. Kept for 30 days from its end on."""
    with services.database.org_transaction(caller.org_id) as connection:
        webhooks.get_webhook(connection, caller.org_id, webhook_id)
        rows = deliveries.list_deliveries(
            connection, caller.org_id, webhook_id, limit=limit + 1, status=status, before_seq=place(cursor)
        )
    shown, following = page_of(rows, limit)
    page = WebhookDeliveryPage(deliveries=tuple(WebhookDelivery.of(row) for row in shown), next_cursor=following)
    return JSONResponse(page.wire())


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/redeliver",
    summary="Send a message again",
    status_code=202,
    response_model=WebhookDelivery,
    responses={409: ERRORS[400], **ERRORS},
)
def redeliver(webhook_id: str, delivery_id: str, caller: Worker, services: WithServices) -> Response:
    """One that was delivered or given up, with the id it had, for another day."""
    with services.database.org_transaction(caller.org_id) as connection:
        _enabled(connection, caller.org_id, webhook_id)
        found = deliveries.get_delivery(connection, caller.org_id, delivery_id, webhook_id=webhook_id)
        again = deliveries.ask_again(connection, caller.org_id, found)
    return JSONResponse(WebhookDelivery.of(again).wire(), 202)


def _enabled(connection: Connection, org_id: str, webhook_id: str) -> None:
    found = webhooks.get_webhook(connection, org_id, webhook_id)
    if found.disabled_at is not None:
        raise Conflict("this webhook is disabled; enable it first", details={"reason": found.disabled_reason})


def _change(
    services: Services, caller: Principal, what: str, act: Callable[[Connection], webhooks.Webhook]
) -> webhooks.Webhook:
    with services.database.org_transaction(caller.org_id) as connection:
        changed = act(connection)
        audit.append(
            connection, caller.org_id, actor=caller.subject, action=f"webhook.{what}", subject=changed.webhook_id
        )
    return changed


async def _secret(services: Services, caller: Principal, row: webhooks.Webhook) -> str:
    make = services.webhook_secrets.secret
    return await anyio.to_thread.run_sync(make, caller.org_id, row.webhook_id, row.secret_number)
