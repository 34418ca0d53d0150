"""Jobs of any kind: asked for at one address, listed, cancelled, followed, and removed after a while."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from sqlalchemy import func, insert, select, update

from sgd_assets.graph.expiry import remove_expired_jobs
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import JobLedger
from sgd_resources.postgres.rows import keys
from sgd_resources.postgres.tables.access import audit_log
from sgd_resources.postgres.tables.models import inference_calls
from sgd_resources.postgres.tables.work import jobs, renders
from sgd_resources.storage.local import LocalObjectStore
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.doubles import DoubleWorker

RENDER: dict[str, Any] = {
    "project_id": "spring",
    "prompts": {"task": "create", "instruction": "a banner"},
    "outputs": {"format": "png", "dimensions": "200x100", "count": 1},
}
BATCH: dict[str, Any] = {
    "project_id": "spring",
    "prompts": {"task": "create"},
    "copy": {"headline": "{city} awaits"},
    "outputs": {"format": "png", "sizes": ["1080x1080"]},
    "rows": [{"city": "Berlin"}, {"city": "Rome"}],
}
INGEST = {"project_id": "spring", "assets": []}
KEPT_S = 86_400


@pytest.fixture
def worker(database: Database, store: LocalObjectStore) -> DoubleWorker:
    return DoubleWorker(database, store)


async def ask(
    client: httpx.AsyncClient, job_type: str, params: dict[str, Any], *, key: str | None = None, **more: Any
) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return await client.post("/v1/jobs", json={"job_type": job_type, "request_params": params, **more}, headers=headers)


async def begin(database: Database, job_id: str) -> None:
    ledger = JobLedger(database)
    assert await in_thread(lambda: ledger.claim("acme", job_id, run_id="run-1")) is not None


@pytest.mark.parametrize(
    ("job_type", "params"), [("render", RENDER), ("batch", BATCH), ("ingest", INGEST), ("canon", {"project_id": "p"})]
)
async def test_a_job_of_each_kind_is_queued_at_one_address_and_tells_its_metadata_back(
    acme: httpx.AsyncClient, job_type: str, params: dict[str, Any]
) -> None:
    if job_type == "canon":
        params = {**params, "evidence_ids": []}
    answer = await ask(acme, job_type, params, metadata={"ticket": "A-17", "deep": [1, None]})
    job = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (202, job["status_url"])
    assert faults("job", job) == []
    assert (job["job_type"], job["status"], job["metadata"]) == (
        job_type,
        "queued",
        {"ticket": "A-17", "deep": [1, None]},
    )
    again = await acme.get(job["status_url"])
    assert (again.status_code, again.json()) == (202, job)


@pytest.mark.parametrize(
    ("job_type", "params", "path"),
    [
        ("render", {**RENDER, "outputs": {}}, "$.request_params.outputs"),
        ("render", {**RENDER, "dry_run": True}, "$.request_params.dry_run"),
        ("batch", {**BATCH, "rows": [{"town": "x"}]}, "$.request_params"),
        ("ingest", {"assets": []}, "$.request_params"),
        ("canon", {"project_id": ""}, "$.request_params"),
        ("canon", {"project_id": "p", "evidence_ids": [], "else": 1}, "$.request_params.else"),
    ],
)
async def test_parameters_are_held_to_the_contract_of_their_kind(
    acme: httpx.AsyncClient, database: Database, job_type: str, params: dict[str, Any], path: str
) -> None:
    answer = await ask(acme, job_type, params)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")
    assert any(fault["path"].startswith(path) for fault in answer.json()["error"]["details"]["errors"])
    assert (await acme.get("/v1/jobs")).json() == {"jobs": []}


async def test_too_much_metadata_is_refused_and_what_is_not_the_orgs_is_not_found(acme: httpx.AsyncClient) -> None:
    assert (await ask(acme, "ingest", INGEST, metadata={"a": "ä" * 2_050})).status_code == 422
    assert (await ask(acme, "ingest", {**INGEST, "assets": ["nobody"]})).status_code == 404
    assert (await ask(acme, "dance", {})).status_code == 422


async def test_a_key_without_the_scope_of_the_kind_cannot_ask_for_it(
    anonymous: httpx.AsyncClient, acme: httpx.AsyncClient, database: Database
) -> None:
    with database.org_transaction("acme") as connection:
        rights = keys.KeyRights(scopes=("jobs:write", "renders:write"))
        secret = keys.create_key(connection, "acme", rights=rights).plaintext
    headers = {"Authorization": f"Bearer {secret}"}
    for job_type, params, status in (("ingest", INGEST, 403), ("render", RENDER, 202)):
        body = {"job_type": job_type, "request_params": params}
        assert (await anonymous.post("/v1/jobs", json=body, headers=headers)).status_code == status


async def test_the_same_key_gives_the_same_job_once_it_has_ended(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    first = (await ask(acme, "ingest", INGEST, key="k1")).json()
    assert (await ask(acme, "ingest", INGEST, key="k1")).status_code == 409
    assert (await ask(acme, "ingest", {**INGEST, "project_id": "other"}, key="k1")).status_code == 422
    await in_thread(lambda: worker.end_jobs("acme", result={"chunks": 3}))
    again = await ask(acme, "ingest", INGEST, key="k1")
    assert (again.status_code, again.json()["job_id"]) == (200, first["job_id"])
    assert (again.json()["status"], again.json()["result"]) == ("succeeded", {"chunks": 3})


async def test_work_asked_for_at_its_own_address_is_the_same_job_and_kept_for_good(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, worker: DoubleWorker
) -> None:
    later = {"Prefer": "respond-async"}
    render = (await acme.post("/render", json=RENDER, headers=later)).json()
    ingest = (await acme.post("/ingest", json=INGEST, headers=later)).json()
    found = (await acme.get("/v1/jobs")).json()["jobs"]
    assert [job["job_id"] for job in found] == [ingest["job_id"], render["render_id"]]
    assert found[1]["result_url"] == render["status_url"]
    await in_thread(lambda: worker.end_jobs("acme", result={}))
    ended = await acme.get(f"/v1/jobs/{ingest['job_id']}")
    assert (ended.status_code, ended.json()["status"], "expires_at" in ended.json()) == (200, "succeeded", False)
    assert (await globex.get(f"/v1/jobs/{ingest['job_id']}")).status_code == 404
    assert (await globex.post(f"/v1/jobs/{render['render_id']}/cancel")).status_code == 404
    assert (await globex.get("/v1/jobs")).json() == {"jobs": []}


async def test_jobs_are_listed_by_page_type_status_and_time_without_the_items_of_batches(
    acme: httpx.AsyncClient, worker: DoubleWorker
) -> None:
    made = [(await ask(acme, *one)).json() for one in (("ingest", INGEST), ("batch", BATCH), ("render", RENDER))]
    ids = [job["job_id"] for job in reversed(made)]
    first = (await acme.get("/v1/jobs?limit=2")).json()
    rest = (await acme.get(f"/v1/jobs?limit=2&cursor={first['next_cursor']}")).json()
    assert [job["job_id"] for job in (*first["jobs"], *rest["jobs"])] == ids
    assert "next_cursor" not in rest
    assert faults("job_page", first) == []
    await acme.post(f"/v1/jobs/{ids[0]}/cancel")

    async def listed(**query: str) -> list[str]:
        answer = await acme.get("/v1/jobs", params=query)
        assert answer.status_code == 200, answer.text
        return [job["job_id"] for job in answer.json()["jobs"]]

    assert await listed(job_type="batch") == [ids[1]]
    assert await listed(status="cancelled") == [ids[0]]
    assert await listed(job_type="batch", status="cancelled") == []
    assert await listed(created_before=made[1]["created_at"]) == [ids[2]]
    assert await listed(created_after=made[1]["created_at"]) == ids[:2]
    assert (await acme.get("/v1/jobs?status=asleep")).status_code == 422
    assert (await acme.get("/v1/jobs?created_after=yesterday")).status_code == 422


async def test_a_queued_job_is_cancelled_at_once_and_only_once(acme: httpx.AsyncClient, database: Database) -> None:
    job = (await ask(acme, "render", RENDER)).json()
    ended = await acme.post(f"{job['status_url']}/cancel")
    assert (ended.status_code, ended.json()["status"]) == (200, "cancelled")
    assert "expires_at" in ended.json()
    assert (await acme.post(f"{job['status_url']}/cancel")).json() == ended.json()
    with database.org_transaction("acme") as connection:
        told = select(func.count()).where(audit_log.c.org_id == "acme", audit_log.c.action == "job.cancel")
        assert connection.execute(told).scalar_one() == 1


async def test_a_running_job_is_asked_to_end_and_tells_what_it_has_cost(
    acme: httpx.AsyncClient, database: Database
) -> None:
    job = (await ask(acme, "render", RENDER)).json()
    await begin(database, job["job_id"])
    with database.org_transaction("acme") as connection:
        call = {"org_id": "acme", "call_id": job["job_id"], "task": "planner", "outcome": "ok", "cost_usd_micros": 1500,
                "request_id": job["job_id"]}  # fmt: skip
        connection.execute(insert(inference_calls).values(call))
    answer = await acme.post(f"{job['status_url']}/cancel")
    assert (answer.status_code, answer.json()["status"], answer.json()["cancel_requested"]) == (202, "running", True)
    assert (answer.json()["cost_usd"], answer.json()["cost_usd_micros"]) == (0.0015, 1500)


async def test_cancelling_a_batch_ends_what_waits_and_asks_what_runs(
    acme: httpx.AsyncClient, database: Database
) -> None:
    job = (await ask(acme, "batch", BATCH)).json()
    batch = (await acme.get(job["result_url"])).json()
    first, second = (item["render_id"] for item in batch["items"])
    await begin(database, first)
    answer = (await acme.post(f"{job['status_url']}/cancel")).json()
    assert answer["progress"] == {"total": 2, "queued": 0, "running": 1, "succeeded": 0, "failed": 0, "cancelled": 1}
    assert (await acme.get(f"/v1/jobs/{first}")).json()["cancel_requested"] is True
    assert (await acme.get(f"/v1/jobs/{second}")).json()["status"] == "cancelled"
    ledger = JobLedger(database)
    await in_thread(lambda: ledger.fail("acme", first, run_id="run-1", error={"code": "X", "message": "y"}))
    assert (await acme.get(job["status_url"])).json()["status"] == "cancelled"


def events_in(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.split("\n\n") if block]
    return [(block["event"], block["id"], json.loads(block["data"])) for block in blocks if "event" in block]


async def test_the_stream_tells_each_change_and_ends_with_the_end(
    acme: httpx.AsyncClient, database: Database, worker: DoubleWorker
) -> None:
    job = (await ask(acme, "ingest", INGEST)).json()

    async def serve() -> None:
        await asyncio.sleep(0.1)
        await begin(database, job["job_id"])
        await asyncio.sleep(1.5)
        ledger = JobLedger(database)
        await in_thread(lambda: ledger.finish("acme", job["job_id"], run_id="run-1", result={"chunks": 3}))

    answer, _ = await asyncio.gather(acme.get(job["events_url"]), serve())
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = events_in(answer.text)
    assert [(event, data["status"]) for event, _, data in told] == [
        ("progress", "queued"), ("progress", "running"), ("end", "succeeded"),
    ]  # fmt: skip
    assert told[-1][2] == (await acme.get(job["status_url"])).json()
    assert len({event_id for _, event_id, _ in told}) == 3
    resumed = await acme.get(job["events_url"], headers={"Last-Event-ID": told[1][1]})
    assert events_in(resumed.text) == told[-1:]
    seen_all = await acme.get(job["events_url"], headers={"Last-Event-ID": told[-1][1]})
    assert (seen_all.status_code, seen_all.text) == (204, "")


async def test_the_stream_of_another_orgs_job_is_not_found(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    job = (await ask(acme, "ingest", INGEST)).json()
    assert (await globex.get(job["events_url"])).status_code == 404


async def test_a_job_is_removed_with_its_pictures_once_it_was_kept_a_day_and_no_other_is(
    acme: httpx.AsyncClient, worker: DoubleWorker, database: Database, store: LocalObjectStore
) -> None:
    asked = (await ask(acme, "render", RENDER)).json()
    set_of_two = (await ask(acme, "batch", BATCH)).json()
    own = (await acme.post("/render", json=RENDER, headers={"Prefer": "respond-async"})).json()
    await in_thread(lambda: worker.finish_renders("acme"))
    assert await in_thread(remove_expired_jobs, database, store) == 0
    with database.org_transaction("acme") as connection:
        kept = select(jobs.c.expires_at - jobs.c.finished_at).where(jobs.c.job_id == asked["job_id"])
        assert round(connection.execute(kept).scalar_one().total_seconds()) == KEPT_S
        past = update(jobs).where(jobs.c.expires_at.is_not(None)).values(expires_at=func.now())
        connection.execute(past)
    assert await in_thread(remove_expired_jobs, database, store) == 2
    assert (await acme.get(asked["status_url"])).status_code == 404
    assert (await acme.get(set_of_two["status_url"])).status_code == 404
    with database.org_transaction("acme") as connection:
        assert connection.execute(select(renders.c.render_id)).scalars().all() == [own["render_id"]]
    assert [one.key.split("/")[4] for one in store.list("org/acme/public/renders/")] == [own["render_id"]]
    assert (await acme.get(own["status_url"])).json()["status"] == "succeeded"
