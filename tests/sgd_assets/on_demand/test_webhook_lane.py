"""Messages arrive at least once with the same id, whatever receivers and senders do; real Postgres, no sockets."""

import base64
import hashlib
import hmac
import json
import random
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from sgd_assets.on_demand import webhook_lane
from sgd_assets.on_demand.webhook_lane import PAUSES_S, WebhookLane, pause_after
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.jobs import NewJob, Terms, create_job
from sgd_resources.postgres.rows.work import deliveries, webhooks
from sgd_resources.postgres.rows.work.deliveries import Delivery
from sgd_resources.postgres.rows.work.webhooks import Webhook
from sgd_resources.postgres.tables.brand import orgs
from sgd_resources.postgres.tables.work import jobs, webhook_deliveries
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.webhooks.secrets import WebhookSecrets
from sgd_resources.webhooks.sender import WebhookSender
from tests.fakes import job_ends
from tests.fakes.webhook_receiver import Got, Names, Receiver

pytestmark = pytest.mark.embedded
SECRETS = WebhookSecrets(Lazy(lambda: b"k" * 32))


@pytest.fixture
def acme(database: Database) -> Database:
    with database.org_transaction("acme") as connection:
        connection.execute(insert(orgs).values(org_id="acme"))
    return database


def lane(
    database: Database, tmp_path: Path, receiver: Receiver, *, names: Names | None = None, pause_s: float = 0.0
) -> WebhookLane:
    sender = WebhookSender(resolver=names or Names(), poster=receiver)
    store = LocalObjectStore(tmp_path)
    return WebhookLane(database, store, sender=sender, secrets=SECRETS, pauses_s=(pause_s,))


def hook(database: Database, url: str = "https://hooks.example/in", **more: Any) -> Webhook:
    def check(webhook_id: str, number: int) -> str:
        return SECRETS.check_of(SECRETS.secret("acme", webhook_id, number))

    with database.org_transaction("acme") as connection:
        return webhooks.create_webhook(connection, "acme", url=url, check=check, **more)


def ended_job(database: Database, **terms: Any) -> str:
    with database.org_transaction("acme") as connection:
        job = create_job(connection, "acme", NewJob("ingest", {}, terms=Terms(**terms)))
        connection.execute(update(jobs).where(jobs.c.job_id == job.job_id).values(status="running"))
    assert job_ends.succeed(database, "acme", job.job_id)
    return job.job_id


def log(database: Database, webhook: Webhook) -> list[Delivery]:
    with database.org_transaction("acme") as connection:
        return deliveries.list_deliveries(connection, "acme", webhook.webhook_id, limit=200)


def is_signed(got: Got, secret: str) -> bool:
    to_sign = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    made = "v1," + base64.b64encode(hmac.new(key, to_sign, hashlib.sha256).digest()).decode()
    return made in got.headers["webhook-signature"].split(" ")


def test_the_end_of_a_job_is_told_signed_with_the_whole_job(acme: Database, tmp_path: Path) -> None:
    webhook, receiver = hook(acme), Receiver()
    job_id = ended_job(acme, metadata={"ticket": "A-17"})
    assert lane(acme, tmp_path, receiver).deliver_due() == 1
    [got] = receiver.got
    message = json.loads(got.body)
    assert (message["type"], got.url) == ("job.succeeded", webhook.url)
    told = {name: message["data"][name] for name in ("job_id", "job_type", "status", "metadata")}
    assert told == {"job_id": job_id, "job_type": "ingest", "status": "succeeded", "metadata": {"ticket": "A-17"}}
    assert is_signed(got, SECRETS.secret("acme", webhook.webhook_id, 1))
    [noted] = log(acme, webhook)
    assert (noted.status, noted.attempts, noted.answer_status) == ("delivered", 1, 200)
    assert noted.message_id == got.headers["webhook-id"]
    assert lane(acme, tmp_path, receiver).deliver_due() == 0


def test_a_thin_message_holds_what_leads_to_the_job_only(acme: Database, tmp_path: Path) -> None:
    hook(acme, is_thin=True)
    receiver = Receiver()
    job_id = ended_job(acme, metadata={"secret": "of the caller"})
    lane(acme, tmp_path, receiver).deliver_due()
    assert json.loads(receiver.got[0].body)["data"] == {
        "job_id": job_id, "job_type": "ingest", "status": "succeeded", "status_url": f"/v1/jobs/{job_id}",
    }  # fmt: skip


def test_only_jobs_that_name_it_are_told_to_an_address_of_a_job(acme: Database, tmp_path: Path) -> None:
    webhook, receiver = hook(acme, hears_all=False), Receiver()
    ended_job(acme)
    named = ended_job(acme, webhook=lambda _: webhook.webhook_id)
    lane(acme, tmp_path, receiver).deliver_due()
    assert [json.loads(got.body)["data"]["job_id"] for got in receiver.got] == [named]
    assert json.loads(receiver.got[0].body)["data"]["webhook_id"] == webhook.webhook_id


