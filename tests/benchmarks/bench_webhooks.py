"""Many messages to receivers that fail three in ten: all must arrive, each under one id.

python -m tests.benchmarks.bench_webhooks [--messages 10000 | --quick]

Real Postgres and the real lane; receivers are in this process, since what is measured is ours. Pauses between tries are
hundredths of a second, so that a day's tries take a minute.
"""

import argparse
import logging
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, insert, select

from sgd_assets.on_demand.webhook_lane import WebhookLane
from sgd_resources.embedded.services import embedded_services
from sgd_resources.events import LOGGER
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.work import deliveries, webhooks
from sgd_resources.postgres.tables.brand import orgs
from sgd_resources.postgres.tables.work import webhook_deliveries
from sgd_resources.settings import Settings
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.webhooks.secrets import WebhookSecrets
from sgd_resources.webhooks.sender import WebhookSender
from tests.fakes.webhook_receiver import Names, Receiver

ORGS = 4
WEBHOOKS_OF_EACH = 5
FAILING = 0.3
PAUSES_S = (0.01, 0.02, 0.05)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when a message did not arrive."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="a thousand")
    chosen = parser.parse_args(argv)
    messages = 1_000 if chosen.quick else chosen.messages
    logging.getLogger(LOGGER).setLevel(logging.CRITICAL)  # a line for each failed try would be all that is seen
    chance = random.Random(1)  # a coin
    receiver = Receiver(lambda _: chance.choice((500, None)) if chance.random() < FAILING else 200)
    with tempfile.TemporaryDirectory(prefix="sgd-bench-") as folder:
        settings = Settings(sgd_var_dir=Path(folder)).model_copy(
            update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
        )
        with embedded_services(settings) as urls:
            database = Database(urls.database_url)
            secrets = WebhookSecrets(Lazy(lambda: b"k" * 32))
            _ask(database, secrets, messages)
            sender = WebhookSender(resolver=Names(), poster=receiver)
            lane = WebhookLane(
                database, LocalObjectStore(Path(folder)), sender=sender, secrets=secrets, pauses_s=PAUSES_S
            )
            began, began_cpu = time.monotonic(), time.process_time()
            while _count(database, "waiting"):
                lane.deliver_due()
            took_s, cpu_s = time.monotonic() - began, time.process_time() - began_cpu
            arrived, given_up = _count(database, "delivered"), _count(database, "given_up")
            database.dispose()
    tries, ids = len(receiver.got), len({got.headers["webhook-id"] for got in receiver.got})
    sys.stdout.write(
        f"{messages} messages, {ORGS * WEBHOOKS_OF_EACH} webhooks of {ORGS} orgs, {FAILING:.0%} of tries fail:\n"
        f"  arrived {arrived}, given up {given_up}, ids {ids}, tries {tries} ({tries / messages:.2f} a message)\n"
        f"  {took_s:.1f} s by the clock, {1000 * cpu_s / tries:.2f} ms of our processor time a try\n"
    )
    return int(not arrived == ids == messages)


def _ask(database: Database, secrets: WebhookSecrets, messages: int) -> None:
    for number in range(ORGS):
        org_id = f"org{number}"
        with database.org_transaction(org_id) as connection:
            connection.execute(insert(orgs).values(org_id=org_id))
            made = [
                webhooks.create_webhook(
                    connection, org_id, url=f"https://hooks.example/{org_id}/{each}",
                    check=lambda webhook_id, number, org_id=org_id: secrets.check_of(  # type: ignore[misc]  # the org of this round
                        secrets.secret(org_id, webhook_id, number)
                    ),
                )
                for each in range(WEBHOOKS_OF_EACH)
            ]  # fmt: skip
            for index in range(messages // ORGS):
                deliveries.ask_for_test(connection, org_id, made[index % WEBHOOKS_OF_EACH].webhook_id)


def _count(database: Database, status: str) -> int:
    total = 0
    for number in range(ORGS):
        with database.org_transaction(f"org{number}") as connection:
            found = select(func.count()).where(webhook_deliveries.c.status == status)
            total += connection.execute(found).scalar_one()
    return total


if __name__ == "__main__":
    sys.exit(main())
