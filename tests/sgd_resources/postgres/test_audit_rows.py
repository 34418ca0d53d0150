"""An audit row stands in the transaction of what it tells: both are written, or neither is."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from sgd_assets.on_demand.request import request_job, request_render
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.graph import GraphLedger
from sgd_resources.postgres.ledgers.requests import JobLedger, RequestLedger
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows import audit, canon, evidence, jobs, renders, uploads
from sgd_resources.postgres.tables.access import audit_log
from sgd_resources.postgres.tables.brand import documents
from tests.fakes.audit import list_entries

pytestmark = pytest.mark.embedded
SHA = "a" * 64
BODY = {"project_id": "spring", "prompts": {"task": "create", "instruction": "x"}}
DOCUMENT = {
    "evidence_sha256": SHA, "parser": "css", "parser_version": "css.1", "document_key": "k", "pages": 0,
    "text_blocks": 1, "colours": 1, "fonts": 0, "images": 0,
}  # fmt: skip


def _upload(database: Database) -> str:
    upload_id = str(uuid4())
    with database.org_transaction("acme") as connection:
        uploads.record_upload(
            connection, "acme", upload_id=upload_id, key=upload_id, file_name="a.css", declared_type=None, size_bytes=1
        )
    return upload_id


def _evidence() -> EvidenceRecord:
    return EvidenceRecord(SHA, SHA, "a.css", "text/css", 1, "k", AvReport("clean"))


def _stored_evidence(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        evidence.upsert_evidence(connection, "acme", _evidence())


def _claimed_job(database: Database, run_id: str = "run") -> str:
    with database.org_transaction("acme") as connection:
        job_id = str(jobs.create_job(connection, "acme", jobs.NewJob("ingest", {})).job_id)
    JobLedger(database).claim("acme", job_id, run_id=run_id)
    return job_id


def _claimed_render(database: Database) -> str:
    with database.org_transaction("acme") as connection:
        render_id = str(renders.create_request(connection, "acme", project_id="p", body=BODY)[0].render_id)
    RequestLedger(database).claim("acme", render_id, run_id="run")
    return render_id


def _told(database: Database) -> list[tuple[str, str]]:
    with database.org_transaction("acme") as connection:
        return [(entry.actor, entry.action) for entry in list_entries(connection, "acme")]


Act = Callable[[Database], Any]


def _prepared(act: Callable[[Database, Any], Any], prepare: Callable[[Database], Any]) -> Callable[[Database], Act]:
    def ready(database: Database) -> Act:
        found = prepare(database)
        return lambda database: act(database, found)

    return ready


ACTS: dict[str, tuple[str, Callable[[Database], Act]]] = {
    "render.requested": (
        "key:k1",
        _prepared(lambda database, _: request_render(database, "acme", BODY, actor="key:k1"), lambda _: None),
    ),
    "ingest.requested": (
        "key:k1",
        _prepared(
            lambda database, _: request_job(database, "acme", "ingest", {"project_id": "p"}, actor="key:k1"),
            lambda _: None,
        ),
    ),
    "canon_derive.requested": (
        "operator",
        _prepared(lambda database, _: request_job(database, "acme", "canon_derive", {}), lambda _: None),
    ),
    "ingest.succeeded": (
        "graph",
        _prepared(
            lambda database, job: JobLedger(database).finish("acme", job, run_id="run", result={"documents": 3}),
            _claimed_job,
        ),
    ),
    "ingest.failed": (
        "graph",
        _prepared(
            lambda database, job: JobLedger(database).fail("acme", job, run_id="run", error={"code": "X"}),
            _claimed_job,
        ),
    ),
    "render.failed": (
        "graph",
        _prepared(
            lambda database, one: RequestLedger(database).fail("acme", one, run_id="run", error={"code": "X"}),
            _claimed_render,
        ),
    ),
    "documents.parsed": (
        "graph",
        _prepared(lambda database, _: GraphLedger(database).record_documents("acme", [DOCUMENT]), _stored_evidence),
    ),
    "canon.derived": (
        "graph",
        _prepared(
            lambda database, _: GraphLedger(database).record_canon(
                "acme", version=SHA, status="complete", palette=["#112233"], fonts=["Inter"]
            ),
            lambda _: None,
        ),
    ),
    "canon.drafted": (
        "graph",
        _prepared(
            lambda database, _: GraphLedger(database).record_draft(
                "acme", version=SHA, status="complete", palette=["#112233"], fonts=["Inter"]
            ),
            lambda _: None,
        ),
    ),
    "upload.promoted": (
        "graph",
        _prepared(
            lambda database, one: DatabaseUploadLedger(database).promote(
                "acme", one, _evidence(), verdict="accept", details={}
            ),
            _upload,
        ),
    ),
    "upload.held": (
        "graph",
        _prepared(
            lambda database, one: DatabaseUploadLedger(database).hold(
                "acme", one, verdict="reject", reason="type", details={}, source_sha256=None
            ),
            _upload,
        ),
    ),
    "upload.released": (
        "ann",
        _prepared(
            lambda database, one: DatabaseUploadLedger(database).release(
                "acme", one, _evidence(), actor="ann", details={}
            ),
            _upload,
        ),
    ),
    "upload.discarded": (
        "ann",
        _prepared(lambda database, one: DatabaseUploadLedger(database).discard("acme", one, actor="ann"), _upload),
    ),
}  # fmt: skip


@pytest.mark.parametrize("action", ACTS)
def test_what_was_done_is_told_once_with_who_did_it(two_orgs: Database, action: str) -> None:
    actor, prepare = ACTS[action]
    act = prepare(two_orgs)
    before = _told(two_orgs)
    act(two_orgs)
    assert _told(two_orgs)[: len(_told(two_orgs)) - len(before)] == [(actor, action)]


def _rows(database: Database) -> list[Any]:
    """Everything an act could have changed."""
    with database.org_transaction("acme") as connection:
        return [
            canon.list_versions(connection, "acme"),
            connection.execute(select(documents).order_by(documents.c.evidence_sha256)).all(),
            evidence.list_evidence(connection, "acme"),
            uploads.list_uploads(connection, "acme"),
            jobs.pending_jobs(connection, "acme"),
            connection.execute(select(func.count()).select_from(audit_log)).scalar_one(),
        ]


@pytest.mark.parametrize("action", ACTS)
def test_what_cannot_be_told_is_not_done(two_orgs: Database, action: str, monkeypatch: pytest.MonkeyPatch) -> None:
    act = ACTS[action][1](two_orgs)
    before = _rows(two_orgs)

    def refuse(*args: Any, **facts: Any) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(audit, "append", refuse)
    with pytest.raises(RuntimeError, match="the log is full"):
        act(two_orgs)
    assert _rows(two_orgs) == before


def test_a_finished_ingest_tells_its_numbers_and_no_texts(two_orgs: Database) -> None:
    job = _claimed_job(two_orgs)
    result = {"documents": 3, "canon_version": SHA, "qdrant_ids": ["x"], "canon_status": "complete"}
    JobLedger(two_orgs).finish("acme", job, run_id="run", result=result)
    with two_orgs.org_transaction("acme") as connection:
        (entry,) = list_entries(connection, "acme")
    assert (entry.subject, entry.details) == (job, {"run_id": "run", "documents": 3, "canon_version": SHA})


def test_documents_parsed_before_are_told_once(two_orgs: Database) -> None:
    _stored_evidence(two_orgs)
    for _ in range(2):
        GraphLedger(two_orgs).record_documents("acme", [DOCUMENT])
    assert _told(two_orgs) == [("graph", "documents.parsed")]


def test_a_row_is_told_as_an_event_when_it_is_committed_and_only_then(
    two_orgs: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="sgd.events")
    with pytest.raises(RuntimeError):
        _undone(two_orgs)
    with two_orgs.org_transaction("acme") as connection:
        audit.append(
            connection, "acme", actor="key:k1", action="thing.done", subject="s", details={"file_name": "Ann Lee.pdf"}
        )
        assert not caplog.records
    (line,) = [json.loads(record.message) for record in caplog.records]
    del line["at"]
    assert line == {
        "event": "audit.appended", "level": "info", "org_id": "acme", "actor": "key:k1", "action": "thing.done",
        "subject": "s",
    }  # fmt: skip


def test_a_row_holds_no_personal_data_and_no_secret_of_the_names_that_clients_choose(
    two_orgs: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="sgd.events")
    told = {"project_id": "jo@example.com", "files": ["sgd_" + "q" * 40, "a\x1bb"]}
    with two_orgs.org_transaction("acme") as connection:
        audit.append(connection, "acme", actor="key:k1", action="thing.done", subject="jo@example.com", details=told)
    with two_orgs.org_transaction("acme") as connection:
        (entry,) = list_entries(connection, "acme")
    assert (entry.subject, entry.details) == ("[EMAIL_1]", {"project_id": "[EMAIL_1]", "files": ["***", "a%1Bb"]})
    assert "example.com" not in caplog.text


def _undone(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        audit.append(connection, "acme", actor="key:k1", action="thing.undone", subject="s")
        raise RuntimeError
