"""A key from its claim to its end, through the real app and Postgres."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from sgd_assets.graph.expiry import forget_kept_answers
from sgd_resources.errors import Conflict
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.work import kept_answers
from sgd_resources.postgres.rows.work.kept_answers import Answer
from tests.sgd_api.conftest import make_key
from tests.sgd_api.http.routes.prompts.conftest import PROMPT, Opens, answered
from tests.sgd_api.http.routes.prompts.conftest import door as door  # noqa: PLC0414  # a fixture is taken by its name

HOOK = {"url": "https://h.example/sgd"}
HOUR = timedelta(hours=1)


def keyed(key: str = "one") -> dict[str, str]:
    return {"Idempotency-Key": key}


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "ключ".encode(), b"a\x7fb"])
async def test_a_key_that_is_none_is_refused_before_anything_is_made(acme: httpx.AsyncClient, key: Any) -> None:
    answer = await acme.post("/v1/webhooks", json=HOOK, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_REQUEST")


async def test_while_the_first_runs_the_key_is_a_conflict_and_free_when_it_dies(
    acme: httpx.AsyncClient, database: Database
) -> None:
    make_key(database, "acme")
    with database.org_transaction("acme") as connection:
        assert isinstance(kept_answers.claim(connection, "acme", "one", hold=HOUR), str)
    running = await acme.post("/v1/webhooks", json=HOOK, headers=keyed())
    assert (running.status_code, running.json()["error"]["code"]) == (409, "CONFLICT")
    with database.org_transaction("acme") as connection:
        connection.execute(text("UPDATE kept_answers SET ends_at = now() - interval '1 second'"))
    freed = await acme.post("/v1/webhooks", json=HOOK, headers=keyed())
    assert freed.status_code == 201, freed.text


async def test_of_many_at_once_one_works(acme: httpx.AsyncClient) -> None:
    asked = [acme.post("/v1/webhooks", json=HOOK, headers=keyed()) for _ in range(8)]
    answers = await asyncio.gather(*asked)
    fresh = [one for one in answers if one.status_code == 201 and "Idempotent-Replayed" not in one.headers]
    assert len(fresh) == 1
    assert {one.status_code for one in answers} <= {201, 409}


async def test_a_file_sent_again_with_another_boundary_is_the_same_request(
    acme: httpx.AsyncClient, database: Database
) -> None:
    sent: dict[str, Any] = {"files": {"files": ("a.txt", b"text" * 5_000)}, "data": {"project_id": "p"}}
    first = await acme.post("/uploads", **sent, headers=keyed())
    again = await acme.post("/uploads", **sent, headers=keyed())
    assert first.request.headers["content-type"] != again.request.headers["content-type"]
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    longer = {**sent, "files": {"files": ("a.txt", b"text" * 9_000)}}
    assert (await acme.post("/uploads", **longer, headers=keyed())).status_code == 422
    with database.org_transaction("acme") as connection:
        assert len(uploads.list_uploads(connection, "acme", limit=9)) == 1


async def test_a_repeated_analysis_asks_no_model(door: Opens) -> None:
    async with door() as open_:
        asked: dict[str, Any] = {"headers": keyed(), "options": {"bypass_cache": True}}
        first, again = await open_.ask(**asked), await open_.ask(**asked)
        assert (first.status_code, len(open_.told)) == (200, 1), first.text
        assert again.content == first.content
        batch = {"prompts": [PROMPT], "options": {"bypass_cache": True}}
        told = [await open_.client.post("/v1/analyze/batch", json=batch, headers=keyed("two")) for _ in range(2)]
        assert [one.status_code for one in told] == [200, 200], told[0].text
        assert told[0].content == told[1].content
        assert len(open_.told) == 2


async def test_a_broken_answer_that_was_paid_for_is_not_paid_for_again(door: Opens) -> None:
    schema = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
    async with door(answered({"n": "x"})) as open_:
        first = await open_.ask(schema=schema, headers=keyed())
        paid = len(open_.told)
        again = await open_.ask(schema=schema, headers=keyed())
        assert (first.status_code, again.content, len(open_.told)) == (422, first.content, paid)


async def test_an_answer_too_large_to_be_kept_is_told_and_not_made_again(
    acme: httpx.AsyncClient, database: Database
) -> None:
    made = await acme.post("/v1/webhooks", json=HOOK, headers=keyed())
    assert made.status_code == 201
    with database.org_transaction("acme") as connection:
        connection.execute(text("UPDATE kept_answers SET body = NULL"))
    again = await acme.post("/v1/webhooks", json=HOOK, headers=keyed())
    told = again.json()["error"]["details"]
    assert (again.status_code, told) == (409, {"status": 201, "location": made.headers["location"]})


async def test_the_sweep_forgets_what_is_over_of_every_org_and_nothing_else(
    as_org: Callable[[str], httpx.AsyncClient], database: Database
) -> None:
    for org_id in ("acme", "globex"):
        client = as_org(org_id)
        for key in ("old", "new"):
            assert (
                await client.post("/v1/webhooks", json={"url": f"https://h.example/{key}"}, headers=keyed(key))
            ).status_code == 201
        with database.org_transaction(org_id) as connection:
            left = connection.execute(text("SELECT min(ends_at) - now() FROM kept_answers")).scalar_one()
            assert timedelta(hours=23, minutes=55) < left <= kept_answers.KEPT
            connection.execute(text("UPDATE kept_answers SET ends_at = now() WHERE idempotency_key = 'old'"))
    assert forget_kept_answers(database) == 2
    for org_id in ("acme", "globex"):
        with database.org_transaction(org_id) as connection:
            assert connection.execute(text("SELECT idempotency_key FROM kept_answers")).scalars().all() == ["new"]


def test_a_claim_that_was_lost_changes_nothing(database: Database) -> None:
    make_key(database, "acme")
    answer = Answer("a" * 64, 2, 200, {}, "{}")
    with database.org_transaction("acme") as connection:
        lost = kept_answers.claim(connection, "acme", "one", hold=timedelta(0))
        mine = kept_answers.claim(connection, "acme", "one", hold=HOUR)
        assert isinstance(lost, str)
        assert isinstance(mine, str)
        kept_answers.keep(connection, "acme", "one", claim_id=lost, answer=answer)
        kept_answers.free(connection, "acme", "one", claim_id=lost)
        with pytest.raises(Conflict):
            kept_answers.claim(connection, "acme", "one", hold=HOUR)
        kept_answers.keep(connection, "acme", "one", claim_id=mine, answer=answer)
        assert kept_answers.claim(connection, "acme", "one", hold=HOUR) == answer