def test_every_message_arrives_at_a_receiver_that_fails_three_in_ten_with_one_id_each(
    acme: Database, tmp_path: Path
) -> None:
    chance = random.Random(7)  # a test's coin
    webhook = hook(acme)
    receiver = Receiver(lambda _: chance.choice([500, None, 503, *[200] * 7]))
    made = {ended_job(acme) for _ in range(60)}
    lane(acme, tmp_path, receiver).deliver_due()
    taken = {noted.job_id: noted for noted in log(acme, webhook)}
    assert taken.keys() == made
    assert {noted.status for noted in taken.values()} == {"delivered"}
    ids = {(json.loads(got.body)["data"]["job_id"], got.headers["webhook-id"]) for got in receiver.got}
    assert len(ids) == 60
    assert sum(noted.attempts for noted in taken.values()) == len(receiver.got) > 60


def test_what_fails_waits_longer_each_time_and_is_given_up_after_a_day(acme: Database, tmp_path: Path) -> None:
    webhook, receiver = hook(acme), Receiver(lambda _: 500)
    ended_job(acme)
    lane(acme, tmp_path, receiver, pause_s=3_600).deliver_due()
    [noted] = log(acme, webhook)
    assert noted.next_at is not None
    assert (noted.status, noted.failure) == ("waiting", "the receiver answered 500")
    assert timedelta(seconds=2_800) < noted.next_at - datetime.now(UTC) < timedelta(seconds=4_400)
    with acme.org_transaction("acme") as connection:
        soon = datetime.now(UTC) + timedelta(minutes=5)
        connection.execute(update(webhook_deliveries).values(next_at=datetime.now(UTC), give_up_at=soon))
    lane(acme, tmp_path, receiver, pause_s=3_600).deliver_due()
    [noted] = log(acme, webhook)
    assert (noted.status, noted.attempts, noted.next_at) == ("given_up", 2, None)


def test_pauses_grow_with_a_jitter_and_a_day_holds_more_than_eight_tries() -> None:
    assert list(PAUSES_S) == sorted(PAUSES_S)
    assert len({pause_after(3) for _ in range(20)}) > 10
    assert timedelta(seconds=4) <= pause_after(1) <= timedelta(seconds=6)
    assert pause_after(50) > timedelta(hours=4)
    assert sum(1.2 * pause for pause in PAUSES_S[:8]) < 24 * 3_600


def test_an_answer_of_410_disables_the_address_and_gives_up_what_waits(acme: Database, tmp_path: Path) -> None:
    webhook, receiver = hook(acme), Receiver(lambda _: 410)
    for _ in range(9):
        ended_job(acme)
    lane(acme, tmp_path, receiver).deliver_due()
    with acme.org_transaction("acme") as connection:
        found = webhooks.get_webhook(connection, "acme", webhook.webhook_id)
    assert found.disabled_at is not None
    assert {noted.status for noted in log(acme, webhook)} == {"given_up"}
    assert len(receiver.got) <= webhook_lane.SENDERS
    ended_job(acme)
    assert len(log(acme, webhook)) == 9


def test_a_message_written_as_its_address_was_removed_is_given_up_and_not_sent(acme: Database, tmp_path: Path) -> None:
    webhook, receiver = hook(acme), Receiver()
    with acme.org_transaction("acme") as connection:
        webhooks.remove_webhook(connection, "acme", webhook.webhook_id)
        deliveries.ask_for_test(connection, "acme", webhook.webhook_id)
    lane(acme, tmp_path, receiver).deliver_due()
    assert receiver.got == []
    assert [noted.status for noted in log(acme, webhook)] == ["given_up"]


def test_during_a_rotation_messages_carry_both_signatures_and_afterwards_one(acme: Database, tmp_path: Path) -> None:
    webhook, receiver = hook(acme), Receiver()
    old, new = (SECRETS.secret("acme", webhook.webhook_id, number) for number in (1, 2))
    for grace in (timedelta(hours=1), -timedelta(seconds=1)):
        with acme.org_transaction("acme") as connection:
            webhooks.rotate_secret(
                connection, "acme", webhook.webhook_id, old_until=datetime.now(UTC) + grace,
                check=lambda webhook_id, number: SECRETS.check_of(SECRETS.secret("acme", webhook_id, number)),
            )  # fmt: skip
        ended_job(acme)
        lane(acme, tmp_path, receiver).deliver_due()
    first, second = receiver.got
    assert is_signed(first, new)
    assert is_signed(first, old)
    third = SECRETS.secret("acme", webhook.webhook_id, 3)
    assert is_signed(second, third)
    assert not is_signed(second, new)


