"""Sends what is to be told to webhooks: a thread of the worker's parent with a few senders, beside all runs.

At least once, with the same id at every try: a delivery is held while it is tried, and one whose sender died is due
again when the hold is over. What fails is tried again after a pause that grows, for a day; 410 ends an address. No
address has more than `PER_WEBHOOK` senders, so that one that hangs keeps nobody else waiting. Any number of parents may
do this at once. What must not live here: the one request (`sgd_resources/webhooks/sender.py`), or what is told of a job
(`resource/job.py`).
"""

import json
import logging
import random
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sgd_assets.on_demand.resource.job import thin, told_jobs
from sgd_resources.errors import NotFound, SgdError, Unavailable
from sgd_resources.events import tell, warn
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.jobs import get_job
from sgd_resources.postgres.rows.work import deliveries, webhooks
from sgd_resources.postgres.rows.work.deliveries import Delivery, Due
from sgd_resources.postgres.rows.work.webhooks import Webhook
from sgd_resources.settings import Settings
from sgd_resources.shown.moment import rfc3339
from sgd_resources.webhooks.secrets import WebhookSecrets
from sgd_resources.webhooks.sender import TRY_S, Outcome, WebhookSender

log = logging.getLogger(__name__)

SENDERS = 16
"""They wait for other people's machines nearly all of their time."""
PER_WEBHOOK = 4
HOLD = timedelta(seconds=4 * TRY_S)
"""A try takes `TRY_S` and two short transactions; on a busy machine twice as long is nothing unusual."""
LOOK_S = 1.0
PAUSES_S: Sequence[float] = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600)
"""After the first try, the second, ...; the last one again and again, until a day has passed. Standard Webhooks
advises such a growth, from seconds to hours."""
_JITTER = 0.2
"""Of a pause, either way: what failed at once does not come back at once."""


@dataclass(frozen=True)
class _Message:
    """One try: what is sent to whom."""

    delivery: Delivery
    webhook: Webhook
    event: str
    body: bytes
    secrets: tuple[str, ...]


