"""/v1/schemas, /v1/templates and /v1/reviews: kept by version, seen by whom they are for, used by analyses."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.prompts import kept, reviews
from sgd_resources.redis.heard_cache import HeardCache
from tests.fakes.openrouter import Step, chat_reply
from tests.sgd_api.http.routes.prompts.conftest import ANSWER, PROMPT, Door, Opens, answered

pytestmark = pytest.mark.embedded
SCHEMA = {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer", "minimum": 1}}}
As = Callable[[str], httpx.AsyncClient]


async def made(client: httpx.AsyncClient, noun: str, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"/v1/{noun}", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/{noun}/{answer.json()['id']}"
    found: dict[str, Any] = answer.json()
    return found


async def test_a_schema_is_kept_by_version_and_no_version_changes(acme: httpx.AsyncClient) -> None:
    first = await made(acme, "schemas", name="Order", schema=SCHEMA, description="lines")
    assert faults("kept_schema", first) == []
    assert (first["version"], first["visibility"], first["is_own"]) == (1, "shared", True)
    answer = await acme.post(f"/v1/schemas/{first['id']}/versions", json={"schema": {"type": "array"}})
    assert (answer.status_code, answer.json()["version"], answer.json()["name"]) == (201, 2, "Order")
    assert (await acme.get(f"/v1/schemas/{first['id']}")).json()["schema"] == {"type": "array"}
    assert (await acme.get(f"/v1/schemas/{first['id']}", params={"version": 1})).json() == first
    versions = (await acme.get(f"/v1/schemas/{first['id']}/versions")).json()
    assert [one["version"] for one in versions["schemas"]] == [2, 1]
    assert (await acme.get(f"/v1/schemas/{first['id']}", params={"version": 3})).status_code == 404


async def test_lists_are_paged_newest_first(acme: httpx.AsyncClient) -> None:
    ids = [(await made(acme, "schemas", name=f"S{n}", schema={}))["id"] for n in range(3)]
    page = (await acme.get("/v1/schemas", params={"limit": 2})).json()
    assert faults("schema_page", page) == []
    assert [one["id"] for one in page["schemas"]] == [ids[2], ids[1]]
    rest = (await acme.get("/v1/schemas", params={"limit": 2, "cursor": page["next_cursor"]})).json()
    assert [one["id"] for one in rest["schemas"]] == [ids[0]]
    assert "next_cursor" not in rest


async def test_what_is_taken_away_is_gone_but_its_row_stays(acme: httpx.AsyncClient, database: Database) -> None:
    first = await made(acme, "schemas", name="Order", schema=SCHEMA)
    assert (await acme.delete(f"/v1/schemas/{first['id']}")).status_code == 204
    for answer in (
        await acme.get(f"/v1/schemas/{first['id']}"),
        await acme.delete(f"/v1/schemas/{first['id']}"),
        await acme.post(f"/v1/schemas/{first['id']}/versions", json={"schema": {}}),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")
    assert (await acme.get("/v1/schemas")).json()["schemas"] == []
    with database.org_transaction("acme") as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM prompt_schemas").scalar_one() == 1


async def test_private_is_for_its_key_shared_for_its_org_public_for_all(as_org: As, database: Database) -> None:
    acme, colleague, globex = as_org("acme"), as_org("acme"), as_org("globex")
    private = (await made(acme, "schemas", name="P", schema={}, visibility="private"))["id"]
    shared = (await made(acme, "schemas", name="S", schema={}))["id"]
    seen = {name: [(await client.get(f"/v1/schemas/{one}")).status_code for one in (private, shared)]
            for name, client in (("acme", acme), ("colleague", colleague), ("globex", globex))}  # fmt: skip
    assert seen == {"acme": [200, 200], "colleague": [404, 200], "globex": [404, 404]}
    assert [one["id"] for one in (await colleague.get("/v1/schemas")).json()["schemas"]] == [shared]
    with database.org_transaction("acme") as connection:
        kept.set_visibility(connection, "acme", "schema", shared, "public")
    public = (await globex.get(f"/v1/schemas/{shared}")).json()
    assert (public["is_own"], public["visibility"]) == (False, "public")
    assert (await globex.get("/v1/schemas")).json()["schemas"] == []
    assert [one["id"] for one in (await globex.get("/v1/schemas", params={"public": True})).json()["schemas"]] == [
        shared
    ]
    assert (await globex.delete(f"/v1/schemas/{shared}")).status_code == 404
    assert (await globex.post(f"/v1/schemas/{shared}/versions", json={"schema": {}})).status_code == 404


@pytest.mark.parametrize("body", [{"name": "x", "schema": {"$ref": "http://example.com/x"}},
                                  {"name": "x", "schema": {"pattern": "(?=a)"}}, {"name": "x" * 201, "schema": {}},
                                  {"name": "x", "schema": {}, "visibility": "public"}])  # fmt: skip
async def test_a_schema_that_no_analysis_would_take_is_not_kept(acme: httpx.AsyncClient, body: Any) -> None:
    answer = await acme.post("/v1/schemas", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")


async def test_an_analysis_uses_a_kept_schema_by_its_id_and_version(door: Opens) -> None:
    async with door(answered({"count": 12})) as open_:
        found = await made(open_.client, "schemas", name="Order", schema=SCHEMA)
        await open_.client.post(f"/v1/schemas/{found['id']}/versions", json={"schema": {"type": "object"}})
        assert (await open_.ask(schema_id=f"{found['id']}@1")).json()["data"] == {"count": 12}
        assert open_.told[-1]["response_format"]["json_schema"]["schema"]["properties"]["data"] == SCHEMA
        await open_.ask(schema_id=found["id"])
        assert open_.told[-1]["response_format"]["json_schema"]["schema"]["properties"]["data"] == {"type": "object"}
        for unknown in ("sch_0000000000000000", "nothing", f"{found['id']}@9"):
            assert (await open_.ask(schema_id=unknown)).status_code == 404


TEMPLATE: Mapping[str, Any] = {
    "name": "Order",
    "text": "Order {{count}} x {{ item }}{{note}}.",
    "parameters": {
        "count": {"type": "integer", "required": False, "default": 1},
        "item": {"enum": ["red mug", "blue mug"]},
        "note": {"required": False},
    },
    "schema": SCHEMA,
}


async def test_a_template_is_filled_without_running_anything(acme: httpx.AsyncClient) -> None:
    found = await made(acme, "templates", **TEMPLATE)
    assert faults("kept_template", found) == []
    path = f"/v1/templates/{found['id']}/preview"
    values = {"item": "red mug", "note": " {{count}} {% raw %} ${7*7} {0.__class__}"}
    preview = (await acme.post(path, json={"parameters": values})).json()
    assert faults("template_preview", preview) == []
    assert preview["text"] == "Order 1 x red mug {{count}} {% raw %} ${7*7} {0.__class__}."


@pytest.mark.parametrize(
    ("parameters", "path"),
    [
        ({}, "$.parameters.item"),
        ({"item": "green mug"}, "$.parameters.item"),
        ({"item": "red mug", "count": "2"}, "$.parameters.count"),
        ({"item": "red mug", "count": True}, "$.parameters.count"),
        ({"item": "red mug", "size": "M"}, "$.parameters.size"),
        ({"item": "red mug", "note": "x" * 2_001}, "$.parameters.note"),
    ],
)
async def test_parameters_are_checked_by_their_types(acme: httpx.AsyncClient, parameters: Any, path: str) -> None:
    found = await made(acme, "templates", **TEMPLATE)
    answer = await acme.post(f"/v1/templates/{found['id']}/preview", json={"parameters": parameters})
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["errors"][0]["path"] == path


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"text": "Order {{what}}."}, "$.text"),
        ({"text": "Order."}, "$.parameters.count"),
        (
            {"parameters": {**TEMPLATE["parameters"], "count": {"type": "integer", "default": "x"}}},
            "$.parameters.count",
        ),
        ({"schema": {"type": "thing"}}, "$.schema"),
        ({"schema_id": "sch_0000000000000000"}, "$.schema_id"),
        ({"example": {"prompt": "x", "answer": ANSWER}}, "$.example.answer"),
    ],
)
async def test_a_template_that_could_not_work_is_not_kept(acme: httpx.AsyncClient, changes: Any, path: str) -> None:
    answer = await acme.post("/v1/templates", json={**TEMPLATE, **changes})
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["errors"][0]["path"] == path


async def test_a_template_makes_the_prompt_or_guides_the_reading_of_one(door: Opens) -> None:
    async with door(answered({"count": 12})) as open_:
        example = {"prompt": "Order 3 mugs.", "answer": {**ANSWER, "data": {"count": 3}}}
        found = await made(open_.client, "templates", **TEMPLATE, example=example)
        body = {"template_id": found["id"], "parameters": {"item": "red mug", "count": 12}}
        answer = await open_.client.post("/v1/analyze", json=body)
        assert answer.json()["data"] == {"count": 12}
        system, asked, shown, prompt = open_.told[-1]["messages"]
        assert "Order 12 x red mug." in prompt["content"]
        assert "Order 3 mugs." in asked["content"]
        assert json.loads(shown["content"]) == example["answer"]
        await open_.ask(**body)
        system, *_, prompt = open_.told[-1]["messages"]
        assert "Order 12 x red mug." in system["content"]
        assert PROMPT in prompt["content"]
        assert (await open_.ask(parameters={"item": "red mug"})).status_code == 422


async def _failed_review(open_: Door, **body: Any) -> str:
    answer = await open_.client.post("/v1/analyze", json={"prompt": PROMPT, **body})
    assert answer.status_code == 422
    found: str = answer.json()["error"]["details"]["review_id"]
    return found


async def test_a_failed_answer_waits_for_a_person_and_a_correction_becomes_an_example(door: Opens) -> None:
    async with door(answered({"count": 0})) as open_:
        template = await made(open_.client, "templates", **TEMPLATE)
        asked = {"template_id": template["id"], "parameters": {"item": "red mug"}}
        review_id = await _failed_review(open_, **asked)
        (review,) = (await open_.client.get("/v1/reviews")).json()["reviews"]
        assert faults("prompt_review", review) == []
        assert (review["review_id"], review["status"], review["prompt"]) == (review_id, "open", PROMPT)
        assert json.loads(review["raw_answer"])["data"] == {"count": 0}
        assert review["errors"][0]["path"] == "$.data.count"
        wrong = await open_.client.post(f"/v1/reviews/{review_id}/correct", json={"answer": ANSWER})
        assert wrong.json()["error"]["details"]["errors"][0]["path"] == "$.answer"
        right = {**ANSWER, "data": {"count": 12}}
        done = await open_.client.post(f"/v1/reviews/{review_id}/correct", json={"answer": right})
        assert (done.status_code, done.json()["status"], done.json()["answer"]) == (200, "corrected", right)
        await open_.ask(**asked)
        assert json.loads(open_.told[-2]["messages"][2]["content"]) == right
        again = await open_.client.post(f"/v1/reviews/{review_id}/accept")
        assert (again.status_code, again.json()["error"]["code"]) == (409, "CONFLICT")


async def test_an_answer_can_be_taken_as_it_is(door: Opens) -> None:
    async with door(answered({"count": 0})) as open_:
        review_id = await _failed_review(open_, schema=SCHEMA)
        done = (await open_.client.post(f"/v1/reviews/{review_id}/accept")).json()
        assert (done["status"], "answer" in done) == ("accepted", False)
        assert (await open_.client.get("/v1/reviews")).json()["reviews"] == []
        listed = (await open_.client.get("/v1/reviews", params={"status": "accepted"})).json()
        assert [one["review_id"] for one in listed["reviews"]] == [review_id]


async def test_another_orgs_review_is_not_there(door: Opens, as_org: As) -> None:
    async with door(answered({"count": 0})) as open_:
        review_id = await _failed_review(open_, schema=SCHEMA)
    globex = as_org("globex")
    assert (await globex.get(f"/v1/reviews/{review_id}")).status_code == 404
    assert (await globex.post(f"/v1/reviews/{review_id}/accept")).status_code == 404
    assert (await globex.get("/v1/reviews")).json() == {"reviews": []}


async def test_a_raw_answer_that_postgres_cannot_hold_is_kept_all_the_same(door: Opens) -> None:
    text = "no JSON \0 at all"
    async with door(Step(body=chat_reply(text))) as open_:
        review_id = await _failed_review(open_)
        found = (await open_.client.get(f"/v1/reviews/{review_id}")).json()
    assert found["raw_answer"] == "no JSON  at all"


async def test_old_reviews_are_emptied(door: Opens, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with door(answered({"count": 0})) as open_:
        await _failed_review(open_, schema=SCHEMA)
    with database.org_transaction("acme") as connection:
        assert reviews.expire_old(connection, "acme") == 0
    monkeypatch.setattr(reviews, "KEPT_DAYS", 0)
    with database.org_transaction("acme") as connection:
        assert reviews.expire_old(connection, "acme") == 1
        (row,) = reviews.listed(connection, "acme", status=None, limit=5, before=None)
    assert (row.status, row.prompt, row.raw_answer, row.document) == ("expired", "", "", None)


async def test_what_one_process_changes_the_others_hear(app_services: Services, as_org: As, database: Database) -> None:
    other = HeardCache(app_services.redis)
    assert other.wait_until_heard(5)
    assert app_services.kept.wait_until_heard(5)
    acme = as_org("acme")
    found = await made(acme, "schemas", name="Order", schema=SCHEMA)
    name, values = f"schema:{found['id']}", iter(["first", "second"])
    assert [other.get(name, 1, lambda: next(values)) for _ in range(2)] == ["first", "first"]
    await acme.delete(f"/v1/schemas/{found['id']}")
    for _ in range(100):
        if other.get(name, 1, lambda: "second") == "second":
            break
        await asyncio.sleep(0.02)
    assert other.get(name, 1, lambda: "third") == "second"
    other.close()


@pytest.mark.parametrize("visibility", ["private", "shared"])
@pytest.mark.parametrize("what", ["schemas", "templates"])
async def test_a_repeat_by_another_key_is_told_only_what_it_can_read(as_org: As, what: str, visibility: str) -> None:
    """An Idempotency-Key is the org's; a thing that is private to a key is no answer for another key of the org."""
    acme, colleague = as_org("acme"), as_org("acme")
    body: dict[str, Any] = {
        "name": "P",
        "visibility": visibility,
        **({"schema": {}} if what == "schemas" else {"text": "Hi"}),
    }
    named = {"Idempotency-Key": f"{what} {visibility}"}
    first = await acme.post(f"/v1/{what}", json=body, headers=named)
    assert first.status_code == 201
    versions = f"/v1/{what}/{first.json()['id']}/versions"
    next_one = {name: value for name, value in body.items() if name != "visibility"}
    asked = [(f"/v1/{what}", body, named, 201), (versions, next_one, {"Idempotency-Key": f"v {visibility}"}, 201)]
    assert (await acme.post(versions, json=next_one, headers=asked[1][2])).status_code == 201
    for path, sent, headers, status in asked:
        again = await acme.post(path, json=sent, headers=headers)
        assert (again.status_code, again.headers["Idempotent-Replayed"]) == (status, "true")
        theirs = await colleague.post(path, json=sent, headers=headers)
        if visibility == "shared":
            assert (theirs.status_code, theirs.headers["Idempotent-Replayed"]) == (status, "true")
            assert (await colleague.get(theirs.headers["location"])).status_code == 200
        else:
            assert (theirs.status_code, theirs.json()["error"]["details"]) == (422, {"field": "Idempotency-Key"})
            assert "location" not in theirs.headers
    listed = (await colleague.get(f"/v1/{what}")).json()[what]
    assert len(listed) == (visibility == "shared")
