"""Words of ended jobs leave their rows, whoever ended them; a job that waits keeps its own."""

import pytest
from sqlalchemy import select, update

from sgd_assets.graph.expiry import settle_texts
from sgd_assets.on_demand.request import request_render, request_rerender
from sgd_resources.errors import Conflict
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import RequestLedger
from sgd_resources.postgres.rows import batches
from sgd_resources.postgres.rows import jobs as rows
from sgd_resources.postgres.rows.jobs import ENDED
from sgd_resources.postgres.rows.queue import JobQueue, OrgShare
from sgd_resources.postgres.rows.work.request_text import settle_at_end, settle_ended
from sgd_resources.postgres.tables.work import jobs

pytestmark = pytest.mark.embedded
BODY = {
    "project_id": "p", "prompts": {"task": "create", "instruction": "Poster for jo@example.com"},
    "outputs": {"count": 1, "format": "png", "dimensions": "64x64"},
}  # fmt: skip


def asked(database: Database, status: str, *, key: str | None = None) -> str:
    render_id = request_render(database, "acme", BODY, idempotency_key=key).render_id
    if status != "queued":
        with database.org_transaction("acme") as connection:
            end = update(jobs).where(*rows.mine("acme", render_id)).values(**{**ENDED, "status": status})
            connection.execute(end)
    return render_id


def kept(database: Database, job_id: str) -> tuple[str, str | None]:
    with database.org_transaction("acme") as connection:
        query = select(jobs.c.body, jobs.c.text_state).where(*rows.mine("acme", job_id))
        body, state = connection.execute(query).one()
    return body["prompts"]["instruction"], state


def test_the_sweep_takes_the_words_of_what_has_ended_in_any_way(two_orgs: Database) -> None:
    ended = [asked(two_orgs, status) for status in ("succeeded", "failed", "cancelled")]
    waiting = asked(two_orgs, "queued")
    assert settle_texts(two_orgs, "kept") == 0
    assert settle_texts(two_orgs, "none") == 3
    assert [kept(two_orgs, job_id) for job_id in ended] == [("-", "removed")] * 3
    assert kept(two_orgs, waiting) == (BODY["prompts"]["instruction"], None)  # type: ignore[index]  # of the body above
    assert settle_texts(two_orgs, "none") == 0


def test_a_worker_takes_them_at_once_and_the_same_key_still_finds_its_render(two_orgs: Database) -> None:
    job_id = asked(two_orgs, "succeeded", key="k")
    settle_at_end(two_orgs, "acme", job_id, "redacted")
    assert kept(two_orgs, job_id) == ("Poster for [EMAIL_1]", "redacted")
    again = request_render(two_orgs, "acme", BODY, idempotency_key="k")
    assert (again.render_id, again.created) == (job_id, False)


def test_a_render_without_its_words_is_not_made_anew_and_says_why(two_orgs: Database) -> None:
    job_id = asked(two_orgs, "succeeded")
    settle_at_end(two_orgs, "acme", job_id, "none")
    with pytest.raises(Conflict, match="not kept") as refused:
        request_rerender(two_orgs, "acme", project_id="p", render_ids=[job_id])
    assert refused.value.details == {"render_ids": [job_id]}


@pytest.mark.parametrize("ends", ["finish", "fail"])
def test_the_transaction_that_ends_a_render_takes_its_words(two_orgs: Database, ends: str) -> None:
    render_id, ledger = asked(two_orgs, "queued"), RequestLedger(two_orgs, "none")
    assert ledger.claim("acme", render_id, run_id="run") == BODY
    record = dict.fromkeys(("canon_version", "model_route", "cost_usd_micros", "verified_by", "trace_id"))
    if ends == "finish":
        assert ledger.finish("acme", render_id, run_id="run", outputs=[], audit=record)
    else:
        assert ledger.fail("acme", render_id, run_id="run", error={"code": "X"})
    assert kept(two_orgs, render_id) == ("-", "removed")


def test_so_do_the_queue_for_one_that_nobody_wants_any_more_and_the_last_part_for_the_whole(two_orgs: Database) -> None:
    one = asked(two_orgs, "queued")
    queue = JobQueue(two_orgs, OrgShare(9, is_cap=True), "none")
    claim = queue.claim("w", ["render"])
    assert claim is not None
    queue.end(claim, error=None)
    assert kept(two_orgs, one) == ("-", "removed")
    batch = {"project_id": "p", "prompts": {"task": "create", "instruction": "Poster for {who}"}}
    with two_orgs.org_transaction("acme") as connection:
        whole, _ = batches.create_batch(
            connection, "acme", project_id="p", body=batch, parts=[BODY, BODY], fields=[], idempotency_key=None
        )
        parts = [part.render_id for part in batches.list_parts(connection, "acme", whole.job_id, limit=9)]
    ledger = RequestLedger(two_orgs, "none")
    for part in parts:
        assert kept(two_orgs, whole.job_id)[1] is None
        ledger.claim("acme", part, run_id="run")
        ledger.fail("acme", part, run_id="run", error={"code": "X"})
        assert kept(two_orgs, part) == ("-", "removed")
    assert kept(two_orgs, whole.job_id) == ("- {who}", "removed")


def test_a_batch_that_is_cancelled_takes_the_words_of_its_parts_with_it(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        whole, _ = batches.create_batch(
            connection, "acme", project_id="p", body=BODY, parts=[BODY, BODY], fields=[], idempotency_key=None
        )
        parts = [part.render_id for part in batches.list_parts(connection, "acme", whole.job_id, limit=9)]
        batches.cancel_batch(connection, "acme", whole.job_id)
        settle_ended(connection, "acme", whole.job_id, "none")
    assert [kept(two_orgs, one) for one in (whole.job_id, *parts)] == [("-", "removed")] * 3
