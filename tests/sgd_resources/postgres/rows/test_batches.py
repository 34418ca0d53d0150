"""Batches: their parts are renders that yield to all that somebody waits for, and they end with the last of them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sgd_resources.errors import Conflict, NotFound, ValidationFailed
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import batches, jobs, renders
from sgd_resources.postgres.rows.queue import JobQueue, OrgShare
from tests.fakes import job_ends

pytestmark = pytest.mark.embedded

BODY = {"project_id": "p", "rows": [{"a": "1"}]}


def ask(
    database: Database, parts: int = 3, *, key: str | None = None, body: dict[str, Any] = BODY
) -> tuple[jobs.Job, bool]:
    with database.org_transaction("acme") as connection:
        return batches.create_batch(
            connection, "acme", project_id="p", body=body, parts=[{"n": n} for n in range(parts)], idempotency_key=key
        )


def parts_of(database: Database, batch: jobs.Job) -> list[renders.RenderRequest]:
    with database.org_transaction("acme") as connection:
        return batches.list_parts(connection, "acme", batch.job_id, limit=500)


def read(database: Database, batch: jobs.Job) -> tuple[jobs.Job, batches.Counts]:
    with database.org_transaction("acme") as connection:
        found = batches.get_batch(connection, "acme", batch.job_id)
        return found, batches.counts_of(connection, "acme", batch.job_id)


def cancel(database: Database, batch: jobs.Job) -> int:
    with database.org_transaction("acme") as connection:
        return batches.cancel_batch(connection, "acme", batch.job_id)


def test_parts_are_queued_in_order_as_renders_of_priority_batch(two_orgs: Database) -> None:
    batch, is_new = ask(two_orgs)
    assert is_new
    parts = parts_of(two_orgs, batch)
    assert [(part.item_index, part.body, part.status) for part in parts] == [(n, {"n": n}, "queued") for n in range(3)]
    with two_orgs.org_transaction("acme") as connection:
        found = [jobs.get_job(connection, "acme", part.render_id) for part in parts]
    assert {(job.kind, job.priority, job.parent_id) for job in found} == {("render", "batch", batch.job_id)}
    assert [job.turn for job in found] == [found[0].turn + n for n in range(3)]


def test_a_page_of_parts_begins_behind_the_last_one_seen(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs, 5)
    with two_orgs.org_transaction("acme") as connection:
        found = batches.list_parts(connection, "acme", batch.job_id, after=1, limit=2)
    assert [part.item_index for part in found] == [2, 3]


def test_what_somebody_waits_for_is_served_before_a_batch(two_orgs: Database) -> None:
    ask(two_orgs)
    with two_orgs.org_transaction("acme") as connection:
        waited, _ = renders.create_request(connection, "acme", project_id="p", body={})
    claim = JobQueue(two_orgs, OrgShare(9, is_cap=True)).claim("w", ["render"])
    assert claim is not None
    assert claim.job_id == waited.render_id


def test_nothing_serves_the_batch_itself(two_orgs: Database) -> None:
    ask(two_orgs, 1)
    queue = JobQueue(two_orgs, OrgShare(9, is_cap=True))
    kinds = ["render", "ingest", "canon_derive"]
    assert queue.claim("w", kinds) is not None
    assert queue.claim("w", kinds) is None


def test_the_batch_ends_with_its_last_part_and_a_failed_one_fails_no_other(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs)
    first, second, third = (part.render_id for part in parts_of(two_orgs, batch))
    job_ends.succeed(two_orgs, "acme", second)
    job_ends.fail(two_orgs, "acme", first, error={"code": "VALIDATION_FAILED", "message": "no"})
    assert read(two_orgs, batch)[0].status == "queued"
    job_ends.succeed(two_orgs, "acme", third)
    found, counts = read(two_orgs, batch)
    assert (found.status, found.error) == ("succeeded", None)
    assert found.result == {"succeeded": 2, "failed": 1, "cancelled": 0}
    assert (counts.succeeded, counts.failed, counts.total) == (2, 1, 3)
    assert found.finished_at is not None


def test_a_batch_of_which_nothing_could_be_made_has_failed_and_says_why(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs, 2)
    for part in parts_of(two_orgs, batch):
        job_ends.fail(two_orgs, "acme", part.render_id, error={"code": "NOT_FOUND", "message": f"no {part.item_index}"})
    found, _ = read(two_orgs, batch)
    assert found.status == "failed"
    assert found.error is not None
    assert (found.error["code"], found.error["details"]) == ("NOT_FOUND", {"failed": 2})
    assert "no 0" in found.error["message"]


def test_parts_that_end_at_the_same_time_end_the_batch_once(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs, 12)
    ids = [part.render_id for part in parts_of(two_orgs, batch)]
    with ThreadPoolExecutor(6) as threads:
        assert all(threads.map(lambda one: job_ends.succeed(two_orgs, "acme", one), ids))
    assert read(two_orgs, batch)[0].result == {"succeeded": 12, "failed": 0, "cancelled": 0}


def test_cancelling_ends_what_has_not_begun_and_the_batch_when_the_rest_is_done(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs)
    claim = JobQueue(two_orgs, OrgShare(9, is_cap=True)).claim("w", ["render"])
    assert claim is not None
    assert cancel(two_orgs, batch) == 2
    assert read(two_orgs, batch)[0].status == "queued"
    job_ends.succeed(two_orgs, "acme", claim.job_id)
    found, counts = read(two_orgs, batch)
    assert (found.status, counts.succeeded, counts.cancelled) == ("cancelled", 1, 2)
    assert cancel(two_orgs, batch) == 0


def test_cancelling_a_batch_that_has_not_begun_ends_it_at_once(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs)
    assert cancel(two_orgs, batch) == 3
    assert read(two_orgs, batch)[0].status == "cancelled"


def test_the_same_key_finds_the_batch_that_has_ended_and_asks_for_nothing_anew(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs, 1, key="k")
    with pytest.raises(Conflict) as caught:
        ask(two_orgs, 1, key="k")
    assert caught.value.details["batch_id"] == batch.job_id
    job_ends.succeed(two_orgs, "acme", parts_of(two_orgs, batch)[0].render_id)
    again, is_new = ask(two_orgs, 1, key="k")
    assert (again.job_id, is_new, len(parts_of(two_orgs, batch))) == (batch.job_id, False, 1)
    with pytest.raises(ValidationFailed):
        ask(two_orgs, 1, key="k", body={**BODY, "seed": 1})


def test_another_org_sees_neither_the_batch_nor_its_parts(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs)
    with two_orgs.org_transaction("globex") as connection:
        assert batches.list_parts(connection, "globex", batch.job_id, limit=9) == []
        assert batches.cancel_batch(connection, "globex", batch.job_id) == 0
        with pytest.raises(NotFound):
            batches.get_batch(connection, "globex", batch.job_id)


def test_a_render_is_no_batch(two_orgs: Database) -> None:
    batch, _ = ask(two_orgs, 1)
    with two_orgs.org_transaction("acme") as connection, pytest.raises(NotFound):
        batches.get_batch(connection, "acme", parts_of(two_orgs, batch)[0].render_id)
