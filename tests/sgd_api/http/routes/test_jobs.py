"""Work of the graph asked for now: ingest and derive."""

import asyncio
from typing import Any

import httpx
import pytest

from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import uploads
from sgd_resources.storage.local import LocalObjectStore
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.doubles import DoubleWorker
from tests.sgd_api.http.routes.test_canon import OLD, keep_canon

INGESTED = {"qdrant_ids": ["p1"], "canon_version": None, "chunks": 3}


@pytest.fixture
def worker(database: Database, store: LocalObjectStore) -> DoubleWorker:
    return DoubleWorker(database, store)


async def _end_next(worker: DoubleWorker, **outcome: Any) -> list[Any]:
    while not (bodies := await in_thread(lambda: worker.end_jobs("acme", **outcome))):
        await asyncio.sleep(0.02)
    assert isinstance(bodies, list)
    return bodies


async def _upload(client: httpx.AsyncClient) -> str:
    form = {"files": ("a.svg", b"<svg/>", "image/svg+xml")}
    answer = await client.post("/uploads", files=form, data={"project_id": "p"})
    return str(answer.json()["uploads"][0]["upload_id"])


async def test_ingest_waits_for_the_job_and_answers_what_became_of_each_file(
    acme: httpx.AsyncClient, worker: DoubleWorker, database: Database
) -> None:
    upload_id = await _upload(acme)
    with database.org_transaction("acme") as connection:
        uploads.mark_held(
            connection, "acme", upload_id, status="rejected", verdict="reject", reason="unknown type", details={}
        )
    body = {"project_id": "p", "assets": [upload_id, upload_id]}
    answer, bodies = await asyncio.gather(acme.post("/ingest", json=body), _end_next(worker, result=INGESTED))
    assert answer.status_code == 200
    assert faults("ingest_response", answer.json()) == []
    assert (answer.json()["processed"], answer.json()["qdrant_ids"]) == (1, ["p1"])
    [file] = answer.json()["files"]
    assert (file["status"], file["reason"]) == ("rejected", "unknown type")
    assert bodies[0]["assets"] == [upload_id]


async def test_a_job_in_progress_is_a_202_with_a_status_url(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    headers = {"Prefer": "respond-async"}
    answer = await acme.post("/ingest", json={"project_id": "p", "assets": []}, headers=headers)
    assert answer.status_code == 202
    assert faults("job_status", answer.json()) == []
    assert (await acme.get(answer.headers["location"])).status_code == 202
    await in_thread(lambda: worker.end_jobs("acme", result=INGESTED))
    done = await acme.get(answer.headers["location"])
    assert (done.status_code, done.json()["status"]) == (200, "succeeded")
    assert done.json()["result"]["qdrant_ids"] == ["p1"]


async def test_what_is_not_this_orgs_is_not_ingested(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    theirs = await _upload(acme)
    names = [theirs, f"org/acme/quarantine/{theirs}", "org/globex/evidence/x", "../x", "x"]
    answer = await globex.post("/ingest", json={"project_id": "p", "assets": names})
    assert answer.status_code == 404
    assert answer.json()["error"]["details"] == {"missing": names}


async def test_a_dropped_file_that_is_still_written_is_told_so_instead_of_passed_over(
    acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    key = "org/acme/quarantine/kit/guide.pdf"
    store.put(key, b"%PDF")
    answer = await acme.post("/ingest", json={"project_id": "p", "assets": [key]})
    assert answer.status_code == 409
    assert answer.json()["error"]["details"] == {"assets": [key], "settle_s": 30}
    transfer = await acme.post("/ingest", json={"project_id": "p", "assets": [f"{key}.partial"]})
    assert transfer.status_code == 404


async def test_derive_answers_the_canon(
    acme: httpx.AsyncClient, worker: DoubleWorker, database: Database, store: LocalObjectStore
) -> None:
    keep_canon(database, store, "acme", OLD)
    request = acme.post("/canon/derive", json={"project_id": "p", "evidence_ids": []})
    answer, _ = await asyncio.gather(request, _end_next(worker, result={"canon_version": OLD.version}))
    assert faults("canon_derive_response", answer.json()) == []
    assert (answer.json()["status"], answer.json()["version"]) == ("incomplete", OLD.version)
    assert "voice" not in answer.json()


async def test_a_canon_that_must_be_complete_and_is_not_is_refused_with_what_it_misses(
    acme: httpx.AsyncClient, worker: DoubleWorker, database: Database, store: LocalObjectStore
) -> None:
    keep_canon(database, store, "acme", OLD)
    body = {"project_id": "p", "evidence_ids": [], "require_complete": True}
    request = acme.post("/canon/derive", json=body)
    answer, _ = await asyncio.gather(request, _end_next(worker, result={"canon_version": OLD.version}))
    assert answer.status_code == 422
    faults_told = answer.json()["error"]["details"]["errors"]
    assert [fault["path"] for fault in faults_told] == ["$", "$.fonts", "$.palette_hex"]
    assert "voice" in faults_told[0]["message"]
    later = await acme.get(answer.headers["location"])
    assert (later.json()["status"], later.json()["error"]["code"]) == ("failed", "VALIDATION_FAILED")
    assert (await acme.get("/canon")).status_code == 200


async def test_unknown_evidence_is_a_404(acme: httpx.AsyncClient) -> None:
    answer = await acme.post("/canon/derive", json={"project_id": "p", "evidence_ids": ["a" * 64]})
    assert answer.status_code == 404


async def test_a_job_that_fails_answers_its_stored_reason(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    error = {"code": "UNAVAILABLE", "message": "the scanner is down", "details": {"retry_after_s": 3}}
    request = acme.post("/ingest", json={"project_id": "p", "assets": []})
    answer, _ = await asyncio.gather(request, _end_next(worker, error=error))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
    assert answer.json()["error"]["message"] == "the scanner is down"


async def test_another_orgs_job_looks_like_none(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    body = {"project_id": "p", "assets": []}
    asked = await acme.post("/ingest", json=body, headers={"Prefer": "respond-async"})
    assert (await globex.get(asked.headers["location"])).status_code == 404
    assert (await globex.get("/jobs/nonsense")).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"assets": []},
        {"project_id": "p"},
        {"project_id": "p", "assets": ["x"] * 51},
        {"project_id": "p", "assets": [1]},
        {"project_id": "p", "assets": [""]},
        {"project_id": "p", "assets": ["x" * 2_000]},
        [],
        7,
    ],
)
async def test_a_bad_ingest_body_is_refused(acme: httpx.AsyncClient, body: Any) -> None:
    answer = await acme.post("/ingest", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")
