import re

import httpx
import pytest
import yaml

from tests.sgd_api.http.description import description


async def test_the_front_says_what_this_is_and_where_to_go_on(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/")
    assert answer.status_code == 200
    for name in ("openapi", "docs", "health"):
        assert (await anonymous.get(answer.json()[name])).status_code == 200


async def test_the_description_is_the_projects_file(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/openapi.yaml")
    assert answer.headers["content-type"].startswith("application/yaml")
    assert yaml.load(answer.text, yaml.CSafeLoader) == description()


async def test_the_page_names_every_operation_and_loads_nothing(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/docs")
    for path in description()["paths"]:
        assert path in answer.text
    assert not re.search(r"<script|src=|https?://", answer.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/docs", "/openapi.yaml", "/docs/swagger", "/docs/redoc", "/docs/files/swagger-start.js"]
)
async def test_what_describes_the_api_may_be_kept_at_an_edge_and_is_asked_for_anew_by_its_tag(
    anonymous: httpx.AsyncClient, path: str
) -> None:
    answer = await anonymous.get(path)
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert "set-cookie" not in answer.headers
    again = await anonymous.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    other = await anonymous.get(path, headers={"If-None-Match": '"of another release"'})
    assert (other.status_code, other.content) == (200, answer.content)


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/metrics", "/docs"])
async def test_head_is_get_without_its_body(anonymous: httpx.AsyncClient, path: str) -> None:
    head, get = await anonymous.head(path), await anonymous.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


async def test_head_needs_the_key_that_get_needs(anonymous: httpx.AsyncClient, acme: httpx.AsyncClient) -> None:
    assert (await anonymous.head("/uploads")).status_code == 401
    assert (await acme.head("/uploads")).status_code == 200


async def test_a_405_names_every_method_of_its_path(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.put("/canon/derive")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    answer = await anonymous.post("/assets/org/a/public/x.png")
    assert answer.headers["allow"] == "GET, HEAD"
