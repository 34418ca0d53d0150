"""Swagger UI and ReDoc come whole from this service, and their policy lets them ask nobody else."""

import re
import sys
from collections.abc import AsyncIterator

import httpx
import pytest

from sgd_api.http.app import create_app
from sgd_api.http.routes.explorers import parts
from sgd_resources.contracts import faults
from sgd_resources.errors import BrokenContract
from sgd_resources.settings import Settings
from tests.sgd_api.conftest import BASE_URL

PAGES = {
    "/docs/swagger": {"swagger-ui.css", "swagger-ui-bundle.js", "swagger-start.js", "favicon.png"},
    "/docs/redoc": {"redoc.standalone.js", "redoc-start.js", "favicon.png"},
}
TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "png": "image/png"}
each_page = pytest.mark.parametrize("path", sorted(PAGES))


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Of an app without services: what stands here needs none."""
    transport = httpx.ASGITransport(create_app(Settings(_env_file=None)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as made:
        yield made


@each_page
async def test_a_page_loads_its_files_from_this_service_alone(client: httpx.AsyncClient, path: str) -> None:
    page = await client.get(path)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    loaded = re.findall(r"(?:src|href)=([^ >]+)", page.text)
    assert {address.removeprefix("/docs/files/") for address in loaded} == PAGES[path]
    for address in loaded:
        answer = await client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, TYPES[address.rpartition(".")[2]])
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert len(answer.content) > 50


@each_page
async def test_the_policy_allows_no_other_host_no_script_in_the_page_and_no_frame(
    client: httpx.AsyncClient, path: str
) -> None:
    page = await client.get(path)
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    allowed = {word for sources in policy.values() for word in sources.split()}
    assert allowed == {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
    assert [name for name, sources in policy.items() if "'unsafe-inline'" in sources] == ["style-src"]
    assert re.findall(r"<script[^>]*>([^<]+)", page.text) == []


async def test_the_start_of_each_reads_our_description_and_keeps_no_key(client: httpx.AsyncClient) -> None:
    swagger = (await client.get("/docs/files/swagger-start.js")).text
    redoc = (await client.get("/docs/files/redoc-start.js")).text
    assert '"/openapi.yaml"' in swagger
    assert '"/openapi.yaml"' in redoc
    assert "validatorUrl: null" in swagger
    assert "persistAuthorization: false" in swagger


async def test_a_file_that_did_not_change_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/docs/files/swagger-ui.css")
    again = await client.get("/docs/files/swagger-ui.css", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("name", ["core.py", "..%2Fcore.py", "..%2f__init__.py", "swagger-ui.css%00", "SWAGGER-UI.CSS"])
async def test_nothing_else_of_the_installation_is_handed_out(client: httpx.AsyncClient, name: str) -> None:
    answer = await client.get(f"/docs/files/{name}")
    assert answer.status_code == 404
    assert faults("error_envelope", answer.json()) == []


def test_no_code_of_the_wheel_runs() -> None:
    parts.part.cache_clear()
    parts.part("swagger-ui.css")
    assert parts.WHEEL not in sys.modules


def test_a_missing_wheel_is_said_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    parts.part.cache_clear()
    monkeypatch.setattr(parts, "WHEEL", "no_such_wheel")
    with pytest.raises(BrokenContract, match="not installed") as told:
        parts.part("swagger-ui.css")
    assert told.value.details == {"package": "no_such_wheel"}
