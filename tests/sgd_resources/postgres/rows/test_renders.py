"""Render requests: idempotency keys, states that do not go back, outputs that are one set, waiters that are woken."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from sgd_resources.errors import Conflict, NotFound, SgdError, ValidationFailed
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import RequestLedger
from sgd_resources.postgres.rows import jobs, renders
from tests.fakes import job_ends

pytestmark = pytest.mark.embedded

BODY = {"project_id": "p", "prompts": {"task": "create"}, "outputs": {"count": 1}}
AUDIT = {
    "canon_version": "a" * 64, "model_route": "local", "cost_usd_micros": 0, "verified_by": "none", "trace_id": "t",
}  # fmt: skip


def ask(
    database: Database, *, key: str | None = None, body: dict[str, Any] = BODY, org_id: str = "acme"
) -> tuple[renders.RenderRequest, bool]:
    with database.org_transaction(org_id) as connection:
        return renders.create_request(connection, org_id, project_id="p", body=body, idempotency_key=key)


def finish(database: Database, render_id: str) -> None:
    assert job_ends.succeed(database, "acme", render_id)


def output(**changes: Any) -> dict[str, Any]:
    return {
        "index": 0, "sha256": "a" * 64, "key": "k", "media_type": "image/png", "width_px": 1, "height_px": 1,
        "size_bytes": 1, "plan": {}, "critique": {"score": 1}, **changes,
    }  # fmt: skip


def test_without_a_key_each_request_is_new(two_orgs: Database) -> None:
    assert ask(two_orgs)[0].render_id != ask(two_orgs)[0].render_id


def test_the_same_key_and_body_find_the_finished_request(two_orgs: Database) -> None:
    first, is_new = ask(two_orgs, key="k")
    assert is_new
    finish(two_orgs, first.render_id)
    reordered = dict(reversed(list(BODY.items())))
    again, is_new = ask(two_orgs, key="k", body=reordered)
    assert (again.render_id, again.status, is_new) == (first.render_id, "succeeded", False)


def test_a_failed_request_is_replayed_too(two_orgs: Database) -> None:
    first, _ = ask(two_orgs, key="k")
    assert job_ends.fail(two_orgs, "acme", first.render_id, error={"code": "NOT_FOUND"})
    again, is_new = ask(two_orgs, key="k")
    assert (again.error, is_new) == ({"code": "NOT_FOUND"}, False)


def test_the_same_key_while_the_first_runs_conflicts_and_names_it(two_orgs: Database) -> None:
    first, _ = ask(two_orgs, key="k")
    with pytest.raises(Conflict) as caught:
        ask(two_orgs, key="k")
    assert caught.value.details["render_id"] == first.render_id


@pytest.mark.parametrize("is_finished", [True, False])
def test_the_same_key_with_another_body_is_refused(two_orgs: Database, is_finished: bool) -> None:
    first, _ = ask(two_orgs, key="k")
    if is_finished:
        finish(two_orgs, first.render_id)
    with pytest.raises(ValidationFailed):
        ask(two_orgs, key="k", body={**BODY, "outputs": {"count": 2}})


def test_keys_are_scoped_to_the_org(two_orgs: Database) -> None:
    assert ask(two_orgs, key="k")[1]
    assert ask(two_orgs, key="k", org_id="globex")[1]


def test_of_parallel_requests_with_one_key_one_wins(two_orgs: Database) -> None:
    def attempt(_: int) -> str:
        try:
            return "new" if ask(two_orgs, key="k")[1] else "old"
        except SgdError as error:
            return type(error).__name__

    with ThreadPoolExecutor(8) as pool:
        results = sorted(pool.map(attempt, range(16)))
    assert results == ["Conflict"] * 15 + ["new"]


def test_a_rolled_back_request_frees_its_key(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        renders.create_request(connection, "acme", project_id="p", body=BODY, idempotency_key="k")
        connection.rollback()
    assert ask(two_orgs, key="k")[1]


def test_an_ended_request_never_changes_its_end(two_orgs: Database) -> None:
    request, _ = ask(two_orgs)
    finish(two_orgs, request.render_id)
    ledger = RequestLedger(two_orgs)
    assert not job_ends.fail(two_orgs, "acme", request.render_id, error={"code": "X"})
    assert ledger.claim("acme", request.render_id, run_id="another") is None
    assert ledger.pending("acme") == []
    with two_orgs.org_transaction("acme") as connection:
        assert renders.get_request(connection, "acme", request.render_id).status == "succeeded"


def test_tries_are_counted_and_the_start_is_kept(two_orgs: Database) -> None:
    request, _ = ask(two_orgs)
    started = []
    for run in ("one", "two"):
        RequestLedger(two_orgs).claim("acme", request.render_id, run_id=run)
        with two_orgs.org_transaction("acme") as connection:
            found = renders.get_request(connection, "acme", request.render_id)
            started.append(found.started_at)
    assert (found.attempts, found.dagster_run_id) == (2, "two")
    assert started[0] == started[1]


def test_pictures_are_listed_by_index_and_found_by_key(two_orgs: Database) -> None:
    request, _ = ask(two_orgs)
    ledger = RequestLedger(two_orgs)
    ledger.claim("acme", request.render_id, run_id="run")
    assert ledger.finish(
        "acme", request.render_id, run_id="run", outputs=[output(index=1, key="k1"), output(size_bytes=7)], audit=AUDIT
    )
    with two_orgs.org_transaction("acme") as connection:
        found = renders.list_outputs(connection, "acme", request.render_id)
        assert renders.find_output(connection, "acme", "k1").index == 1
    assert [(picture.index, picture.size_bytes) for picture in found] == [(0, 7), (1, 1)]


@pytest.mark.parametrize("render_id", ["11111111-1111-4111-8111-111111111111", "x", "", "' OR 1=1"])
def test_an_unknown_id_is_not_found(two_orgs: Database, render_id: str) -> None:
    with two_orgs.org_transaction("acme") as connection, pytest.raises(NotFound):
        renders.get_request(connection, "acme", render_id)


def test_another_orgs_request_looks_like_none(two_orgs: Database) -> None:
    request, _ = ask(two_orgs, org_id="globex")
    with two_orgs.org_transaction("acme") as connection, pytest.raises(NotFound):
        renders.get_request(connection, "globex", request.render_id)
    with pytest.raises(NotFound):
        RequestLedger(two_orgs).claim("acme", request.render_id, run_id="run")


def test_the_end_of_a_request_and_of_a_job_wakes_listeners(two_orgs: Database, services: Any) -> None:
    request, _ = ask(two_orgs)
    with two_orgs.org_transaction("acme") as connection:
        job = jobs.create_job(connection, "acme", jobs.NewJob("ingest", {}))
    url = make_url(services.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as listener:
        listener.execute("LISTEN sgd_done")
        finish(two_orgs, request.render_id)
        assert job_ends.succeed(two_orgs, "acme", job.job_id, result={"processed": 1})
        heard = [notice.payload for notice in listener.notifies(timeout=5, stop_after=2)]
    assert heard == [request.render_id, job.job_id]


def test_a_job_of_another_kind_is_no_render(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        job = jobs.create_job(connection, "acme", jobs.NewJob("ingest", {}))
        with pytest.raises(NotFound):
            renders.get_request(connection, "acme", job.job_id)


def test_how_far_a_render_is_is_seen_while_it_runs_and_only_its_own_run_tells(two_orgs: Database) -> None:
    request, _ = ask(two_orgs)
    ledger, one = RequestLedger(two_orgs), request.render_id

    def seen() -> Any:
        with two_orgs.org_transaction("acme") as connection:
            return renders.get_request(connection, "acme", one).progress

    assert seen() is None
    ledger.claim("acme", one, run_id="r1", progress={"step": "validate"})
    assert seen() == {"step": "validate"}
    assert ledger.note_progress("acme", one, run_id="r1", progress={"step": "compose"})
    assert seen() == {"step": "compose"}
    ledger.claim("acme", one, run_id="r2", progress={"step": "validate"})
    assert not ledger.note_progress("acme", one, run_id="r1", progress={"step": "audit"})
    assert ledger.finish("acme", one, run_id="r2", outputs=[], audit=AUDIT, progress={"step": "audit"})
    assert seen() == {"step": "audit"}
    assert not ledger.note_progress("acme", one, run_id="r2", progress={"step": "store"})
