"""Asking for pictures: waiting, coming back, idempotency, and what a failure looks like."""

import asyncio
from typing import Any

import httpx
import pytest

from sgd_assets.on_demand.sweep import WHY
from sgd_assets.renders.model import ModelCall, PictureSource
from sgd_assets.renders.progress import Progress
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import RequestLedger
from sgd_resources.storage.local import LocalObjectStore
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.doubles import DoubleWorker

BODY: dict[str, Any] = {
    "project_id": "spring",
    "prompts": {"task": "create", "instruction": "A launch banner"},
    "outputs": {"count": 2, "format": "png", "dimensions": "1200x630"},
}


@pytest.fixture
def worker(database: Database, store: LocalObjectStore) -> DoubleWorker:
    return DoubleWorker(database, store)


async def _when_asked(worker: DoubleWorker, org_id: str = "acme", **kwargs: Any) -> None:
    """Serve the org's next render as soon as it is asked for."""
    while not await in_thread(lambda: worker.finish_renders(org_id, **kwargs)):
        await asyncio.sleep(0.02)


async def test_a_render_that_is_quick_is_answered_with_signed_pictures(
    acme: httpx.AsyncClient, worker: DoubleWorker, store: LocalObjectStore
) -> None:
    answer, _ = await asyncio.gather(acme.post("/render", json=BODY), _when_asked(worker))
    assert answer.status_code == 200
    found = answer.json()
    assert faults("render_response", found) == []
    assert [asset["index"] for asset in found["assets"]] == [0, 1]
    assert found["audit"] | {"trace_id": "", "dagster_run_id": ""} == {
        "trace_id": "",
        "dagster_run_id": "",
        "model_route": "local",
        "cost_usd": 0.0,
        "cost_usd_micros": 0,
        "guardrails_ok": True,
        "verified_by": "none",
        "canon_version": "c" * 64,
    }
    picture = await httpx.AsyncClient(transport=acme._transport).get(found["assets"][1]["url"])
    assert picture.content == store.get(found["assets"][1]["key"])
    assert "preference-applied" not in answer.headers


async def test_the_audit_tells_every_model_call_and_what_a_declaration_speaks_of(
    acme: httpx.AsyncClient, worker: DoubleWorker
) -> None:
    call = ModelCall(task="image", outcome="succeeded", served_model="acme/painter", cost_usd_micros=40_000)
    source = PictureSource(
        index=0, key="org/acme/public/renders/x/generated/y.png", sha256="a" * 64, media_type="image/png", width_px=8,
        height_px=8, size_bytes=80, requested_model="acme/painter", served_model="acme/painter",
    )  # fmt: skip
    of_models = {
        "models": [call.model_dump(mode="json")],
        "sources": [source.model_dump(mode="json")],
        "prompt_sha256s": {"image": "b" * 64},
        "plan_sha256": "c" * 64,
    }
    answer, _ = await asyncio.gather(acme.post("/render", json=BODY), _when_asked(worker, of_models=of_models))
    assert faults("render_response", answer.json()) == []
    audit = answer.json()["audit"]
    assert audit["models"][0]["served_model"] == "acme/painter"
    assert audit["sources"][0]["sha256"] == "a" * 64
    assert (audit["prompt_sha256s"], audit["plan_sha256"]) == ({"image": "b" * 64}, "c" * 64)


async def test_the_status_tells_how_far_a_render_is(acme: httpx.AsyncClient, database: Database) -> None:
    location = (await acme.post("/render", json=BODY, headers={"Prefer": "respond-async"})).headers["location"]
    assert "progress" not in (await acme.get(location)).json()
    progress = Progress()
    progress.begin("generate", picture=1)
    ledger, render_id = RequestLedger(database), location.rpartition("/")[2]
    await in_thread(lambda: ledger.claim("acme", render_id, run_id="r", progress=progress.told()))
    found = (await acme.get(location)).json()
    assert faults("render_status", found) == []
    assert (found["progress"]["step"], found["progress"]["picture"]) == ("generate", 1)
    assert [step["step"] for step in found["progress"]["done"]] == ["validate"]


