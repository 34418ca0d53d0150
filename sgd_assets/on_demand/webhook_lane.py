"""Sends what is to be told to webhooks: a thread of the worker's parent with a few senders, beside all runs.

At least once, with the same id at every try: a delivery is held while it is tried, and one whose sender died is due
again when the hold is over. What fails is tried again after a pause that grows, for a day; 410 ends an address. A
sender takes what is due to one address together, sends it one after another, and writes down what came of it at once:
two short transactions for many tries. No address has more than `PER_WEBHOOK` senders, so that one that hangs keeps
nobody else waiting. Any number of parents may do this at once. What must not live here: the one request
(`sgd_resources/webhooks/sender.py`), or what is told of a job (`webhook_message.py`).
"""

import logging
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sgd_assets.on_demand.webhook_message import Message, messages_of, valid_secrets
from sgd_resources.errors import SgdError, Unavailable
from sgd_resources.events import tell, warn
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.work import deliveries, webhooks
from sgd_resources.postgres.rows.work.deliveries import Due, Tried
from sgd_resources.postgres.rows.work.webhooks import Webhook
from sgd_resources.settings import Settings
from sgd_resources.webhooks.secrets import WebhookSecrets
from sgd_resources.webhooks.sender import TRY_S, Outcome, WebhookSender

log = logging.getLogger(__name__)

SENDERS = 16
"""They wait for other people's machines nearly all of their time."""
PER_WEBHOOK = 4
MOST_AT_ONCE, MOST_OF_ONE = 256, 64
"""Held by one look, and of them for one address: some seconds' work where receivers answer as they should."""
HOLD = timedelta(seconds=4 * TRY_S)
"""A try takes `TRY_S` and two short transactions; on a busy machine twice as long is nothing unusual."""
_BEGUN_WITHIN_S = 2 * TRY_S
"""Of a hold: no try begins later, so that none is under way when another sender may have it."""
_NOTED_WITHIN_S = 1.0
"""What came of a try is written down that soon, while the next ones are made."""
LOOK_S = 1.0
PAUSES_S: Sequence[float] = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600)
"""After the first try, the second, ...; the last one again and again, until a day has passed. Standard Webhooks
advises such a growth, from seconds to hours."""
_JITTER = 0.2
"""Of a pause, either way: what failed at once does not come back at once."""


@dataclass(frozen=True)
class _Run:
    """What one sender does: tries to one address, one after another."""

    org_id: str
    webhook_id: str
    delivery_ids: Sequence[str]
    begin_until: float
    """On the monotonic clock."""


