"""One part is down: what is served without it, what is refused, and that `GET /readyz` tells which."""

from dataclasses import replace
from typing import Any

import httpx
import orjson
import pytest
import redis

from sgd_api.http.bodies.listings import Dependency
from sgd_api.http.callers.rate_limits import RateLimiter
from sgd_api.http.degraded import degradations
from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.errors import Unavailable
from sgd_resources.lazy import Lazy
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.shown.view import ALIVE_KEY, PROCESS_KEY
from sgd_resources.observed.samples import samples_of
from sgd_resources.ports import ObjectStore, VectorStore
from sgd_resources.postgres.engine import Database
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes.vectors import FakeVectorStore
from tests.sgd_api.conftest import make_key, serving
from tests.sgd_api.http.routes.test_renders import BODY

LATER = {"Prefer": "respond-async"}
UPLOAD: dict[str, Any] = {"files": {"files": ("a.svg", b"<svg/>")}, "data": {"project_id": "p"}}


class NoVectors(FakeVectorStore):
    """A vector store that cannot be reached."""

    def count(self, org_id: str) -> int:
        raise Unavailable("the vector store cannot be reached")

    def search(self, *args: Any, **kwargs: Any) -> Any:
        raise Unavailable("the vector store cannot be reached", retry_after_s=7)


class NoStore(LocalObjectStore):
    """An object store that answers 5xx."""

    def check(self) -> None:
        raise Unavailable("the object store cannot be reached")

    def writer(self, *args: Any, **kwargs: Any) -> Any:
        raise Unavailable("the object store cannot be reached")


def _part(name: str, state: Any) -> Dependency:
    return Dependency(name=name, state=state, latency_ms=1.0)


async def _ready(client: httpx.AsyncClient) -> tuple[int, str, list[tuple[str, list[str]]]]:
    answer = await client.get("/readyz")
    assert faults("readiness", answer.json()) == []
    told = [(one["part"], one["effects"]) for one in answer.json().get("degraded", [])]
    return answer.status_code, answer.json()["status"], told


def test_every_part_that_can_be_down_has_something_that_follows() -> None:
    parts = ("object_store", "postgres", "redis", "vectors")
    assert [one.part for one in degradations([_part(name, "down") for name in parts])] == list(parts)
    assert degradations([_part(name, "up") for name in parts]) == ()
    assert degradations([], ["b/2", "a/1"])[0].models == ("a/1", "b/2")


@pytest.mark.embedded
async def test_without_redis_requests_are_served_under_limits_of_this_process_and_told_so(
    app_services: Services, database: Database
) -> None:
    gone = redis.Redis.from_url("unix:///nowhere/redis.sock")
    limiter = RateLimiter(gone, on_decision=app_services.metrics.local_limits.set)
    few = app_services.settings.model_copy(update={"sgd_rate_limit_per_min": 3})
    async with serving(replace(app_services, redis=gone, limiter=limiter, settings=few)) as client:
        assert await _ready(client) == (
            200, "degraded", [("redis", ["local_rate_limits", "caches_off", "model_calls_refused"])]
        )  # fmt: skip
        client.headers.update({"X-API-Key": make_key(database, "acme"), **LATER})
        answers = [
            await client.get("/v1/templates"), await client.post("/render", json=BODY),
            await client.post("/uploads", **UPLOAD), await client.get("/uploads"),
        ]  # fmt: skip
        assert [answer.status_code for answer in answers] == [200, 202, 201, 429]
        assert {answer.headers["X-SGD-Degraded"] for answer in answers} == {"local_rate_limits"}
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert "sgd_rate_limits_local 1.0" in (await client.get("/metrics")).text


@pytest.mark.embedded
async def test_without_vectors_search_is_a_503_and_renders_and_uploads_are_taken(
    app_services: Services, database: Database
) -> None:
    vectors: Lazy[VectorStore] = Lazy(NoVectors)
    async with serving(replace(app_services, vectors=vectors)) as client:
        assert await _ready(client) == (200, "degraded", [("vectors", ["search_unavailable", "ingest_held"])])
        client.headers.update({"X-API-Key": make_key(database, "acme"), **LATER})
        refused = await client.get("/search", params={"q": "blue"})
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "7")
        assert (await client.post("/render", json=BODY)).status_code == 202
        assert (await client.post("/uploads", **UPLOAD)).status_code == 201
        assert (await client.post("/ingest", json={"project_id": "p", "assets": []})).status_code == 202


@pytest.mark.embedded
async def test_without_postgres_nothing_is_accepted_and_nothing_is_left_in_the_store(
    app_services: Services, database: Database, store: LocalObjectStore
) -> None:
    nowhere = Database("postgresql+psycopg://sgd_app@/sgd?host=/nowhere")
    async with serving(replace(app_services, database=nowhere)) as client:
        assert await _ready(client) == (503, "not_ready", [("postgres", ["nothing_accepted"])])
        client.headers.update({"X-API-Key": make_key(database, "acme"), **LATER})
        for answer in (
            await client.post("/render", json=BODY), await client.post("/uploads", **UPLOAD),
            await client.post("/ingest", json={"project_id": "p", "assets": []}),
        ):  # fmt: skip
            assert (answer.status_code, answer.json()["error"]["code"]) == (503, "UNAVAILABLE")
            assert int(answer.headers["retry-after"]) >= 1
    assert list(store.list("org/")) == []


@pytest.mark.embedded
async def test_without_the_object_store_an_upload_is_refused_and_no_row_tells_of_it(
    app_services: Services, database: Database, store: LocalObjectStore
) -> None:
    broken: ObjectStore = NoStore(store._root)
    async with serving(replace(app_services, store=broken)) as client:
        assert await _ready(client) == (503, "not_ready", [("object_store", ["files_unavailable"])])
        client.headers.update({"X-API-Key": make_key(database, "acme"), **LATER})
        refused = await client.post("/uploads", **UPLOAD)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "UNAVAILABLE")
        assert (await client.get("/uploads")).json()["uploads"] == []


@pytest.mark.embedded
async def test_models_that_some_process_asks_less_are_named(app_services: Services) -> None:
    metrics = LlmMetrics()
    metrics.throttled.labels("acme/slow-1").set(1)
    metrics.throttled.labels("acme/good-1").set(0)
    body = orjson.dumps({"gauges": samples_of(metrics.registry)[0], "breakers": {}})
    app_services.redis.zadd(ALIVE_KEY, {"worker": 9e15})
    app_services.redis.hset(f"{PROCESS_KEY}worker", "body", body)
    async with serving(app_services) as client:
        assert await _ready(client) == (200, "degraded", [("models", ["models_throttled"])])
        assert (await client.get("/readyz")).json()["degraded"][0]["models"] == ["acme/slow-1"]
