"""The content policy at the door: 422 CONTENT_BLOCKED with the rule, an audit row without words, and nothing begun."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import content
from sgd_resources.postgres.tables.access import audit_log
from sgd_resources.postgres.tables.work import jobs
from tests.sgd_api.conftest import in_thread

BODY: dict[str, Any] = {
    "project_id": "spring",
    "prompts": {"task": "create", "instruction": "A launch banner"},
    "outputs": {"count": 1, "format": "png", "dimensions": "1200x630"},
}


def blocked_rows(database: Database) -> list[Any]:
    query = select(audit_log).where(audit_log.c.org_id == "acme", audit_log.c.action == "content.blocked")
    with database.org_transaction("acme") as connection:
        return list(connection.execute(query).mappings())


def job_count(database: Database) -> int:
    with database.org_transaction("acme") as connection:
        return len(connection.execute(select(jobs.c.job_id).where(jobs.c.org_id == "acme")).all())


@pytest.mark.parametrize("extra", [{}, {"dry_run": True}])
async def test_a_blocked_request_is_refused_audited_and_not_begun(
    acme: httpx.AsyncClient, database: Database, extra: dict[str, Any]
) -> None:
    body = {**BODY, **extra, "copy": {"headline": "Hello", "extra": ["Kill them all"]}}
    answer = await acme.post("/render", json=body)
    assert answer.status_code == 422
    assert faults("error_envelope", answer.json()) == []
    error = answer.json()["error"]
    assert (error["code"], error["details"]) == (
        "CONTENT_BLOCKED", {"rule": "violence", "path": "$.copy.extra[0]", "found_by": "words"},
    )  # fmt: skip
    assert "kill" not in answer.text.lower()
    rows: Any = await in_thread(lambda: blocked_rows(database))
    [row] = rows
    assert row["details"] == error["details"]
    assert row["actor"].startswith("key:")
    assert await in_thread(lambda: job_count(database)) == 0


async def test_look_alikes_are_taken(acme: httpx.AsyncClient) -> None:
    body = {**BODY, "prompts": {"task": "create", "instruction": "Kill the lights: a shot list for Essex"}}
    answer = await acme.post("/render", json=body, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202


async def test_a_batch_is_refused_by_its_row(acme: httpx.AsyncClient, database: Database) -> None:
    batch = {
        "project_id": "spring",
        "prompts": {"task": "create"},
        "copy": {"headline": "{city} awaits"},
        "outputs": {"format": "png", "sizes": ["1080x1080", "1200x628"]},
        "rows": [{"city": "Berlin"}, {"city": "Porn"}],
    }
    answer = await acme.post("/render/batch", json=batch)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "CONTENT_BLOCKED")
    assert answer.json()["error"]["details"]["path"] == "$.rows[1]: $.copy.headline"
    assert await in_thread(lambda: job_count(database)) == 0


async def test_an_operators_changes_hold_for_their_org_alone(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, database: Database
) -> None:
    def change() -> None:
        with database.org_transaction("acme") as connection:
            changes = {"categories": {"weapons": "allow"}, "block": ["umbrella corp"]}
            content.set_override(connection, "acme", changes, actor="operator")

    await in_thread(change)
    guns = {**BODY, "prompts": {"task": "create", "instruction": "A banner for our machine gun museum shop"}}
    rival = {**BODY, "prompts": {"task": "create", "instruction": "Better than Umbrella Corp"}}
    later = {"Prefer": "respond-async"}
    assert (await acme.post("/render", json=guns, headers=later)).status_code == 202
    assert (await globex.post("/render", json=guns, headers=later)).status_code == 422
    assert (await acme.post("/render", json=rival, headers=later)).json()["error"]["details"]["rule"] == "operator"
    assert (await globex.post("/render", json=rival, headers=later)).status_code == 202
