"""Whatever POST stands in the API's description: the same request under one key is answered once and works once.

Made from the OpenAPI file, so that a new route is covered by being described.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text

from sgd_api.http.app import ROUTERS
from sgd_api.http.once.entry import REPLAYED
from sgd_api.http.once.key import keeps_its_own
from sgd_api.http.once.shown_once import secrets_of
from sgd_api.http.openapi import PUBLIC_PATHS
from sgd_api.http.services import Services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from sgd_resources.postgres.rows.whole.erasure import org_tables
from tests.sgd_api.conftest import BASE_URL
from tests.sgd_api.http.test_isolation import KEY, address, all_operations, body_of, query_of
from tests.sgd_resources.postgres.test_tenancy import fill

ROUTES = {
    route.path: route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "POST" in (route.methods or ())
}
OWN = {path for path, route in ROUTES.items() if keeps_its_own(route.dependant)}
NAMED = {"Idempotency-Key": "one", "Prefer": "respond-async"}


@cache
def posts() -> list[tuple[str, dict[str, Any]]]:
    """(path, operation) of each."""
    return [
        (path, operation)
        for method, path, operation in all_operations()
        if method == "post" and path not in PUBLIC_PATHS
    ]


def test_every_post_documents_the_key_and_what_it_refuses() -> None:
    for path, operation in posts():
        [header] = [one for one in operation["parameters"] if one["name"] == "Idempotency-Key"]
        assert header["schema"]["maxLength"] == 255, path
        assert {"409", "422"} <= set(operation["responses"]), path


def test_only_what_has_rows_of_its_own_kind_keeps_its_own_keys() -> None:
    assert {"/render", "/render/batch", "/v1/jobs"} == OWN


@pytest.fixture
def of_org(
    anonymous: httpx.AsyncClient, database: Database, app_services: Services
) -> Callable[[str], httpx.AsyncClient]:
    """A client that may do everything in an org that has one of all."""

    def speak(org_id: str) -> httpx.AsyncClient:
        with database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
            fill(connection, org_id, but=("audit_log", "audit_chain", "kept_answers"))
            made = keys.create_key(connection, org_id, label="all", rights=keys.KeyRights(scopes=("*",)))
        app_services.store.put(KEY, b"acme-mark")
        headers = {"Authorization": f"Bearer {made.plaintext}", **NAMED}
        return httpx.AsyncClient(transport=anonymous._transport, base_url=BASE_URL, headers=headers, timeout=30)

    return speak


def counted(database: Database, org_id: str) -> dict[str, int]:
    with database.org_transaction(org_id) as connection:
        return {
            table: int(connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())
            for table in org_tables(connection)
        }


def requests() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Path, query and body of each POST; for its own key, one after another."""
    for path, operation in posts():
        if path not in OWN:
            yield path, query_of(operation), body_of(operation)


async def ask(client: httpx.AsyncClient, path: str, query: dict[str, str], sent: dict[str, Any]) -> httpx.Response:
    headers = {**sent.get("headers", {}), "Idempotency-Key": f"key of {path}"}
    return await client.post(address(path, 0), params=query, **{**sent, "headers": headers})


def another(sent: dict[str, Any]) -> dict[str, Any]:
    if "json" in sent:
        return {**sent, "json": {**sent["json"], "another": True}}
    if "files" in sent:
        return {**sent, "files": {"files": ("a.txt", b"another")}}
    return {**sent, "content": b"another"}


async def test_a_repeat_gets_the_same_answer_and_makes_nothing(
    of_org: Callable[[str], httpx.AsyncClient], database: Database
) -> None:
    acme, globex, done = of_org("acme"), of_org("globex"), set()
    for path, query, sent in requests():
        first = await ask(acme, path, query, sent)
        before = counted(database, "acme")
        if first.status_code >= 300 and first.status_code != 422:
            again = await ask(acme, path, query, sent)
            assert (again.status_code, "Idempotent-Replayed" in again.headers) == (first.status_code, False), path
            continue
        again = await ask(acme, path, query, sent)
        assert again.status_code == first.status_code, path
        assert again.headers["Idempotent-Replayed"] == REPLAYED["Idempotent-Replayed"], path
        assert again.headers.get("location") == first.headers.get("location"), path
        secrets = secrets_of(ROUTES[path].response_model) if first.status_code < 300 else frozenset()
        if secrets:
            whole = first.json()
            assert again.json() == {name: value for name, value in whole.items() if name not in secrets}
            assert secrets <= set(whole), path
        else:
            assert again.content == first.content, path
        other = await ask(acme, path, query, another(sent))
        assert (other.status_code, other.json()["error"]["details"]) == (422, {"field": "Idempotency-Key"}), path
        assert counted(database, "acme") == before, path
        theirs = await ask(globex, path, query, sent)
        assert "Idempotent-Replayed" not in theirs.headers, path
        if first.status_code < 300:
            done.add(path)
    assert done >= {
        "/uploads", "/ingest", "/canon/derive", "/renders/rerender", "/v1/keys", "/v1/keys/{key_id}/rotate",
        "/v1/schemas", "/v1/schemas/{schema_id}/versions", "/v1/templates/{template_id}/versions", "/v1/webhooks",
        "/v1/webhooks/{webhook_id}/rotate", "/v1/webhooks/{webhook_id}/test", "/v1/reviews/{review_id}/accept",
    }  # fmt: skip


async def test_no_secret_is_kept(of_org: Callable[[str], httpx.AsyncClient], database: Database) -> None:
    acme, shown = of_org("acme"), []
    for path, query, sent in requests():
        if secrets_of(ROUTES[path].response_model):
            answer = await ask(acme, path, query, sent)
            shown += [value for name, value in answer.json().items() if name in ("key", "secret")]
    with database.org_transaction("acme") as connection:
        kept = connection.execute(text("SELECT body FROM kept_answers WHERE status < 300")).scalars().all()
    assert len(shown) == len(kept) >= 3
    assert not any(secret in body for secret in shown for body in kept)
    assert not any(mark in body for mark in ("whsec_", "sgd_live", '"key"', '"secret"') for body in kept)
