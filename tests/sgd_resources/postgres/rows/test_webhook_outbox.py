"""What is to be told is written with the end of a job, in its transaction, and to nobody else."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Connection, insert, select, text, update

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import JobLedger
from sgd_resources.postgres.rows import batches
from sgd_resources.postgres.rows.jobs import NewJob, create_job
from sgd_resources.postgres.rows.work import deliveries as deliveries_rows
from sgd_resources.postgres.rows.work.jobs_of_orgs import cancel_job
from sgd_resources.postgres.tables.work import webhook_deliveries, webhooks

pytestmark = pytest.mark.embedded


def heard_by(connection: Connection, org_id: str) -> str:
    webhook_id = f"whk_{uuid4().hex[:16]}"
    row = {
        "org_id": org_id,
        "webhook_id": webhook_id,
        "url": f"https://{org_id}.example/{webhook_id}",
        "secret_check": "c",
    }
    connection.execute(insert(webhooks).values(**row, hears_all=True))
    return webhook_id


def deliveries(database: Database, org_id: str) -> list[tuple[str, str, str]]:
    columns = (webhook_deliveries.c.webhook_id, webhook_deliveries.c.event, webhook_deliveries.c.job_id)
    with database.org_transaction(org_id) as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def test_the_end_of_a_job_is_told_once_to_its_own_org(two_orgs: Database) -> None:
    with two_orgs.org_transaction("globex") as connection:
        heard_by(connection, "globex")
    with two_orgs.org_transaction("acme") as connection:
        webhook_id = heard_by(connection, "acme")
        job = create_job(connection, "acme", NewJob("ingest", {}))
    ledger = JobLedger(two_orgs)
    ledger.claim("acme", job.job_id, run_id="r")
    assert deliveries(two_orgs, "acme") == []
    assert ledger.finish("acme", job.job_id, run_id="r", result={})
    assert not ledger.finish("acme", job.job_id, run_id="r", result={})
    assert deliveries(two_orgs, "acme") == [(webhook_id, "job.succeeded", job.job_id)]
    assert deliveries(two_orgs, "globex") == []


def test_a_delivery_that_is_held_is_nobody_elses_until_the_hold_is_over(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        heard_by(connection, "acme")
        job = create_job(connection, "acme", NewJob("ingest", {}))
    ledger = JobLedger(two_orgs)
    ledger.claim("acme", job.job_id, run_id="r")
    ledger.finish("acme", job.job_id, run_id="r", result={})

    def claimed(hold: str) -> list[str]:
        with two_orgs.directory() as connection:
            ask = text("SELECT org_id FROM directory_claim_deliveries(CAST(:hold AS interval), 10, 4, '{}')")
            return list(connection.execute(ask, {"hold": hold}).scalars())

    assert claimed("0 seconds") == ["acme"]
    assert claimed("1 minute") == ["acme"]
    assert claimed("1 minute") == []


def test_no_address_gets_more_than_its_share_and_a_busy_one_gets_nothing(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        slow = heard_by(connection, "acme")
        for _ in range(6):
            deliveries_rows.ask_for_test(connection, "acme", slow)
        quick = heard_by(connection, "acme")
        deliveries_rows.ask_for_test(connection, "acme", quick)

    def claimed(*busy: str) -> list[str]:
        hold = timedelta(minutes=1)
        with two_orgs.directory() as connection:
            due = deliveries_rows.claim_due(connection, hold=hold, limit=10, per_webhook=2, busy=busy)
        return sorted(one.webhook_id for one in due)

    assert claimed() == sorted([slow, slow, quick])
    assert claimed(slow) == []
    assert claimed() == [slow, slow]


def test_a_part_of_a_batch_is_not_told_and_the_batch_is_told_once(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        heard_by(connection, "acme")
        batch, _ = batches.create_batch(connection, "acme", project_id="p", body={}, parts=[{}, {}])
        parts = [part.render_id for part in batches.list_parts(connection, "acme", batch.job_id, after=-1, limit=9)]
    ledger = JobLedger(two_orgs)
    for part in parts:
        ledger.claim("acme", part, run_id="r")
        assert ledger.finish("acme", part, run_id="r", result={})
    assert [row[1:] for row in deliveries(two_orgs, "acme")] == [("job.succeeded", batch.job_id)]


def test_an_end_that_is_rolled_back_is_not_told(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        heard_by(connection, "acme")
        job = create_job(connection, "acme", NewJob("ingest", {}))
    with two_orgs.org_transaction("acme") as connection:
        assert cancel_job(connection, "acme", job.job_id)
        connection.rollback()
    assert deliveries(two_orgs, "acme") == []
    with two_orgs.org_transaction("acme") as connection:
        assert cancel_job(connection, "acme", job.job_id)
    assert [row[1] for row in deliveries(two_orgs, "acme")] == ["job.cancelled"]


def test_what_ended_long_ago_is_forgotten_and_what_waits_is_not(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        webhook_id = heard_by(connection, "acme")
        made = [deliveries_rows.ask_for_test(connection, "acme", webhook_id) for _ in range(3)]
        taken = [deliveries_rows.Tried(one, "webhook.test", "", 200) for one in made[:2]]
        deliveries_rows.note_tried(connection, "acme", taken)
        old = update(webhook_deliveries).where(webhook_deliveries.c.delivery_id == made[0].delivery_id)
        connection.execute(old.values(ended_at=datetime.now(UTC) - deliveries_rows.LOG_KEPT - timedelta(hours=1)))
    with two_orgs.directory() as connection:
        assert deliveries_rows.forget_old(connection) == 1
    with two_orgs.org_transaction("acme") as connection:
        left = deliveries_rows.list_deliveries(connection, "acme", webhook_id, limit=9)
    assert [one.delivery_id for one in left] == [made[2].delivery_id, made[1].delivery_id]
