"""Nothing but health, metrics and signed pictures answers without a key; the org comes from the key alone."""

import subprocess
import sys
from dataclasses import replace

import httpx
import pytest
import redis

from sgd_api.http.callers.rate_limits import RateLimiter
from sgd_api.http.openapi import PUBLIC_PATHS
from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys
from tests.sgd_api.conftest import make_key, serving
from tests.sgd_api.http.description import description

ROUTES = sorted((method.upper(), path) for path, methods in description()["paths"].items() for method in methods)
CLOSED = [(method, path) for method, path in ROUTES if path not in PUBLIC_PATHS]


def test_every_route_is_known_to_this_test() -> None:
    assert len(CLOSED) == 77
    assert {path for _, path in ROUTES} >= PUBLIC_PATHS


@pytest.mark.parametrize(("method", "path"), CLOSED)
async def test_a_closed_route_answers_nobody_without_a_key(
    anonymous: httpx.AsyncClient, method: str, path: str
) -> None:
    concrete = (
        path.replace("{upload_id}", "x")
        .replace("{render_id}", "x")
        .replace("{job_id}", "x")
        .replace("{version}", "x")
        .replace("{key_id}", "x")
    )
    answer = await anonymous.request(method, concrete)
    assert answer.status_code == 401
    assert faults("error_envelope", answer.json()) == []
    assert answer.json()["error"]["code"] == "UNAUTHORIZED"
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ["/openapi.json", "/redoc", "/uploads/", "/studio", "/docs/"])
async def test_there_are_no_other_open_pages(anonymous: httpx.AsyncClient, path: str) -> None:
    answer = await anonymous.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


async def test_a_wrong_method_is_a_405_in_the_envelope(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.patch("/uploads")
    assert answer.status_code == 405
    assert faults("error_envelope", answer.json()) == []
    assert set(answer.headers["allow"].split(", ")) >= {"GET", "HEAD", "POST"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer sgd_" + "x" * 43},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic c2dkOnNnZA=="},
        {"Authorization": "Bearer sgd_'; DROP TABLE orgs; --"},
        {"X-API-Key": ""},
        {"X-API-Key": "sgd_" + "x" * 5_000},
    ],
)
async def test_a_credential_that_is_no_key_is_refused(anonymous: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await anonymous.get("/uploads", headers=headers)).status_code == 401


async def test_both_headers_carry_a_key_but_not_two_different_ones(
    anonymous: httpx.AsyncClient, database: Database
) -> None:
    one, two = make_key(database, "acme"), make_key(database, "globex")
    assert (await anonymous.get("/uploads", headers={"X-API-Key": one})).status_code == 200
    assert (await anonymous.get("/uploads", headers={"Authorization": f"bearer {one}"})).status_code == 200
    both = {"Authorization": f"Bearer {one}", "X-API-Key": two}
    assert (await anonymous.get("/uploads", headers=both)).status_code == 401


async def test_a_revoked_key_ends_at_once(anonymous: httpx.AsyncClient, database: Database) -> None:
    key = make_key(database, "acme")
    assert (await anonymous.get("/uploads", headers={"X-API-Key": key})).status_code == 200
    with database.org_transaction("acme") as connection:
        keys.revoke_key(connection, "acme", keys.list_keys(connection, "acme")[0].key_id)
    assert (await anonymous.get("/uploads", headers={"X-API-Key": key})).status_code == 401


