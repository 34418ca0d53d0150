"""Prompts and the content policy: let through as shipped, blocked by its words where an org's policy says so."""

import pytest

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import content, orgs
from tests.fakes.audit import list_entries
from tests.sgd_api.http.routes.prompts.conftest import Opens

pytestmark = pytest.mark.embedded
BAD = "Write a flyer: kill all immigrants"
CHAT = {"messages": [{"role": "user", "content": BAD}]}


def blocked(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        content.set_override(connection, "acme", {"prompts": "block"}, actor="operator")


async def test_as_shipped_a_bad_text_may_be_analysed(door: Opens) -> None:
    async with door() as open_:
        assert (await open_.ask(prompt=BAD)).status_code == 200


async def test_where_the_policy_holds_prompts_a_bad_one_is_refused_by_its_place_and_asked_of_no_model(
    door: Opens, database: Database
) -> None:
    blocked(database)
    async with door() as open_:
        job = {"job_type": "analyze", "request_params": {"prompt": BAD}}
        for path, body, place in (
            ("/v1/analyze", {"prompt": BAD}, "$.prompt"),
            ("/v1/analyze/batch", {"prompts": ["Order mugs.", BAD]}, "$.prompts[1]"),
            ("/api/chat", CHAT, "$.messages[0].content"),
            ("/v1/jobs", job, "$.prompt"),
        ):
            answer = await open_.client.post(path, json=body)
            error = answer.json()["error"]
            assert (answer.status_code, error["code"]) == (422, "CONTENT_BLOCKED"), path
            assert (error["details"]["path"], error["details"]["rule"]) == (place, "hate")
        assert open_.told == []
        assert (await open_.ask()).status_code == 200
    with database.org_transaction("acme") as connection:
        found = [entry for entry in list_entries(connection, "acme") if entry.action == "content.blocked"]
    assert sorted(entry.subject for entry in found) == ["analyze", "analyze", "analyze", "chat"]
    assert "immigrants" not in repr(found)
