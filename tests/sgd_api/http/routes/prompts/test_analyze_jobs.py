"""An analysis asked for as a job: the same answer, failure and review as at its own address, served once."""

from typing import Any

import pytest

from sgd_assets.on_demand.plain.serve import PlainJobs
from sgd_resources.contracts import faults
from sgd_resources.errors import Unavailable
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.rows.queue import JobQueue, OrgShare
from sgd_resources.postgres.tables.access import audit_log
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes import job_ends
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.http.routes.prompts.conftest import ANSWER, PROMPT, Door, Opens, answered

pytestmark = pytest.mark.embedded
SCHEMA = {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer", "minimum": 1}}}


def worker(door: Door, database: Database, store: LocalObjectStore) -> PlainJobs:
    parts: dict[str, Lazy[Any]] = {
        "database": Lazy(lambda: database), "llm": Lazy(lambda: door.gateway), "store": Lazy(lambda: store),
        "drawing": Lazy(FakeConfinedJobs),
    }  # fmt: skip
    return PlainJobs(parts)


async def asked(door: Door, params: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = await door.client.post("/v1/jobs", json={"job_type": "analyze", "request_params": params, **more})
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def served(door: Door, database: Database, store: LocalObjectStore, *, org_id: str = "acme") -> str:
    """The queue's next job, served by a worker."""

    def serve() -> str:
        claim = JobQueue(database, OrgShare(4, is_cap=False)).claim("w", ("analyze", "replay"))
        assert claim is not None
        worker(door, database, store).serve(claim.kind, claim.org_id, claim.job_id, "w")
        return claim.job_id

    return str(await in_thread(serve))


async def test_an_analysis_as_a_job_ends_with_the_answer_of_its_address_and_its_cost(
    door: Opens, database: Database, store: LocalObjectStore
) -> None:
    async with door(answered({"count": 12})) as open_:
        job = await asked(open_, {"prompt": f"  {PROMPT} ", "schema": SCHEMA, "options": {"spans": True}})
        assert await served(open_, database, store) == job["job_id"]
        ended = (await open_.client.get(job["status_url"])).json()
        [row] = open_.ledger.rows
    assert (ended["status"], faults("job", ended)) == ("succeeded", [])
    assert faults("analyze_response", ended["result"]) == []
    assert {name: ended["result"][name] for name in ANSWER} == ANSWER
    assert (ended["result"]["data"], ended["result"]["request_id"]) == ({"count": 12}, job["job_id"])
    assert row.request_id == job["job_id"]


async def test_an_answer_that_stays_broken_fails_the_job_and_waits_for_a_person(
    door: Opens, database: Database, store: LocalObjectStore
) -> None:
    async with door(answered({"count": 0})) as open_:
        job = await asked(open_, {"prompt": PROMPT, "schema": SCHEMA})
        await served(open_, database, store)
        ended = (await open_.client.get(job["status_url"])).json()
        reviews = (await open_.client.get("/v1/reviews")).json()["reviews"]
    assert (ended["status"], ended["error"]["code"]) == ("failed", "VALIDATION_FAILED")
    assert ended["error"]["details"]["validation_errors"][0]["path"] == "$.data.count"
    assert [review["review_id"] for review in reviews] == [ended["error"]["details"]["review_id"]]


async def test_what_is_wrong_with_an_analysis_is_told_at_the_asking(door: Opens) -> None:
    async with door() as open_:
        for params, path in (
            ({}, "$.request_params.prompt"),
            ({"prompt": PROMPT, "schema": {"type": "nothing"}}, "$.request_params.schema"),
            ({"prompt": PROMPT, "else": 1}, "$.request_params.else"),
        ):
            answer = await open_.client.post("/v1/jobs", json={"job_type": "analyze", "request_params": params})
            assert answer.status_code == 422
            assert answer.json()["error"]["details"]["errors"][0]["path"].startswith(path)


async def test_a_second_try_after_a_death_ends_the_job_once(
    door: Opens, database: Database, store: LocalObjectStore
) -> None:
    async with door() as open_:
        job = await asked(open_, {"prompt": PROMPT})
        first = worker(open_, database, store)

        def die(*_: Any, **__: Any) -> bool:
            raise KeyboardInterrupt

        first._rows.finish = die  # type: ignore[method-assign]  # the worker dies before its row is written
        with pytest.raises(KeyboardInterrupt):
            await in_thread(lambda: first.serve("analyze", "acme", job["job_id"], "w1"))
        assert (await open_.client.get(job["status_url"])).json()["status"] == "running"
        second = worker(open_, database, store)
        for _ in range(2):
            await in_thread(lambda: second.serve("analyze", "acme", job["job_id"], "w2"))
        assert (await open_.client.get(job["status_url"])).json()["status"] == "succeeded"
    with database.org_transaction("acme") as connection:
        ends = connection.execute(audit_log.select().where(audit_log.c.action == "analyze.succeeded")).all()
    assert len(ends) == 1


async def test_a_database_that_went_away_ends_nothing(
    door: Opens, database: Database, store: LocalObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with door() as open_:
        job = await asked(open_, {"prompt": PROMPT})
        serving = worker(open_, database, store)

        class OperationalError(Exception):
            """Named as the driver's."""

        def lost(*_: Any) -> dict[str, Any]:
            raise Unavailable("the database cannot be reached") from OperationalError()

        serving._steps = {"analyze": lost}  # the connection goes in the middle
        with pytest.raises(Unavailable):
            await in_thread(lambda: serving.serve("analyze", "acme", job["job_id"], "w"))
        assert (await open_.client.get(job["status_url"])).json()["status"] == "running"


async def test_a_replay_is_of_a_render_of_the_org_that_has_succeeded(
    door: Opens, database: Database, store: LocalObjectStore
) -> None:
    async with door() as open_:
        with database.org_transaction("acme") as connection:
            row, _ = renders.create_request(connection, "acme", project_id="p", body={}, idempotency_key=None)
        params = {"render_id": str(row.render_id)}

        async def ask(render_id: str) -> int:
            body = {"job_type": "replay", "request_params": {"render_id": render_id}}
            answer = await open_.client.post("/v1/jobs", json=body)
            return int(answer.status_code)

        assert await ask("11111111-1111-4111-8111-111111111111") == 404
        assert await ask(params["render_id"]) == 409
        assert job_ends.succeed(database, "acme", params["render_id"])
        assert await ask(params["render_id"]) == 202
        await served(open_, database, store)
        [job] = (await open_.client.get("/v1/jobs", params={"job_type": "replay"})).json()["jobs"]
    assert (job["status"], job["error"]["code"]) == ("failed", "NOT_FOUND")