async def test_headers_that_name_an_org_are_not_read(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    form = {"files": ("a.svg", b"<svg/>", "image/svg+xml")}
    await acme.post("/uploads", files=form, data={"project_id": "p"})
    spoofed = {"X-Org": "acme", "X-Org-Id": "acme", "X-User": "root", "X-Consumer-Username": "acme"}
    assert (await globex.get("/uploads", headers=spoofed)).json() == {"uploads": []}


async def test_failed_logins_are_limited_per_address_and_good_keys_go_on_working(
    app_services: Services, database: Database
) -> None:
    narrow = replace(
        app_services, settings=app_services.settings.model_copy(update={"sgd_rate_limit_failed_logins_per_min": 3})
    )
    good = {"X-API-Key": make_key(database, "acme")}
    async with serving(narrow) as client:
        guesses = [await client.get("/uploads", headers={"X-API-Key": f"sgd_{n:040}"}) for n in range(4)]
        assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]
        assert guesses[3].json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
        assert 1 <= int(guesses[3].headers["retry-after"]) <= 60
        assert (await client.get("/uploads")).status_code == 429
        assert (await client.get("/uploads", headers=good)).status_code == 200


async def test_answers_carry_the_limits_and_a_refusal_an_honest_wait(
    app_services: Services, database: Database
) -> None:
    narrow = replace(app_services, settings=app_services.settings.model_copy(update={"sgd_rate_limit_per_min": 3}))
    async with serving(narrow) as client:
        client.headers["X-API-Key"] = make_key(database, "acme")
        answers = [await client.get("/uploads") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[0].headers["ratelimit-policy"].split(", ")[0] == '"default";q=3;w=60'
        assert answers[0].headers["ratelimit"].startswith('"default";r=2;t=')
        assert answers[3].json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
        assert 1 <= int(answers[3].headers["retry-after"]) <= 60
        client.headers["X-API-Key"] = make_key(database, "globex")
        assert (await client.get("/uploads")).status_code == 200


async def test_without_redis_requests_are_still_served_and_counted(app_services: Services, database: Database) -> None:
    metrics = app_services.metrics
    gone = redis.Redis.from_url("unix:///nowhere/redis.sock")
    limiter = RateLimiter(gone, on_fallback=metrics.limiter_fallback.inc)
    async with serving(replace(app_services, limiter=limiter)) as client:
        answer = await client.get("/uploads", headers={"X-API-Key": make_key(database, "acme")})
        assert answer.status_code == 200
        assert "sgd_rate_limiter_fallback_total 1.0" in (await client.get("/metrics")).text


async def test_a_request_id_of_the_client_comes_back_but_not_a_hostile_one(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/uploads", headers={"X-Request-ID": "trace-12345678"})
    assert answer.headers["x-request-id"] == answer.json()["error"]["request_id"] == "trace-12345678"
    hostile = await anonymous.get("/uploads", headers={"X-Request-ID": 'x" onload="'})
    assert len(hostile.headers["x-request-id"]) == 32


async def test_the_access_log_is_one_json_line_without_secrets(
    anonymous: httpx.AsyncClient, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    import json

    key = make_key(database, "acme")
    with caplog.at_level("INFO", logger="sgd.access"):
        await anonymous.get("/search", params={"q": "our secret plan signature=s3cr3t"}, headers={"X-API-Key": key})
    line = json.loads(caplog.records[-1].getMessage())
    assert (line["route"], line["org_id"], line["status"]) == ("/search", "acme", 200)
    assert not any(word in caplog.text for word in (key, "secret plan", "s3cr3t"))


async def test_an_unexpected_failure_is_an_envelope_without_its_cause(
    app_services: Services, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(RateLimiter):
        def decide(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]  # never returns
            raise RuntimeError("password=hunter2")

    async with serving(replace(app_services, limiter=Broken(app_services.redis))) as client:
        answer = await client.get("/uploads", headers={"X-API-Key": make_key(database, "acme")})
    assert answer.status_code == 500
    assert faults("error_envelope", answer.json()) == []
    assert "hunter2" not in answer.text
    assert "hunter2" in caplog.text


@pytest.mark.slow
def test_the_app_starts_without_dagster_torch_or_qdrant() -> None:
    heavy = ("dagster", "torch", "qdrant_client", "onnxruntime", "pypdfium2", "PIL")
    code = (
        f"import sys, sgd_api.http.app, sgd_api.http.services; print([name for name in {heavy} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