async def test_broken_guardrails_are_said_in_the_audit(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    answer, _ = await asyncio.gather(
        acme.post("/render", json=BODY), _when_asked(worker, violations=["contrast 2.1 < 4.5"])
    )
    assert answer.json()["audit"]["guardrails_ok"] is False
    assert answer.json()["assets"][0]["critique"]["violations"] == ["contrast 2.1 < 4.5"]


async def test_respond_async_answers_at_once_and_the_status_url_follows(
    acme: httpx.AsyncClient, worker: DoubleWorker
) -> None:
    answer = await acme.post("/render", json=BODY, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "respond-async"
    assert faults("render_status", answer.json()) == []
    location = answer.headers["location"]
    pending = await acme.get(location)
    assert (pending.status_code, pending.json()["status"]) == (202, "queued")
    await in_thread(worker.finish_renders, "acme")
    done = await acme.get(location)
    assert done.status_code == 200
    assert faults("render_status", done.json()) == []
    assert len(done.json()["assets"]) == 2


async def test_a_wait_that_runs_out_is_a_202_that_names_the_wait(acme: httpx.AsyncClient) -> None:
    answer = await acme.post("/render", json=BODY, headers={"Prefer": "wait=1"})
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "wait=1"
    assert answer.headers["location"] == f"/renders/{answer.json()['render_id']}"


async def test_a_render_that_fails_answers_the_stored_reason(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    error = {"code": "VALIDATION_FAILED", "message": "the canon has no font", "details": {"missing": ["fonts"]}}

    async def fail() -> None:
        while not worker.count_renders("acme"):
            await asyncio.sleep(0.02)
        await in_thread(worker.fail_renders, "acme", error)

    answer, _ = await asyncio.gather(acme.post("/render", json=BODY), fail())
    assert answer.status_code == 422
    assert faults("error_envelope", answer.json()) == []
    details = answer.json()["error"]["details"]
    assert details == {"missing": ["fonts"], "render_id": details["render_id"], "status_url": details["status_url"]}
    assert details["status_url"] == answer.headers["location"]
    status = await acme.get(answer.headers["location"])
    assert (status.status_code, status.json()["status"]) == (200, "failed")
    assert status.json()["error"] == error


async def test_a_render_that_was_given_up_says_so_with_its_ids_and_another_key_tries_again(
    acme: httpx.AsyncClient, worker: DoubleWorker
) -> None:
    async def fail() -> None:
        while not worker.count_renders("acme"):
            await asyncio.sleep(0.02)
        await in_thread(worker.fail_renders, "acme", dict(WHY.worker_killer))

    first, _ = await asyncio.gather(acme.post("/render", json=BODY, headers={"Idempotency-Key": "k1"}), fail())
    again = await acme.post("/render", json=BODY, headers={"Idempotency-Key": "k1"})
    for answer in (first, again):
        assert answer.status_code == 500
        assert faults("error_envelope", answer.json()) == []
        error = answer.json()["error"]
        assert "it is given up; ask again with another Idempotency-Key" in error["message"]
        assert error["details"]["status_url"] == first.headers["location"]
    other = await acme.post("/render", json=BODY, headers={"Idempotency-Key": "k2", "Prefer": "respond-async"})
    assert other.status_code == 202
    assert other.json()["render_id"] != first.json()["error"]["details"]["render_id"]


async def test_an_unavailable_part_is_a_503_with_its_wait(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    error = {"code": "UNAVAILABLE", "message": "the scanner is down", "details": {"retry_after_s": 7.5}}
    asked = await acme.post("/render", json=BODY, headers={"Prefer": "respond-async", "Idempotency-Key": "k"})
    assert asked.status_code == 202
    await in_thread(worker.fail_renders, "acme", error)
    answer = await acme.post("/render", json=BODY, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "8")


async def test_the_same_key_and_body_give_the_same_render(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    headers = {"Idempotency-Key": "order-1"}
    first, _ = await asyncio.gather(acme.post("/render", json=BODY, headers=headers), _when_asked(worker))
    reordered = dict(reversed(BODY.items()))
    second = await acme.post("/render", json=reordered, headers=headers)
    assert second.status_code == 200
    assert second.json()["render_id"] == first.json()["render_id"]
    assert worker.count_renders("acme") == 1


async def test_the_same_key_with_another_body_is_a_422(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    headers = {"Idempotency-Key": "order-1", "Prefer": "respond-async"}
    assert (await acme.post("/render", json=BODY, headers=headers)).status_code == 202
    answer = await acme.post("/render", json={**BODY, "project_id": "other"}, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")
    assert worker.count_renders("acme") == 1


async def test_the_same_key_while_the_first_runs_is_a_409(acme: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "order-1", "Prefer": "respond-async"}
    first = await acme.post("/render", json=BODY, headers=headers)
    answer = await acme.post("/render", json=BODY, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "CONFLICT")
    assert answer.json()["error"]["details"]["render_id"] == first.json()["render_id"]


async def test_twenty_requests_at_once_with_one_key_make_one_render(
    acme: httpx.AsyncClient, worker: DoubleWorker
) -> None:
    headers = {"Idempotency-Key": "order-1", "Prefer": "respond-async"}
    answers = await asyncio.gather(*(acme.post("/render", json=BODY, headers=headers) for _ in range(20)))
    assert sorted({answer.status_code for answer in answers}) == [202, 409]
    assert sum(answer.status_code == 202 for answer in answers) == 1
    assert worker.count_renders("acme") == 1


async def test_an_idempotency_key_is_the_orgs_own(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "order-1", "Prefer": "respond-async"}
    first = await acme.post("/render", json=BODY, headers=headers)
    other = await globex.post("/render", json={**BODY, "project_id": "else"}, headers=headers)
    assert other.status_code == 202
    assert other.json()["render_id"] != first.json()["render_id"]


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a\tb"])
async def test_an_unusable_idempotency_key_is_refused(acme: httpx.AsyncClient, key: str) -> None:
    assert (await acme.post("/render", json=BODY, headers={"Idempotency-Key": key})).status_code == 400


async def test_another_orgs_render_looks_like_none(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    asked = await acme.post("/render", json=BODY, headers={"Prefer": "respond-async"})
    for render_id in (asked.json()["render_id"], "00000000-0000-0000-0000-000000000000", "x"):
        answer = await globex.get(f"/renders/{render_id}")
        assert (answer.status_code, answer.json()["error"]["message"]) == (404, "no such render")


TEMPLATE = "00000000-0000-4000-8000-000000000001"


def _with(path: str, value: Any) -> dict[str, Any]:
    head, _, tail = path.partition(".")
    inner = BODY.get(head)
    assert tail == "" or isinstance(inner, dict)
    return {**BODY, head: {**inner, tail: value} if tail and isinstance(inner, dict) else value}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (_with("outputs.count", 0), "$.outputs.count"),
        (_with("outputs.count", 7), "$.outputs.count"),
        (_with("outputs.count", True), "$.outputs.count"),
        (_with("outputs.format", "gif"), "$.outputs.format"),
        (_with("outputs.dimensions", "1200x630\n"), "$.outputs.dimensions"),
        (_with("outputs.dimensions", "99999x99999"), "$.outputs.dimensions"),
        (_with("outputs.dimensions", "10x10"), "$.outputs.dimensions"),
        (_with("prompts.instruction", "hi"), "$.prompts.instruction"),
        (_with("prompts.instruction", None), "$.prompts.instruction"),
        (_with("prompts.instruction", "x" * 9_000), "$.prompts.instruction"),
        (_with("prompts.references", [""]), "$.prompts.references[0]"),
        (_with("project_id", ""), "$.project_id"),
        (_with("project_id", "a\u0000b"), "$.project_id"),
        (_with("constraints", {"palette_hex": ["red"]}), "$.constraints.palette_hex[0]"),
        (_with("plan", {"goal": "no", "ops": [], "safety": {}}), "$.plan.goal"),
        (_with("plan", {"goal": "a poster", "ops": ["repaint"], "safety": {}}), "$.plan.ops[0]"),
        (_with("plan_id", "../rival/plans/0"), "$.plan_id"),
        (_with("plan_id", f"{TEMPLATE}/6"), "$.plan_id"),
        ({**_with("plan_id", TEMPLATE), "plan": {"goal": "a poster", "ops": [], "safety": {}}}, "$.plan_id"),
        ({**_with("prompts.task", "variations"), "plan_id": TEMPLATE}, "$.prompts.task"),
        ({**_with("outputs.count", 2), "plan_id": TEMPLATE}, "$.outputs.count"),
    ],
)
async def test_a_body_that_breaks_its_contract_is_refused_with_the_path(
    acme: httpx.AsyncClient, worker: DoubleWorker, body: dict[str, Any], path: str
) -> None:
    answer = await acme.post("/render", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")
    assert [fault["path"] for fault in answer.json()["error"]["details"]["errors"]] == [path]
    assert worker.count_renders("acme") == 0
