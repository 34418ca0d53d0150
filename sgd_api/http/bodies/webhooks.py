"""The HTTP bodies of webhooks. Contracts of the same names in `contracts/`.

What must not live here: what a message holds (`sgd_assets/on_demand/webhook_lane.py`).
"""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from sgd_api.http.bodies.base import Body, Timestamp
from sgd_api.http.once.shown_once import ShownOnce
from sgd_resources.postgres.rows.work import deliveries, webhooks
from sgd_resources.shown.moment import rfc3339

DeliveryStatus = Literal["waiting", "delivered", "given_up"]
MAX_URL_CHARACTERS = 2_048


class WebhookRequest(Body):
    """Body of `POST /v1/webhooks`."""

    url: str = Field(min_length=9, max_length=MAX_URL_CHARACTERS, description="https, port 443, a public domain name")
    name: str = Field(default="", max_length=100, description="what it is for")
    thin: bool = Field(default=False, description="messages hold id, type, status and address of the job only")
    all_jobs: bool = Field(default=True, description="tell it of every job; otherwise of those that name it")


class WebhookRotation(Body):
    """Body of `POST /v1/webhooks/{webhook_id}/rotate`."""

    grace_s: int = Field(
        default=86_400, ge=0, le=2_592_000, description="seconds for which messages are signed with both secrets"
    )


class Webhook(Body):
    """An address that is told when jobs end. Its secret is in the answers that make one, and never again."""

    webhook_id: str
    url: str
    name: str
    thin: bool
    all_jobs: bool
    disabled: bool
    disabled_at: Timestamp | None = None
    disabled_reason: str | None = None
    old_secret_until: Timestamp | None = Field(default=None, description="until then two secrets are valid")
    created_at: Timestamp

    @classmethod
    def of(cls, row: webhooks.Webhook) -> Self:
        """From its row."""
        is_rotating = row.old_secret_until is not None and row.old_secret_until > datetime.now(UTC)
        return cls(
            webhook_id=row.webhook_id, url=row.url, name=row.name, thin=row.is_thin, all_jobs=row.hears_all,
            disabled=row.disabled_at is not None, disabled_at=_told(row.disabled_at),
            disabled_reason=row.disabled_reason,
            old_secret_until=_told(row.old_secret_until) if is_rotating else None,
            created_at=rfc3339(row.created_at),
        )  # fmt: skip


class CreatedWebhook(Webhook):
    """A webhook with a new secret, which is never shown again."""

    secret: Annotated[str | None, ShownOnce()] = Field(
        default=None, description="whsec_ and base64, as libraries of Standard Webhooks take it; absent in a replay"
    )

    @classmethod
    def with_secret(cls, row: webhooks.Webhook, secret: str) -> Self:
        """From its row."""
        return cls(**Webhook.of(row).model_dump(), secret=secret)


class WebhookList(Body):
    """Answer of `GET /v1/webhooks`."""

    webhooks: tuple[Webhook, ...]


class WebhookDelivery(Body):
    """What became of one message."""

    delivery_id: str
    webhook_id: str
    message_id: str = Field(description="the header webhook-id: the same at every try")
    event: str = Field(description="job.succeeded, job.failed, job.cancelled or webhook.test")
    job_id: str | None = None
    status: DeliveryStatus
    attempts: int
    next_attempt_at: Timestamp | None = None
    gives_up_at: Timestamp
    answer_status: int | None = Field(default=None, description="of HTTP, at the last try")
    failure: str | None = None
    created_at: Timestamp
    ended_at: Timestamp | None = None

    @classmethod
    def of(cls, row: deliveries.Delivery) -> Self:
        """From its row."""
        return cls(
            delivery_id=row.delivery_id, webhook_id=row.webhook_id, message_id=row.message_id, event=row.event,
            job_id=row.job_id, status=_status(row.status), attempts=row.attempts, next_attempt_at=_told(row.next_at),
            gives_up_at=rfc3339(row.give_up_at), answer_status=row.answer_status, failure=row.failure,
            created_at=rfc3339(row.created_at), ended_at=_told(row.ended_at),
        )  # fmt: skip


class WebhookDeliveryPage(Body):
    """A page of a webhook's log, newest first."""

    deliveries: tuple[WebhookDelivery, ...]
    next_cursor: str | None = Field(default=None, description="pass as `cursor` for the next page; absent on the last")


def _status(stored: str) -> DeliveryStatus:
    assert stored in ("waiting", "delivered", "given_up")
    return stored  # type: ignore[return-value]  # mypy does not narrow a str by `in`


def _told(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)