@dataclass(frozen=True)
class _Held:
    """What is sent in a run, and with which secrets."""

    webhook: Webhook
    messages: Sequence[Message]
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
        """Send all that is due until nothing is; how many tries were taken up.

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
                for run in self._runs(due):
                    pool.submit(self._serve, run)
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
            return deliveries.claim_due(
                connection, hold=HOLD, limit=MOST_AT_ONCE, per_webhook=MOST_OF_ONE, busy=busy
            )  # fmt: skip

    def _runs(self, due: Sequence[Due]) -> Iterator[_Run]:
        """What is due, divided among the senders that its address has left; each run counts as under way."""
        begin_until = time.monotonic() + _BEGUN_WITHIN_S
        by_address: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for one in due:
            by_address[one.org_id, one.webhook_id].append(one.delivery_id)
        for (org_id, webhook_id), ids in by_address.items():
            with self._lock:
                parts = min(len(ids), PER_WEBHOOK - self._under_way[webhook_id])
                self._under_way[webhook_id] += parts
            for part in range(parts):
                yield _Run(org_id, webhook_id, ids[part::parts], begin_until)

    def _serve(self, run: _Run) -> None:
        try:
            held = self._hold(run)
            if held is not None:
                self._send(run, held)
        except SgdError as error:
            # What was not noted is due again after its hold.
            warn("webhook.not_tried", org_id=run.org_id, webhook_id=run.webhook_id, reason=error.message)
        except Exception:
            log.exception("deliveries to %s failed unexpectedly", run.webhook_id)
        finally:
            with self._lock:
                self._under_way[run.webhook_id] -= 1
                self._under_way += Counter()  # drops those at nought
            self._is_free.set()

    def _hold(self, run: _Run) -> _Held | None:
        """What to send; None when nothing of it waits any more."""
        with self._database.org_transaction(run.org_id) as connection:
            webhook = webhooks.get_webhook(connection, run.org_id, run.webhook_id, has_removed=True)
            waiting = deliveries.held_deliveries(connection, run.org_id, run.delivery_ids)
            if webhook.disabled_at is not None or webhook.removed_at is not None:
                # Written by an end that overlapped the disabling or the removal.
                reason = webhook.disabled_reason or webhooks.REMOVED
                for delivery in waiting:
                    deliveries.note_not_tried(connection, run.org_id, delivery, reason=reason)
                return None
            messages = messages_of(connection, self._store, run.org_id, webhook, waiting)
        return _Held(webhook, messages, valid_secrets(self._secrets, run.org_id, webhook))

    def _send(self, run: _Run, held: _Held) -> None:
        """Try one after another; what cannot begin in time, or comes after a 410, is let go."""
        ends: list[tuple[Message, Outcome]] = []
        noted_at = time.monotonic()
        for place, message in enumerate(held.messages):
            if time.monotonic() > run.begin_until:
                self._let_go(run, held.messages[place:])
                break
            ends.append((message, self._try(held, message)))
            is_gone = ends[-1][1].is_gone
            if is_gone or time.monotonic() - noted_at > _NOTED_WITHIN_S:
                self._note(run.org_id, held.webhook, ends)
                ends, noted_at = [], time.monotonic()
            if is_gone:
                return
        if ends:
            self._note(run.org_id, held.webhook, ends)

    def _try(self, held: _Held, message: Message) -> Outcome:
        if not held.secrets:
            return Outcome(None, "its secret was made with another SGD_SIGNING_KEY: rotate it")
        return self._sender.send(held.webhook.url, message.delivery.message_id, message.body, held.secrets)

    def _let_go(self, run: _Run, messages: Sequence[Message]) -> None:
        with self._database.org_transaction(run.org_id) as connection:
            deliveries.let_go(connection, run.org_id, [message.delivery.delivery_id for message in messages])

    def _note(self, org_id: str, webhook: Webhook, ends: Sequence[tuple[Message, Outcome]]) -> None:
        tries = [self._tried(message, outcome) for message, outcome in ends]
        with self._database.org_transaction(org_id) as connection:
            deliveries.note_tried(connection, org_id, tries)
            if any(outcome.is_gone for _, outcome in ends):
                reason = "the receiver answered 410: it wants nothing more"
                webhooks.disable_webhook(connection, org_id, webhook.webhook_id, reason=reason)
        for message, outcome in ends:
            _tell(org_id, webhook.webhook_id, message, outcome)

    def _tried(self, message: Message, outcome: Outcome) -> Tried:
        is_again = not outcome.is_taken and not outcome.is_gone
        pause = pause_after(message.delivery.attempts + 1, self._pauses_s) if is_again else None
        return Tried(message.delivery, message.event, outcome.failure, outcome.status, pause)


def pause_after(tries: int, pauses_s: Sequence[float] = PAUSES_S) -> timedelta:
    """How long to wait after so many failed tries: growing, and no two the same."""
    base_s = pauses_s[min(tries, len(pauses_s)) - 1]
    return timedelta(seconds=base_s * random.uniform(1 - _JITTER, 1 + _JITTER))  # noqa: S311  # spreads load, hides nothing


def _tell(org_id: str, webhook_id: str, message: Message, outcome: Outcome) -> None:
    told: dict[str, Any] = {
        "org_id": org_id, "webhook_id": webhook_id, "message_id": message.delivery.message_id,
        "type": message.event, "attempt": message.delivery.attempts + 1, "status": outcome.status,
    }  # fmt: skip
    if outcome.is_taken:
        tell("webhook.delivered", **told)
    elif outcome.is_gone:
        warn("webhook.disabled", **told, reason=outcome.failure)
    else:
        warn("webhook.not_taken", **told, reason=outcome.failure)


def build_webhook_lane(settings: Settings) -> WebhookLane:
    """The lane of this machine: the system's resolver, and HTTPS. `settings` have every address filled in."""
    from sgd_resources.fetch.https import HttpsTransport, SystemResolver
    from sgd_resources.storage.select import build_object_store

    assert settings.database_url is not None
    database = Database(settings.database_url.get_secret_value(), pool_size=PER_WEBHOOK, max_overflow=SENDERS)
    sender = WebhookSender(resolver=SystemResolver(), poster=HttpsTransport())
    return WebhookLane(database, build_object_store(settings), sender=sender, secrets=WebhookSecrets.of(settings))
