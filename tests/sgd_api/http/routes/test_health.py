from dataclasses import replace

import httpx
import redis

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from tests.sgd_api.conftest import make_key, serving


async def test_liveness_says_which_process_answers(anonymous: httpx.AsyncClient, app_services: Services) -> None:
    answer = await anonymous.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "instance": app_services.instance_id})


async def test_readiness_names_each_dependency(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/readyz")
    assert answer.status_code == 200
    assert faults("readiness", answer.json()) == []
    states = {found["name"]: found["state"] for found in answer.json()["dependencies"]}
    assert states == {"object_store": "up", "postgres": "up", "redis": "up", "vectors": "up"}


async def test_a_dependency_that_is_down_is_named_and_makes_503(app_services: Services, database: Database) -> None:
    gone = redis.Redis.from_url("unix:///nowhere/redis.sock")
    nowhere = Database("postgresql+psycopg://sgd_app@/sgd?host=/nowhere")
    async with serving(replace(app_services, redis=gone, database=nowhere)) as client:
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert faults("readiness", answer.json()) == []
        states = {found["name"]: found["state"] for found in answer.json()["dependencies"]}
        assert (states["redis"], states["postgres"], states["vectors"]) == ("down", "down", "up")
        assert 'sgd_dependency_up{name="redis"} 0.0' in (await client.get("/metrics")).text
        client.headers["X-API-Key"] = make_key(database, "acme")
        refused = await client.get("/uploads")
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "UNAVAILABLE")
        assert int(refused.headers["retry-after"]) >= 1


async def test_metrics_count_by_route_template(anonymous: httpx.AsyncClient, acme: httpx.AsyncClient) -> None:
    await acme.get("/uploads/3f8a1b52-6d0e-4c1c-9d3b-1f2e3d4c5b6a")
    text = (await anonymous.get("/metrics")).text
    assert 'sgd_http_requests_total{method="GET",route="/uploads/{upload_id}",status="404"} 1.0' in text
    assert "3f8a1b52" not in text