class WebhookLane:
    """Delivers; see the module.

    Args:
        database: a pool with a connection for each sender and one more.
        store: where canons are.
        sender: makes the tries.
        secrets: of the webhooks.
        pauses_s: between tries, in seconds.
    """

    def __init__(
        self,
        database: Database,
        store: ObjectStore,
        *,
        sender: WebhookSender,
        secrets: WebhookSecrets,
        pauses_s: Sequence[float] = PAUSES_S,
    ) -> None:
        self._database = database
        self._store = store
        self._sender = sender
        self._secrets = secrets
        self._pauses_s = pauses_s
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._is_free = threading.Event()

    def start(self) -> None:
        """Deliver until the process ends; what is under way then is due again after its hold."""
        threading.Thread(target=self._run, name="webhooks", daemon=True).start()

    def deliver_due(self) -> int:
        """Send all that is due until nothing is; how many deliveries were taken up.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        tries = 0
        with ThreadPoolExecutor(SENDERS, thread_name_prefix="webhook") as pool:
            while True:
                self._is_free.clear()
                with self._lock:
                    was_idle = not self._under_way.total()
                due = self._claim()
                for one in due:
                    pool.submit(self._serve, one)
                tries += len(due)
                # While one is under way, messages of its address may have been passed over.
                if not due and was_idle:
                    return tries
                if not due:
                    self._is_free.wait(LOOK_S)

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self.deliver_due()
            except Unavailable as error:
                warn("webhook.lane_unavailable", reason=error.message)
            except Exception:
                log.exception("the webhook lane failed")
            pause.wait(LOOK_S)

    def _claim(self) -> list[Due]:
        with self._lock:
            free = SENDERS - self._under_way.total()
            busy = [webhook_id for webhook_id, count in self._under_way.items() if count >= PER_WEBHOOK]
        if free <= 0:
            return []
        with self._database.directory() as connection:
            due = deliveries.claim_due(connection, hold=HOLD, limit=free, per_webhook=PER_WEBHOOK, busy=busy)
        with self._lock:
            self._under_way.update(one.webhook_id for one in due)
        return due

    def _serve(self, due: Due) -> None:
        try:
            message = self._message(due)
            if message is not None:
                self._note(due.org_id, message, self._try(message))
        except SgdError as error:
            # Nothing was noted: it is due again after its hold.
            warn("webhook.not_tried", org_id=due.org_id, webhook_id=due.webhook_id, reason=error.message)
        except Exception:
            log.exception("delivery %s failed unexpectedly", due.delivery_id)
        finally:
            with self._lock:
                self._under_way[due.webhook_id] -= 1
                self._under_way += Counter()  # drops those at nought
            self._is_free.set()

    def _try(self, message: _Message) -> Outcome:
        if not message.secrets:
            return Outcome(None, "its secret was made with another SGD_SIGNING_KEY: rotate it")
        return self._sender.send(message.webhook.url, message.delivery.message_id, message.body, message.secrets)

    def _message(self, due: Due) -> _Message | None:
        """What to send; None when it has ended meanwhile."""
        with self._database.org_transaction(due.org_id) as connection:
            delivery = deliveries.get_delivery(connection, due.org_id, due.delivery_id)
            webhook = webhooks.get_webhook(connection, due.org_id, due.webhook_id, has_removed=True)
            if delivery.status != "waiting":
                return None
            if webhook.disabled_at is not None or webhook.removed_at is not None:
                # Written by an end that overlapped the disabling or the removal.
                reason = webhook.disabled_reason or webhooks.REMOVED
                deliveries.note_not_tried(connection, due.org_id, delivery, reason=reason)
                return None
            data = self._data(connection, due.org_id, delivery)
        event = f"job.{data['status']}" if delivery.job_id else delivery.event
        told = {
            "type": event, "timestamp": rfc3339(delivery.created_at), "data": thin(data) if webhook.is_thin else data,
        }  # fmt: skip
        body = json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()
        return _Message(delivery, webhook, event, body, self._valid_secrets(due.org_id, webhook))

    def _data(self, connection: Any, org_id: str, delivery: Delivery) -> dict[str, Any]:
        if delivery.job_id is None:
            return {"webhook_id": delivery.webhook_id}
        try:
            [told] = told_jobs(connection, self._store, org_id, [get_job(connection, org_id, delivery.job_id)])
        except NotFound:
            # It was kept for a day after its end, and is gone; that it ended is still news.
            status = delivery.event.removeprefix("job.")
            return {
                "job_id": delivery.job_id, "job_type": "removed", "status": status,
                "status_url": f"/v1/jobs/{delivery.job_id}",
            }  # fmt: skip
        return told

    def _valid_secrets(self, org_id: str, webhook: Webhook) -> tuple[str, ...]:
        """The secret, and the one before as long as it is valid; none when they are not those that were shown."""
        made = self._secrets.secret(org_id, webhook.webhook_id, webhook.secret_number)
        if self._secrets.check_of(made) != webhook.secret_check:
            return ()
        if webhook.old_secret_until is None or webhook.old_secret_until <= datetime.now(UTC):
            return (made,)
        return made, self._secrets.secret(org_id, webhook.webhook_id, webhook.secret_number - 1)

    def _note(self, org_id: str, message: _Message, outcome: Outcome) -> None:
        told: dict[str, Any] = {
            "org_id": org_id, "webhook_id": message.webhook.webhook_id, "message_id": message.delivery.message_id,
            "type": message.event, "attempt": message.delivery.attempts + 1, "status": outcome.status,
        }  # fmt: skip
        with self._database.org_transaction(org_id) as connection:
            if outcome.is_taken:
                assert outcome.status is not None
                deliveries.note_delivered(
                    connection, org_id, message.delivery, event=message.event, answer_status=outcome.status
                )
            else:
                deliveries.note_failed(
                    connection, org_id, message.delivery, event=message.event, failure=outcome.failure,
                    answer_status=outcome.status,
                    pause=None if outcome.is_gone else pause_after(message.delivery.attempts + 1, self._pauses_s),
                )  # fmt: skip
            if outcome.is_gone:
                reason = "the receiver answered 410: it wants nothing more"
                webhooks.disable_webhook(connection, org_id, message.webhook.webhook_id, reason=reason)
        if outcome.is_taken:
            tell("webhook.delivered", **told)
        elif outcome.is_gone:
            warn("webhook.disabled", **told, reason=outcome.failure)
        else:
            warn("webhook.not_taken", **told, reason=outcome.failure)


def pause_after(tries: int, pauses_s: Sequence[float] = PAUSES_S) -> timedelta:
    """How long to wait after so many failed tries: growing, and no two the same."""
    base_s = pauses_s[min(tries, len(pauses_s)) - 1]
    return timedelta(seconds=base_s * random.uniform(1 - _JITTER, 1 + _JITTER))  # noqa: S311  # spreads load, hides nothing


def build_webhook_lane(settings: Settings) -> WebhookLane:
    """The lane of this machine: the system's resolver, and HTTPS. `settings` have every address filled in."""
    from sgd_resources.fetch.https import HttpsTransport, SystemResolver
    from sgd_resources.storage.select import build_object_store

    assert settings.database_url is not None
    database = Database(settings.database_url.get_secret_value(), pool_size=PER_WEBHOOK, max_overflow=SENDERS)
    sender = WebhookSender(resolver=SystemResolver(), poster=HttpsTransport())
    return WebhookLane(database, build_object_store(settings), sender=sender, secrets=WebhookSecrets.of(settings))
