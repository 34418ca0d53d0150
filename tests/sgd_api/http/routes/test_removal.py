"""DELETE of uploads and evidence: the caller's own only, once, and the canon follows by a job."""

import hashlib

import httpx
import pytest
from sqlalchemy import func, select

from sgd_assets.canon.model import Canon
from sgd_resources.contracts import faults
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.tables.work import jobs
from sgd_resources.storage.keys import canon_key
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes.audit import list_entries
from tests.sgd_api.doubles import DoubleWorker

RENDER = {
    "project_id": "p",
    "prompts": {"task": "create", "instruction": "A poster"},
    "outputs": {"count": 1, "format": "png", "dimensions": "100x50"},
}


async def promoted(client: httpx.AsyncClient, database: Database, data: bytes = b"<svg/>") -> tuple[str, str]:
    """(upload id, evidence sha256) of a file that the gate let in."""
    answer = await client.post("/uploads", files={"files": ("logo.svg", data)}, data={"project_id": "p"})
    upload_id = answer.json()["uploads"][0]["upload_id"]
    sha256 = hashlib.sha256(data).hexdigest()
    record = EvidenceRecord(
        sha256, sha256, "logo.svg", "image/svg+xml", len(data), f"org/acme/evidence/{sha256}", AvReport("clean")
    )
    DatabaseUploadLedger(database).promote("acme", upload_id, record, verdict="accept", details={})
    return upload_id, sha256


def job_count(database: Database) -> int:
    with database.org_transaction("acme") as connection:
        return connection.execute(select(func.count()).select_from(jobs)).scalar_one()


@pytest.mark.parametrize("by", ["upload", "evidence"])
async def test_evidence_is_taken_back_once_and_the_canon_follows(
    acme: httpx.AsyncClient, database: Database, store: LocalObjectStore, by: str
) -> None:
    upload_id, sha256 = await promoted(acme, database)
    path = f"/uploads/{upload_id}" if by == "upload" else f"/evidence/{sha256}"
    answer = await acme.delete(path)
    assert answer.status_code == 200
    assert faults("evidence_removal", answer.json()) == []
    assert (answer.json()["removed_uploads"], answer.json()["removed_evidence"]) == ([upload_id], [sha256])
    assert (await acme.get(answer.json()["status_url"])).json()["kind"] == "ingest"
    assert (await acme.get(f"/uploads/{upload_id}")).json()["status"] == "discarded"
    assert store.stat(f"org/acme/quarantine/{upload_id}") is None
    again = await acme.delete(path)
    assert (again.status_code, again.json()) == (200, {"removed_uploads": [], "removed_evidence": []})
    assert job_count(database) == 1


async def test_another_orgs_evidence_looks_like_none(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, database: Database
) -> None:
    upload_id, sha256 = await promoted(acme, database)
    for path in (f"/uploads/{upload_id}", f"/evidence/{sha256}", "/uploads/x", "/evidence/x"):
        assert (await globex.delete(path)).status_code == 404
    assert (await acme.get(f"/uploads/{upload_id}")).json()["status"] == "promoted"


async def test_many_removals_ask_for_one_run(acme: httpx.AsyncClient, database: Database) -> None:
    made = [await promoted(acme, database, f"<svg id='{n}'/>".encode()) for n in range(3)]
    answers = [await acme.delete(f"/evidence/{sha256}") for _, sha256 in made]
    assert len({answer.json()["job_id"] for answer in answers}) == 1


async def test_an_upload_that_waits_is_discarded_without_a_run_and_may_come_again(
    acme: httpx.AsyncClient, database: Database
) -> None:
    files = {"files": ("a.svg", b"<svg/>")}
    first = (await acme.post("/uploads", files=files, data={"project_id": "p"})).json()["uploads"][0]
    assert "job_id" not in (await acme.delete(f"/uploads/{first['upload_id']}")).json()
    again = await acme.post("/uploads", files=files, data={"project_id": "p"})
    assert again.status_code == 201
    assert again.json()["uploads"][0]["upload_id"] != first["upload_id"]


async def test_a_removal_is_audited_with_the_key_that_asked(acme: httpx.AsyncClient, database: Database) -> None:
    upload_id, sha256 = await promoted(acme, database)
    await acme.delete(f"/uploads/{upload_id}")
    with database.org_transaction("acme") as connection:
        told = {entry.action: entry for entry in list_entries(connection, "acme")}
    assert told["upload.removed"].actor.startswith("key:key_")
    assert told["evidence.removed"].subject == sha256


async def test_a_render_made_earlier_stays_and_says_which_evidence_is_gone(
    acme: httpx.AsyncClient, database: Database, store: LocalObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, sha256 = await promoted(acme, database)
    # the double's render names a version that is no hash of a canon
    monkeypatch.setattr(
        "sgd_api.http.stored.gone_evidence.decode_version", lambda data, version: Canon.model_validate_json(data)
    )
    canon = Canon(status="incomplete", evidence_sha256s=(sha256,))
    store.put(canon_key("acme", "c" * 64), canon.canonical_json())
    render = await acme.post("/render", json=RENDER, headers={"Prefer": "respond-async"})
    DoubleWorker(database, store).finish_renders("acme")
    assert "removed_evidence" not in (await acme.get(render.headers["location"])).json()
    await acme.delete(f"/evidence/{sha256}")
    later = (await acme.get(render.headers["location"])).json()
    assert later["removed_evidence"] == [sha256]
    assert len(later["assets"]) == 1
