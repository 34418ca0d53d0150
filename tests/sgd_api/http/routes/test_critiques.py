"""Pictures of the org measured against its canon."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from sgd_assets.canon.model import Canon
from sgd_resources.contracts import faults
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows import evidence, orgs
from sgd_resources.storage.keys import canon_key, evidence_key
from sgd_resources.storage.local import LocalObjectStore
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.doubles import DoubleWorker, sha256
from tests.sgd_api.http.routes.test_renders import BODY

CANON = Canon(palette_hex=("#0B5FFF", "#FFFFFF"), fonts=("Inter",), status="complete")


def _png(colour: str) -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(sink, "PNG")
    return sink.getvalue()


@pytest.fixture
def evidence_id(database: Database, store: LocalObjectStore) -> dict[str, str]:
    """sha256 of one picture in the palette and one outside it."""
    found = {}
    store.put(canon_key("acme", CANON.version), CANON.canonical_json())
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        canon_rows.insert_version(
            connection,
            "acme",
            version=CANON.version,
            status="complete",
            key=canon_key("acme", CANON.version),
            palette=CANON.palette_hex,
            fonts=CANON.fonts,
        )
        for name, data in (
            ("good", _png("#0B5FFF")),
            ("stray", _png("#FF0000")),
            ("text", b"words"),
            ("damaged", b"\x89PNG damaged"),
        ):
            digest = sha256(data)
            kind = "text/plain" if name == "text" else "image/png"
            record = EvidenceRecord(
                digest, digest, f"{name}.png", kind, len(data), evidence_key("acme", digest), AvReport("clean")
            )
            store.put(record.key, data)
            evidence.upsert_evidence(connection, "acme", record)
            found[name] = digest
    return found


async def _critique(client: httpx.AsyncClient, *asset_ids: str) -> httpx.Response:
    return await client.post("/critique", json={"project_id": "p", "asset_ids": list(asset_ids)})


async def test_the_worst_picture_decides_and_each_has_its_own_score(
    acme: httpx.AsyncClient, evidence_id: dict[str, str]
) -> None:
    answer = await _critique(acme, evidence_id["good"], evidence_id["stray"])
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    assert faults("critique_response", found) == []
    assert found["items"][0]["score"] == 1.0
    assert found["score"] == found["items"][1]["score"] < 1.0
    assert found["violations"] == found["items"][1]["violations"] != []
    assert found["canon_version"] == CANON.version


async def test_a_picture_that_cannot_be_read_is_a_422_that_names_it(
    acme: httpx.AsyncClient, evidence_id: dict[str, str]
) -> None:
    answer = await _critique(acme, evidence_id["good"], evidence_id["damaged"])
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["asset_id"] == evidence_id["damaged"]


async def test_a_render_keeps_what_was_measured_when_it_was_made(
    acme: httpx.AsyncClient, evidence_id: dict[str, str], database: Database, store: LocalObjectStore
) -> None:
    asked = await acme.post("/render", json=BODY, headers={"Prefer": "respond-async"})
    worker = DoubleWorker(database, store, picture=_png("#0B5FFF"))
    await in_thread(lambda: worker.finish_renders("acme", violations=["contrast 2.1 < 4.5"]))
    found = (await _critique(acme, asked.json()["render_id"])).json()
    assert len(found["items"]) == 2
    assert (found["score"], found["violations"]) == (0.5, ["contrast 2.1 < 4.5"])
    by_key = (await _critique(acme, found["items"][0]["asset_id"])).json()
    assert by_key["items"] == found["items"][:1]


async def test_what_is_no_picture_of_this_org_is_a_404(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, evidence_id: dict[str, str]
) -> None:
    names = [evidence_id["text"], "0" * 64, "org/acme/public/x", "3f8a1b52-6d0e-4c1c-9d3b-1f2e3d4c5b6a"]
    answer = await _critique(acme, *names)
    assert (answer.status_code, answer.json()["error"]["details"]) == (404, {"missing": names})
    assert (await _critique(globex, evidence_id["good"])).status_code == 404


async def test_an_org_without_a_canon_or_without_names_is_told(acme: httpx.AsyncClient) -> None:
    assert (await _critique(acme)).status_code == 422
    assert (await _critique(acme, "0" * 64)).status_code == 404
