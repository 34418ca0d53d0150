"""The command line's client of the API, against an API that is slow."""

import httpx
import pytest

from sgd_api.api_client import ApiClient
from sgd_resources.errors import Unavailable


def test_a_slow_ingest_still_says_what_became_of_each_file() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url.path}")
        if request.method == "POST":
            return httpx.Response(202, json={}, headers={"Location": "/jobs/j1"})
        if request.url.path == "/jobs/j1":
            done = {"status": "succeeded", "status_url": "/jobs/j1", "result": {"canon_version": "c1"}}
            return httpx.Response(200, json=done)
        return httpx.Response(200, json={"file_name": "a.md", "status": "promoted"})

    with ApiClient("http://sgd.test", "key") as client:
        client._http = httpx.Client(base_url="http://sgd.test", transport=httpx.MockTransport(answer))
        found = client.ingest(["u1", "u1"], project_id="p")
    assert found == {"canon_version": "c1", "files": [{"file_name": "a.md", "status": "promoted"}]}
    assert asked == ["POST /ingest", "GET /jobs/j1", "GET /uploads/u1"]


def test_nobody_waits_for_work_that_nobody_is_left_to_do() -> None:
    def check() -> None:
        raise Unavailable("worker stopped with exit code 1")

    with ApiClient("http://sgd.test", "key", check=check) as client:
        client._http = httpx.Client(
            base_url="http://sgd.test",
            transport=httpx.MockTransport(lambda _: httpx.Response(202, json={}, headers={"Location": "/jobs/j1"})),
        )
        with pytest.raises(Unavailable, match="worker stopped"):
            client.ingest(["u1"], project_id="p")
