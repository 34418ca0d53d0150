"""A picture that is sent along to be judged: through the gate, judged, kept for a day, never evidence."""

import time
from typing import Any

import httpx
import pytest

from sgd_api.cli.critique_page import page_of
from sgd_api.http.services import Services
from sgd_assets.canon.model import Canon
from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.policy import upload_policy
from sgd_assets.evidence.sweep import CANDIDATE_AGE_S, sweep
from sgd_resources.contracts import faults
from sgd_resources.lazy import Lazy
from sgd_resources.ports.examination import Detection
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows import evidence, orgs, uploads
from sgd_resources.storage.keys import candidate_prefix, canon_key, critique_prefix, evidence_prefix
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes.examiner import FakeExaminer
from tests.sgd_api.http.routes.test_critiques import CANON, _png


class PictureExaminer(FakeExaminer):
    """Knows a PNG from what is none."""

    def detect(self, data: bytes) -> Detection:
        is_png = data.startswith(b"\x89PNG")
        return Detection("image/png" if is_png else "application/x-dosexec", is_text=False)


@pytest.fixture
def app_services(app_services: Services) -> Services:
    """The services with a gate that lets pictures in."""
    gate = EvidenceGate(examiner=PictureExaminer(), scanner=None, policy=upload_policy())
    object.__setattr__(app_services, "gate", Lazy(lambda: gate))
    return app_services


@pytest.fixture
def canon(database: Database, store: LocalObjectStore) -> Canon:
    store.put(canon_key("acme", CANON.version), CANON.canonical_json())
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        canon_rows.insert_version(
            connection, "acme", version=CANON.version, status="complete", key=canon_key("acme", CANON.version),
            palette=CANON.palette_hex, fonts=CANON.fonts,
        )  # fmt: skip
    return CANON


async def _send(client: httpx.AsyncClient, data: bytes, name: str = "poster.png", **fields: Any) -> httpx.Response:
    return await client.post("/critique", data={"project_id": "p", **fields}, files={"file": (name, data, "image/png")})


async def test_a_sent_picture_is_judged_and_the_verdict_of_every_rule_is_told(
    acme: httpx.AsyncClient, canon: Canon
) -> None:
    answer = await _send(acme, _png("#FF0000"))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert faults("critique_response", found) == []
    assert found["violations"]
    rules = {rule["rule"]: rule for rule in found["items"][0]["rules"]}
    assert rules["palette_only"]["verdict"] == "broken"
    assert rules["logo_present"]["verdict"] == "not_told"
    assert found["findings"][0]["boxes"]
    assert (await acme.get(found["items"][0]["marked_url"])).status_code == 200


async def test_a_candidate_enters_neither_evidence_nor_uploads_nor_a_render(
    acme: httpx.AsyncClient, canon: Canon, database: Database, store: LocalObjectStore
) -> None:
    partner = _png("#0B5FFF")
    found = (await _send(acme, partner, name="partner-logo.png")).json()
    key = found["items"][0]["asset_id"]
    assert [stored.key for stored in store.list(candidate_prefix("acme"))] == [key]
    assert list(store.list(evidence_prefix("acme"))) == []
    with database.org_transaction("acme") as connection:
        assert uploads.list_uploads(connection, "acme", limit=10) == []
        assert evidence.list_evidence(connection, "acme") == []
    body = {
        "project_id": "p",
        "prompts": {"task": "edit", "instruction": "Make it warmer", "references": [key]},
        "outputs": {"count": 1, "format": "png", "dimensions": "64x64"},
        "dry_run": True,
    }
    assert (await acme.post("/render", json=body)).status_code == 422


async def test_a_candidate_is_judged_again_by_its_key_and_by_no_other_org(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, canon: Canon
) -> None:
    first = (await _send(acme, _png("#0B5FFF"))).json()
    key = first["items"][0]["asset_id"]
    again = await acme.post("/critique", json={"project_id": "p", "asset_ids": [key]})
    assert again.json()["score"] == first["score"]
    assert (await globex.post("/critique", json={"project_id": "p", "asset_ids": [key]})).status_code == 404


async def test_candidates_and_marked_pictures_are_swept_after_a_day(
    acme: httpx.AsyncClient, canon: Canon, database: Database, store: LocalObjectStore
) -> None:
    await _send(acme, _png("#FF0000"))
    ledger = DatabaseUploadLedger(database)
    assert sweep(["acme"], store=store, ledger=ledger, min_age_s=60).counts["candidates"] == 0
    later = time.time() + CANDIDATE_AGE_S + 5
    assert sweep(["acme"], store=store, ledger=ledger, min_age_s=1e9, now=lambda: later).counts["candidates"] == 2
    assert list(store.list(candidate_prefix("acme"))) == list(store.list(critique_prefix("acme"))) == []


async def test_size_and_format_are_judged_as_they_are_expected(acme: httpx.AsyncClient, canon: Canon) -> None:
    found = (await _send(acme, _png("#0B5FFF"), expected_size="128x128", expected_format="jpg")).json()
    assert {finding["rule"] for finding in found["findings"]} == {"dimensions", "format"}
    kept = (await _send(acme, _png("#0B5FFF"), expected_size="64x64", expected_format="png")).json()
    assert kept["violations"] == []


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"expected_size": "12"}, "$.expected_size"),
        ({"expected_format": "gif"}, "$.expected_format"),
        ({"profile": "lax"}, "$.profile"),
        ({"wish": "1"}, "$.wish"),
        ({"project_id": ""}, "$.project_id"),
    ],
)
async def test_a_field_that_cannot_be_obeyed_is_refused_by_name(
    acme: httpx.AsyncClient, canon: Canon, fields: dict[str, str], path: str
) -> None:
    answer = await _send(acme, _png("#0B5FFF"), **fields)
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["errors"][0]["path"] == path


async def test_what_the_gate_refuses_or_is_no_picture_is_not_judged(acme: httpx.AsyncClient, canon: Canon) -> None:
    assert (await _send(acme, b"MZ no picture", name="poster.png")).status_code == 422
    assert (await _send(acme, b"", name="poster.png")).status_code == 422
    no_file = await acme.post("/critique", data={"project_id": "p"}, files={"project_id": (None, "p")})
    assert no_file.status_code == 422


async def test_the_page_of_a_critique_holds_its_picture_and_every_finding_and_loads_nothing(
    acme: httpx.AsyncClient, canon: Canon
) -> None:
    answer = (await _send(acme, _png("#FF0000"))).json()
    page = page_of(answer, '<img src="x">.png', _png("#FF0000"))
    assert "&lt;img" in page
    assert "data:image/png;base64," in page
    assert all(one["rule"] in page for one in answer["findings"])
    assert "http" not in page
    assert "<script" not in page
