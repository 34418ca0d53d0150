"""A canon of some files only: a version of its own, beside the org's current one."""

import hashlib
from typing import Any

import httpx
import pytest

from sgd_assets.canon.derive import claims_version
from sgd_assets.canon.model import Canon
from sgd_assets.on_demand.plain.serve import PlainJobs
from sgd_resources.contracts import faults
from sgd_resources.lazy import Lazy
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.rows.evidence import upsert_evidence
from sgd_resources.postgres.rows.queue import JobQueue, OrgShare
from sgd_resources.storage.keys import claims_key, evidence_key
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes.canon_model import FakeCanonModel
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.http.routes.test_canon import NEW, keep_canon

FILES = {
    "guide.md": "# Colours\n\n- Lake `#005F73`\n- Coral `#EE6C4D`\n\n# Typography\n\nOur brand font is Lato.\n",
    "voice.md": "# Voice and tone\n\nWarm, plain and practical.\n\n- Use short words.\n",
}
LATER = {"Prefer": "respond-async"}


@pytest.fixture
def evidence(database: Database, store: LocalObjectStore) -> dict[str, str]:
    """sha256 of each file by its name; another version is the org's current canon."""
    found = {}
    for name, text in FILES.items():
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        key = evidence_key("acme", sha256)
        store.put(key, text.encode(), content_type="text/markdown")
        record = EvidenceRecord(
            evidence_sha256=sha256, source_sha256="c" * 64, file_name=name, media_type="text/markdown",
            size_bytes=len(text), key=key, av=AvReport("clean", "test", "1"),
        )  # fmt: skip
        with database.org_transaction("acme") as connection:
            orgs.ensure_org(connection, "acme")
            upsert_evidence(connection, "acme", record)
        found[name] = sha256
    keep_canon(database, store, "acme", NEW)
    return found


async def drafted(client: httpx.AsyncClient, database: Database, store: LocalObjectStore, *ids: str) -> dict[str, Any]:
    """The answer of `POST /canon/derive` for these files, served by the worker's own code."""
    asked = await client.post("/canon/derive", json={"project_id": "p", "evidence_ids": list(ids)}, headers=LATER)
    assert asked.status_code == 202, asked.text
    worker = PlainJobs({
        "database": Lazy(lambda: database), "store": Lazy(lambda: store), "parser": Lazy(LocalParser),
        "llm": Lazy(lambda: FakeCanonModel(is_cloud=False)),
    })  # fmt: skip

    def serve() -> None:
        claim = JobQueue(database, OrgShare(4, is_cap=False)).claim("w", ("canon_derive",))
        assert claim is not None
        assert worker.takes(claim.kind, claim.org_id, claim.job_id)
        worker.serve(claim.kind, claim.org_id, claim.job_id, "w")

    await in_thread(serve)
    job = (await client.get(asked.headers["location"])).json()
    assert job["status"] == "succeeded", job
    found: dict[str, Any] = job["result"]
    return found


async def test_a_canon_of_named_files_is_of_those_only_and_leaves_the_current_one(
    acme: httpx.AsyncClient, database: Database, store: LocalObjectStore, evidence: dict[str, str]
) -> None:
    told = await drafted(acme, database, store, evidence["guide.md"])
    assert told["is_draft"] is True
    assert told["notes"] == ["a draft of 1 of the org's 2 files; its current canon is unchanged"]
    found = (await acme.get(f"/canon/versions/{told['canon_version']}")).json()
    assert faults("canon_derive_response", found) == []
    assert (found["is_draft"], found["palette_hex"], found["fonts"]) == (True, ["#005F73", "#EE6C4D"], ["Lato"])
    assert found["evidence_sha256s"] == [evidence["guide.md"]]
    assert {one["source_sha256"] for fact in found["facts"] for one in fact["citations"]} == {"c" * 64}
    assert (await acme.get("/canon")).json()["version"] == NEW.version
    listed = (await acme.get("/canon/versions")).json()
    assert faults("canon_versions", listed) == []
    assert [(row["is_current"], row.get("is_draft", False)) for row in listed["versions"]] == [
        (False, True), (True, False),
    ]  # fmt: skip
    diff = (await acme.get("/canon/diff", params={"from": told["canon_version"]})).json()
    assert diff["fonts"] == {"added": ["Inter"], "removed": ["Lato"], "is_reordered": False}
    assert store.stat(claims_key("acme", claims_version())) is None


async def test_a_draft_that_the_org_derives_later_as_its_own_is_a_draft_no_more(
    acme: httpx.AsyncClient, database: Database, store: LocalObjectStore, evidence: dict[str, str]
) -> None:
    told = await drafted(acme, database, store, *evidence.values())
    draft = (await acme.get(f"/canon/versions/{told['canon_version']}")).json()
    canon = Canon.model_validate({name: draft[name] for name in Canon.model_fields if draft.get(name)})
    keep_canon(database, store, "acme", canon)
    current = (await acme.get("/canon")).json()
    assert (current["version"], "is_draft" in current) == (told["canon_version"], False)


async def test_an_upload_that_is_no_evidence_yet_makes_no_draft(acme: httpx.AsyncClient) -> None:
    form = {"files": ("a.svg", b"<svg/>", "image/svg+xml")}
    upload = (await acme.post("/uploads", files=form, data={"project_id": "p"})).json()["uploads"][0]["upload_id"]
    answer = await acme.post("/canon/derive", json={"project_id": "p", "evidence_ids": [upload]})
    assert (answer.status_code, answer.json()["error"]["details"]) == (409, {"evidence_ids": [upload]})