def test_nothing_is_signed_with_a_secret_that_its_owner_was_never_shown(acme: Database, tmp_path: Path) -> None:
    webhook, receiver = hook(acme), Receiver()
    ended_job(acme)
    other = WebhookLane(
        acme, LocalObjectStore(tmp_path), sender=WebhookSender(resolver=Names(), poster=receiver),
        secrets=WebhookSecrets(Lazy(lambda: b"another key of 32 bytes or more!")), pauses_s=(60,),
    )  # fmt: skip
    other.deliver_due()
    assert receiver.got == []
    [noted] = log(acme, webhook)
    assert noted.status == "waiting"
    assert "SGD_SIGNING_KEY" in (noted.failure or "")


def test_an_address_that_turns_inwards_later_gets_nothing(acme: Database, tmp_path: Path) -> None:
    webhook, receiver = hook(acme), Receiver()
    ended_job(acme)
    lane(acme, tmp_path, receiver, names=Names(["10.0.0.7"]), pause_s=60).deliver_due()
    assert receiver.got == []
    assert [(noted.status, noted.attempts) for noted in log(acme, webhook)] == [("waiting", 1)]


def test_a_sender_that_died_in_the_middle_is_followed_by_another_with_the_same_id(
    acme: Database, tmp_path: Path
) -> None:
    webhook, receiver = hook(acme), Receiver()
    ended_job(acme)

    class Died(WebhookLane):
        def _note(self, *_: Any) -> None:
            raise KeyboardInterrupt

    dying = Died(
        acme, LocalObjectStore(tmp_path), sender=WebhookSender(resolver=Names(), poster=receiver), secrets=SECRETS
    )
    dying.deliver_due()
    assert lane(acme, tmp_path, receiver).deliver_due() == 0
    with acme.org_transaction("acme") as connection:
        connection.execute(update(webhook_deliveries).values(next_at=datetime.now(UTC)))
    assert lane(acme, tmp_path, receiver).deliver_due() == 1
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 1
    assert (len(receiver.got), [noted.status for noted in log(acme, webhook)]) == (2, ["delivered"])


def test_a_job_that_was_removed_meanwhile_is_told_by_its_id(acme: Database, tmp_path: Path) -> None:
    hook(acme)
    receiver = Receiver()
    job_id = ended_job(acme, keep_s=60)
    with acme.org_transaction("acme") as connection:
        connection.execute(update(jobs).values(expires_at=datetime.now(UTC)))
    with acme.directory() as connection:
        assert connection.execute(
            text("SELECT directory_remove_expired_job('acme', CAST(:job AS uuid))"), {"job": job_id}
        ).scalar_one()
    lane(acme, tmp_path, receiver).deliver_due()
    told = json.loads(receiver.got[0].body)
    assert (told["type"], told["data"]["job_id"]) == ("job.succeeded", job_id)


def test_a_receiver_that_hangs_keeps_nobody_else_waiting(acme: Database, tmp_path: Path) -> None:
    hook(acme, "https://slow.example/")
    quick = hook(acme, "https://quick.example/")
    is_done, seen = threading.Event(), set()
    outlasted: list[bool] = []

    def answer(got: Got) -> int:
        if "slow" in got.url:
            outlasted.append(is_done.wait(30))
        else:
            seen.add(got.headers["webhook-id"])
            if len(seen) == 12:
                is_done.set()
        return 200

    for _ in range(12):
        ended_job(acme)
    lane(acme, tmp_path, Receiver(answer)).deliver_due()
    assert outlasted == [True] * 12
    assert {noted.status for noted in log(acme, quick)} == {"delivered"}


def test_what_is_due_to_one_address_shares_its_transactions(
    acme: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook, receiver, begun = hook(acme), Receiver(), []
    begin = Database.org_transaction

    def counted(self: Database, org_id: str) -> Any:
        begun.append(org_id)
        return begin(self, org_id)

    with acme.org_transaction("acme") as connection:
        for _ in range(40):
            deliveries.ask_for_test(connection, "acme", webhook.webhook_id)
    monkeypatch.setattr(Database, "org_transaction", counted)
    assert lane(acme, tmp_path, receiver).deliver_due() == 40
    monkeypatch.undo()
    assert {noted.status for noted in log(acme, webhook)} == {"delivered"}
    # Each of four senders reads once; it writes once, or once a second on a machine that is slow today.
    assert len(begun) <= 20


def test_what_a_slow_address_would_begin_after_its_hold_is_let_go_and_due_at_once(
    acme: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_lane, "_BEGUN_WITHIN_S", 0.5)
    webhook, slow = hook(acme), iter(range(webhook_lane.PER_WEBHOOK))

    def answer(_: Got) -> int:
        if next(slow, None) is not None:
            time.sleep(0.6)
        return 200

    with acme.org_transaction("acme") as connection:
        for _ in range(8):
            deliveries.ask_for_test(connection, "acme", webhook.webhook_id)
    receiver = Receiver(answer)
    assert lane(acme, tmp_path, receiver).deliver_due() > 8
    assert {noted.status for noted in log(acme, webhook)} == {"delivered"}
    assert len({got.headers["webhook-id"] for got in receiver.got}) == len(receiver.got) == 8
