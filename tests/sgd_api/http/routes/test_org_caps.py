"""What one org may have under way: jobs and bytes. Beyond it 429 with the time to come back; others notice nothing."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from tests.sgd_api.conftest import make_key, serving
from tests.sgd_api.http.routes.test_renders import BODY

BATCH = {**BODY, "outputs": {"format": "png", "sizes": ["1200x630"]}, "rows": [{"a": "1"}]}
LATER = {"Prefer": "respond-async"}
ASKING: list[tuple[str, dict[str, Any]]] = [
    ("/render", BODY),
    ("/render/batch", BATCH),
    ("/ingest", {"project_id": "p", "assets": []}),
    ("/canon/derive", {"project_id": "p", "evidence_ids": []}),
    ("/v1/jobs", {"job_type": "render", "request_params": BODY}),
]


def capped(services: Services, **caps: int) -> Services:
    return replace(services, settings=services.settings.model_copy(update=caps))


def _is_told_to_wait(answer: httpx.Response, detail: str) -> bool:
    assert answer.status_code == 429, answer.text
    assert faults("error_envelope", answer.json()) == []
    error = answer.json()["error"]
    return (
        error["code"] == "RATE_LIMIT_EXCEEDED"
        and detail in error["details"]
        and int(answer.headers["retry-after"]) == error["details"]["retry_after_s"] >= 1
    )


@pytest.mark.embedded
async def test_no_address_gives_an_org_more_open_jobs_than_its_cap(app_services: Services, database: Database) -> None:
    async with serving(capped(app_services, sgd_jobs_open_per_org=1)) as client:
        client.headers.update({"X-API-Key": make_key(database, "acme"), **LATER})
        first = await client.post("/render", json=BODY, headers={"Idempotency-Key": "one"})
        assert first.status_code == 202
        for path, body in ASKING:
            assert _is_told_to_wait(await client.post(path, json=body), "max_jobs_open"), path
        # What was accepted is found again, and does not count as another.
        again = await client.post("/render", json=BODY, headers={"Idempotency-Key": "one"})
        assert (again.status_code, again.json()["error"]["code"]) == (409, "CONFLICT")
        assert [job["job_id"] for job in (await client.get("/v1/jobs")).json()["jobs"]] == [first.json()["render_id"]]
        client.headers["X-API-Key"] = make_key(database, "globex")
        assert (await client.post("/render", json=BODY)).status_code == 202


@pytest.mark.embedded
async def test_bytes_under_way_have_a_cap_by_org_whichever_address_takes_them(
    app_services: Services, database: Database
) -> None:
    services = capped(app_services, sgd_bytes_in_flight_per_org=5_000)
    async with serving(services) as client:
        client.headers.update({"X-API-Key": make_key(database, "acme"), **LATER})
        upload: dict[str, Any] = {"files": {"files": ("a.svg", b"<svg/>")}, "data": {"project_id": "p"}}
        slow = services.bodies_in_flight.enter("acme", 4_990)
        for answer in (await client.post("/render", json=BODY), await client.post("/uploads", **upload)):
            assert _is_told_to_wait(answer, "max_bytes_in_flight")
        client.headers["X-API-Key"] = make_key(database, "globex")
        assert (await client.post("/uploads", **upload)).status_code == 201
        client.headers["X-API-Key"] = make_key(database, "acme")
        services.bodies_in_flight.leave(slow)
        assert (await client.post("/uploads", **upload)).status_code == 201
        assert services.bodies_in_flight.bytes_of("acme") == 0
