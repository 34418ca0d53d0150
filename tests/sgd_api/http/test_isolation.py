"""Whatever address stands in the API's description: another org, with a good key, gets nothing of this one.

Made from the OpenAPI file, so that a new route is covered by being described; one whose path has a parameter that
nobody told of here fails. The same answer for an id of another org and for one of nobody is the same path of code.
"""

import json
import re
from collections.abc import AsyncIterator
from functools import cache
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from sgd_api.http.contract_files import MODELS
from sgd_api.http.services import Services
from sgd_resources.contracts import CONTRACTS_DIR
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys
from sgd_resources.postgres.rows.whole.erasure import org_tables
from tests.sgd_api.conftest import BASE_URL, make_key
from tests.sgd_api.http.description import description
from tests.sgd_resources.postgres.test_tenancy import SHA, fill

UUID, NO_UUID = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
KEY, NO_KEY = f"org/acme/public/renders/{UUID}/0.png", f"org/acme/public/renders/{NO_UUID}/0.png"
IDS = {
    **dict.fromkeys(("upload_id", "job_id", "render_id", "batch_id", "review_id", "delivery_id"), (UUID, NO_UUID)),
    "evidence_sha256": (SHA, "b" * 64),
    "version": (SHA, "b" * 64),
    "fact_id": (SHA[:16], "b" * 16),
    "key": (KEY, NO_KEY),
    "key_id": ("k", "key_0000000000000000"),
    "schema_id": ("sch_0123456789abcdef", "sch_0000000000000000"),
    "template_id": ("tpl_0123456789abcdef", "tpl_0000000000000000"),
    "webhook_id": ("whk_0123456789abcdef", "whk_0000000000000000"),
    "pattern": ("*", "none:*"),
}
"""Of a parameter of a path: what acme has, and what nobody has."""
QUERIES = {"q": "a", "from": SHA, "format": "json", "confirm": "acme", "key": KEY}
"""Of a query that must be there, as a nosy org would put it."""
MARKS = (UUID, SHA, "sch_0123456789abcdef", "tpl_0123456789abcdef", "whk_0123456789abcdef", "org/acme", "acme-mark")
ANSWERS_ALIKE = {("delete", "/v1/cache/{pattern}")}
"""Routes whose parameter is no id: they answer about the caller's own org, whatever is asked."""


@cache
def all_operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of each that is described."""
    return [
        (method, path, operation)
        for path, item in description()["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]


def body_of(operation: dict[str, Any]) -> dict[str, Any]:
    """What is sent: the first valid example of the contract, or bytes where none is JSON."""
    content = operation.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    if reference:
        model = reference.rpartition("/")[2]
        name = next(name for name, known in MODELS.items() if known.__name__ == model)
        example = min((CONTRACTS_DIR / "examples" / name / "valid").glob("*.json"))
        return {"json": json.loads(example.read_text("utf-8"))}
    if "multipart/form-data" in content:
        return {"files": {"files": ("a.txt", b"text")}, "data": {"project_id": "p"}}
    return {"content": b"bytes", "headers": {"Content-Type": "application/octet-stream"}} if content else {}


def address(path: str, which: int) -> str:
    return re.sub(r"{(\w+)}", lambda found: IDS[found.group(1)][which], path)


def query_of(operation: dict[str, Any]) -> dict[str, str]:
    wanted = (one for one in operation.get("parameters", ()) if one["in"] == "query" and one.get("required"))
    return {one["name"]: QUERIES[one["name"]] for one in wanted}


async def ask(
    client: httpx.AsyncClient, method: str, path: str, operation: dict[str, Any], which: int
) -> httpx.Response:
    return await client.request(method, address(path, which), params=query_of(operation), **body_of(operation))


def plain(answer: httpx.Response, path: str, which: int) -> tuple[int, str]:
    """Status and body without what differs by request: its id and time, and the id that was asked for."""
    told = answer.text
    for name in re.findall(r"{(\w+)}", path):
        told = told.replace(IDS[name][which], "<id>") if len(IDS[name][which]) > 1 else told
    return answer.status_code, re.sub(r'"(request_id|timestamp)": ?"[^"]*"', "", told)


def rows_of_acme(database: Database) -> list[tuple[str, str]]:
    with database.org_transaction("acme") as connection:
        return [
            (table, row)
            for table in org_tables(connection)
            for row in sorted(connection.scalars(text(f'SELECT t::text FROM "{table}" t')))
        ]


@pytest.fixture
async def nosy(anonymous: httpx.AsyncClient, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Another org, whose key may do everything in it."""
    make_key(database, "globex")
    with database.org_transaction("globex") as connection:
        made = keys.create_key(connection, "globex", label="all", rights=keys.KeyRights(scopes=("*",)))
    headers = {"Authorization": f"Bearer {made.plaintext}"}
    async with httpx.AsyncClient(
        transport=anonymous._transport, base_url=BASE_URL, headers=headers, timeout=30
    ) as client:
        yield client


