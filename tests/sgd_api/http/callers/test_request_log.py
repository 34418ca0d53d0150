"""The requests of known callers reach their org's log; a database that is away costs a request nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sgd_api.http.callers import request_log
from sgd_api.http.callers.request_log import RequestLog
from sgd_api.http.services import Services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.whole.request_log import LoggedRequest, list_requests
from tests.sgd_api.conftest import make_key, serving

ONE = LoggedRequest(datetime(2026, 11, 30, tzinfo=UTC), "request-1", "GET", "/renders", 200, 1.0, 2, "key:k")


def test_what_is_not_taken_waits_and_beyond_the_bound_is_left_out_and_told(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("WARNING", logger="sgd.events")
    monkeypatch.setattr(request_log, "_MOST_WAITING", 3)
    log = RequestLog(Database("postgresql+psycopg://sgd_app@/none?host=/nonexistent"))
    for _ in range(5):
        log.add("acme", ONE)
    assert log.write() == 0
    told = json.loads(caplog.records[-1].message)
    assert (told["event"], told["waiting"], told["left_out"]) == ("requests.not_kept", 3, 2)


@pytest.mark.embedded
async def test_a_request_of_a_known_caller_is_a_row_without_its_path_or_query(
    app_services: Services, database: Database
) -> None:
    key = make_key(database, "acme")
    services = replace(app_services, request_log=RequestLog(database))
    async with serving(services) as client:
        found = await client.get("/renders?project_id=mine", headers={"X-API-Key": key})
        await client.get("/jobs/secret-path", headers={"X-API-Key": key})
        await client.get("/renders", headers={"X-API-Key": "sgd_" + "q" * 40})
    with database.org_transaction("acme") as connection:
        rows = list_requests(connection, "acme", limit=9)
    assert [(row.method, row.route, row.status) for row in rows] == [
        ("GET", "/jobs/{job_id}", 404), ("GET", "/renders", 200),
    ]  # fmt: skip
    assert rows[1].request_id == found.headers["x-request-id"]
    assert rows[1].caller.startswith("key:")
    assert rows[1].sent_bytes == len(found.content)
    assert "mine" not in str(rows)
    assert "secret-path" not in str(rows)
