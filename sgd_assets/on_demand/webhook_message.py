"""What is told to an address: the bodies of messages, made from the jobs as they are at the try.

What must not live here: sending, or when (`webhook_lane.py`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from sgd_assets.on_demand.resource.job import thin, told_jobs
from sgd_resources.errors import NotFound, SgdError, Unavailable
from sgd_resources.events import warn
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.rows.jobs import Job, get_jobs
from sgd_resources.postgres.rows.work.deliveries import Delivery
from sgd_resources.postgres.rows.work.webhooks import Webhook
from sgd_resources.shown.moment import rfc3339
from sgd_resources.webhooks.secrets import WebhookSecrets


@dataclass(frozen=True)
class Message:
    """What one try sends."""

    delivery: Delivery
    event: str
    body: bytes


def messages_of(
    connection: Connection, store: ObjectStore, org_id: str, webhook: Webhook, held: Sequence[Delivery]
) -> list[Message]:
    """The messages of these deliveries to one address, in their order; one whose job cannot be told now is left out.

    Raises:
        Unavailable: the database or the store cannot be reached. Retry.
    """
    rows = get_jobs(connection, org_id, [one.job_id for one in held if one.job_id is not None])
    told = dict(_told(connection, store, org_id, rows))
    unknown = {row.job_id for row in rows} - told.keys()
    return [
        _message(webhook, one, told.get(one.job_id) if one.job_id else {"webhook_id": one.webhook_id})
        for one in held
        if one.job_id not in unknown
    ]


def valid_secrets(secrets: WebhookSecrets, org_id: str, webhook: Webhook) -> tuple[str, ...]:
    """The secret, and the one before as long as it is valid; none when they are not those that were shown."""
    made = secrets.secret(org_id, webhook.webhook_id, webhook.secret_number)
    if secrets.check_of(made) != webhook.secret_check:
        return ()
    if webhook.old_secret_until is None or webhook.old_secret_until <= datetime.now(UTC):
        return (made,)
    return made, secrets.secret(org_id, webhook.webhook_id, webhook.secret_number - 1)


def _told(
    connection: Connection, store: ObjectStore, org_id: str, rows: Sequence[Job]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Job by job, all at once where that goes: one that cannot be told keeps none of the others back."""
    try:
        yield from ((str(told["job_id"]), told) for told in told_jobs(connection, store, org_id, rows))
    except Unavailable:
        raise
    except SgdError as error:
        if len(rows) > 1:
            for row in rows:
                yield from _told(connection, store, org_id, [row])
        elif isinstance(error, NotFound):
            yield rows[0].job_id, _ended(rows[0].job_id, rows[0].status)
        else:
            warn("webhook.not_tried", org_id=org_id, job_id=rows[0].job_id, reason=error.message)


def _message(webhook: Webhook, delivery: Delivery, told: Mapping[str, Any] | None) -> Message:
    if told is None:
        # It was kept for a day after its end, and is gone; that it ended is still news.
        told = _ended(str(delivery.job_id), delivery.event.removeprefix("job."))
    event = f"job.{told['status']}" if delivery.job_id else delivery.event
    document = {
        "type": event, "timestamp": rfc3339(delivery.created_at), "data": thin(told) if webhook.is_thin else told,
    }  # fmt: skip
    return Message(delivery, event, json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode())


def _ended(job_id: str, status: str) -> dict[str, Any]:
    return {"job_id": job_id, "job_type": "removed", "status": status, "status_url": f"/v1/jobs/{job_id}"}