@pytest.fixture
def acme_has_it_all(database: Database, app_services: Services) -> None:
    make_key(database, "acme")
    with database.org_transaction("acme") as connection:
        fill(connection, "acme", but=("audit_log", "audit_chain"))
    app_services.store.put(KEY, b"acme-mark")


def test_every_parameter_of_a_path_is_known_here() -> None:
    named = {name for _, path, _ in all_operations() for name in re.findall(r"{(\w+)}", path)}
    assert named - set(IDS) == set()


@pytest.mark.usefixtures("acme_has_it_all")
async def test_an_id_of_another_org_is_answered_as_one_of_nobody_on_every_route(
    nosy: httpx.AsyncClient, database: Database
) -> None:
    before, told = rows_of_acme(database), []
    asked = [(method, path, operation) for method, path, operation in all_operations() if "{" in path]
    for method, path, operation in asked:
        theirs = plain(await ask(nosy, method, path, operation, 0), path, 0)
        nobodys = plain(await ask(nosy, method, path, operation, 1), path, 1)
        is_closed = theirs[0] in (401, 403, 404) or (method, path) in ANSWERS_ALIKE
        if theirs != nobodys or not is_closed:
            told.append((method, path, theirs, nobodys))
    assert told == []
    assert len(asked) > 30
    assert rows_of_acme(database) == before


@pytest.mark.usefixtures("acme_has_it_all")
async def test_no_route_tells_another_org_anything_of_this_one(nosy: httpx.AsyncClient, database: Database) -> None:
    before, told = rows_of_acme(database), []
    for method, path, operation in all_operations():
        if "{" in path or path in ("/openapi.yaml", "/docs"):
            continue
        answer = await ask(nosy, method, path, operation, 0)
        sent = str({**query_of(operation), **body_of(operation)})
        found = [mark for mark in MARKS if mark in answer.text and mark not in sent]
        if found:
            told.append((method, path, answer.status_code, found))
    assert told == []
    assert rows_of_acme(database) == before


@pytest.mark.usefixtures("acme_has_it_all")
async def test_the_own_org_finds_what_the_other_does_not(as_org: Any) -> None:
    """The suite looks for things that are there: without this it could not fail."""
    acme, found = as_org("acme"), set()
    for method, path, operation in all_operations():
        if method != "get" or "{" not in path or path.endswith("/events"):
            continue  # a stream of an open job does not end
        if (await ask(acme, method, path, operation, 0)).status_code != 404:
            found.add(path)
    assert found >= {
        "/uploads/{upload_id}", "/jobs/{job_id}", "/v1/jobs/{job_id}", "/renders/{render_id}",
        "/v1/reviews/{review_id}",
        "/v1/schemas/{schema_id}", "/v1/templates/{template_id}", "/v1/webhooks/{webhook_id}",
        "/canon/versions/{version}", "/evidence/{evidence_sha256}/renders",
    }  # fmt: skip


@pytest.mark.usefixtures("acme_has_it_all")
async def test_a_signed_address_of_one_object_opens_no_other(
    anonymous: httpx.AsyncClient, app_services: Services
) -> None:
    app_services.store.put("org/globex/public/mine.png", b"mine")
    url = app_services.store.signed_url("org/globex/public/mine.png", org_id="globex", expires_in_s=60)
    assert (await anonymous.get(url)).content == b"mine"
    stolen = url.replace("org/globex/public/mine.png", KEY)
    assert (await anonymous.get(stolen)).status_code in (401, 403, 404)
    assert "acme-mark" not in (await anonymous.get(stolen.replace("globex", "acme"))).text
