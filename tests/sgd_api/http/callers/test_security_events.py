"""Who came in, who did not and who asked too often: in the org's log or the event stream, seldom and without names."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from sgd_api.http.callers.security_events import LIMIT_EVERY_S, LOGIN_EVERY_S, SecurityEvents, Seldom
from sgd_api.http.services import Services
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from tests.fakes.audit import list_entries
from tests.sgd_api.conftest import make_key, serving


def _told(database: Database, org_id: str = "acme") -> list[tuple[str, Any]]:
    with database.org_transaction(org_id) as connection:
        return [(entry.action, entry.details) for entry in list_entries(connection, org_id)]


def test_the_same_is_due_once_in_its_time() -> None:
    now = [0.0]
    seldom = Seldom(lambda: now[0])
    assert [seldom.is_due(("a",), 60), seldom.is_due(("a",), 60), seldom.is_due(("b",), 60)] == [True, False, True]
    now[0] = 60.0
    assert seldom.is_due(("a",), 60)


def test_a_log_that_is_away_stops_no_request(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", logger="sgd.events")
    away = Database("postgresql+psycopg://sgd_app@/none?host=/nonexistent")
    SecurityEvents(away).came_in(Principal("acme", "key:k1"))
    assert json.loads(caplog.records[0].message)["event"] == "audit.not_written"


@pytest.mark.embedded
async def test_a_caller_who_comes_in_is_told_once_an_hour(acme: httpx.AsyncClient, database: Database) -> None:
    for _ in range(3):
        assert (await acme.get("/renders")).status_code == 200
    assert _told(database) == [("AUTH_SUCCESS", {"every_s": int(LOGIN_EVERY_S)})]


@pytest.mark.embedded
async def test_a_login_of_nobody_is_an_event_without_what_was_sent(
    anonymous: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", logger="sgd.events")
    secret = "sgd_" + "q" * 40
    answer = await anonymous.get("/renders", headers={"X-API-Key": secret})
    (line,) = [json.loads(record.message) for record in caplog.records if "auth.failed" in record.message]
    assert (line["security_event"], line["request_id"]) == ("AUTH_FAILURE", answer.headers["x-request-id"])
    assert secret not in caplog.text


@pytest.mark.embedded
async def test_a_key_without_the_scope_is_told_in_its_orgs_log(
    anonymous: httpx.AsyncClient, database: Database
) -> None:
    make_key(database, "acme")
    rights = keys.KeyRights(scopes=("renders:read",))
    with database.org_transaction("acme") as connection:
        key = keys.create_key(connection, "acme", label="narrow", rights=rights).plaintext
    assert (await anonymous.get("/audit", headers={"X-API-Key": key})).status_code == 403
    details = {"reason": "scope", "scope": "audit:read", "every_s": int(LIMIT_EVERY_S)}
    assert _told(database)[0] == ("AUTH_FAILURE", details)


@pytest.mark.embedded
async def test_a_full_window_is_told_once_a_minute_and_by_name(
    app_services: Services, database: Database, narrow: Callable[[Services], Services]
) -> None:
    headers = {"X-API-Key": make_key(database, "acme")}
    async with serving(narrow(app_services)) as client:
        answers = [(await client.get("/renders", headers=headers)).status_code for _ in range(4)]
    assert answers == [200, 429, 429, 429]
    assert [action for action, _ in _told(database)] == ["RATE_LIMIT_EXCEEDED", "AUTH_SUCCESS"]
    assert _told(database)[0][1]["policies"] == ["default"]


@pytest.mark.embedded
async def test_personal_data_in_a_request_is_told_by_kind_and_never_by_value(
    acme: httpx.AsyncClient, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="sgd.events")
    words = 'Poster: "Open day" for jo.doe@example.com and max@example.com, tel. +49 30 1234567'
    body = {
        "project_id": "p", "prompts": {"task": "create", "instruction": words},
        "outputs": {"count": 1, "format": "png", "dimensions": "64x64"},
    }  # fmt: skip
    for _ in range(2):
        answer = await acme.post("/render", json=body, headers={"Prefer": "respond-async"})
        assert answer.status_code == 202, answer.text
    found = [details for action, details in _told(database) if action == "PII_DETECTED"]
    assert found == [{"where": "render", "kinds": {"EMAIL": 2, "PHONE": 1}, "every_s": int(LIMIT_EVERY_S)}]
    assert "example.com" not in str(_told(database)) + caplog.text
    shown = await acme.get("/audit", params={"action": "PII_DETECTED"})
    assert [entry["action"] for entry in shown.json()["entries"]] == ["PII_DETECTED"]


@pytest.mark.embedded
async def test_words_of_every_other_kind_that_a_model_reads_are_told_too(
    app_services: Services, database: Database
) -> None:
    mail = "ask jo.doe@example.com"
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        key = keys.create_key(connection, "acme", rights=keys.KeyRights(scopes=("*",))).plaintext
    critique = {"project_id": "p", "asset_ids": ["no such"], "expected_copy": [mail]}
    chat = {"messages": [{"role": "user", "content": mail}]}
    async with serving(app_services) as client:
        client.headers["X-API-Key"] = key
        await client.get("/search", params={"q": mail})
        await client.post("/critique", json=critique)
        await client.put("/canon/facts/0123456789abcdef", json={"verb": "confirm", "reason": mail})
        await client.post("/v1/analyze", json={"prompt": "Order", "schema": {"type": "object", "description": mail}})
        await client.post("/api/chat", json=chat)
    found = {details["where"]: details["kinds"] for action, details in _told(database) if action == "PII_DETECTED"}
    assert found == {where: {"EMAIL": 1} for where in ("search", "critique", "canon", "analyze", "chat")}


@pytest.fixture
def narrow() -> Callable[[Services], Services]:
    """The same services, where an org may ask once a minute."""

    def narrowed(services: Services) -> Services:
        return replace(services, settings=services.settings.model_copy(update={"sgd_rate_limit_per_min": 1}))

    return narrowed
