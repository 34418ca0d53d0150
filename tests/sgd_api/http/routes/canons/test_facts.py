"""People decide on facts of their org's canon over HTTP."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from sgd_api.http.callers.scopes import scope_of
from sgd_assets.canon.model import Canon
from sgd_assets.canon.statements.apply import apply_statements
from sgd_assets.on_demand.decide import FOLLOW_STATEMENTS
from sgd_resources.contracts import faults
from sgd_resources.identity.access_policy import access_policy
from sgd_resources.identity.principal import holds_scope
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs
from sgd_resources.postgres.rows.decisions import statements
from sgd_resources.storage.local import LocalObjectStore
from tests.sgd_api.http.routes.test_canon import keep_canon
from tests.sgd_assets.canon.statements.test_apply import DERIVED, fact

NOW = {"Prefer": "respond-async"}
SAND = fact(DERIVED, "#F2A541").id


@pytest.fixture
def derived(database: Database, store: LocalObjectStore) -> None:
    keep_canon(database, store, "acme", DERIVED)


async def put(client: httpx.AsyncClient, body: Mapping[str, Any], fact_id: str = SAND) -> httpx.Response:
    return await client.put(f"/canon/facts/{fact_id}", json=dict(body), headers=NOW)


def standing(database: Database, org_id: str = "acme") -> list[tuple[str, str, str | None]]:
    with database.org_transaction(org_id) as connection:
        return [(one.verb, one.value, one.new_value) for one in statements.standing(connection, org_id)]


@pytest.mark.usefixtures("derived")
async def test_a_statement_is_kept_with_its_audit_row_and_the_job_that_follows_it(
    decider: httpx.AsyncClient, database: Database
) -> None:
    answer = await put(decider, {"verb": "correct", "value": "#f2a542", "reason": "a slip on page 3"})
    assert answer.status_code == 202
    assert standing(database) == [("correct", "#F2A541", "#F2A542")]
    with database.org_transaction("acme") as connection:
        (job,) = jobs.pending_jobs(connection, "acme", kind="canon_derive")
        (made,) = statements.standing(connection, "acme")
    assert dict(job.body) == dict(FOLLOW_STATEMENTS)
    rows = (await decider.get("/audit", params={"limit": 50})).json()["entries"]
    (row,) = [one for one in rows if one["action"] == "canon.fact_stated"]
    assert (row["id"], row["actor"]) == (made.audit_entry, made.subject)
    assert apply_statements(DERIVED, [made]).palette_hex[1] == "#F2A542"


@pytest.mark.usefixtures("derived")
async def test_many_decisions_before_a_run_cost_one_run(decider: httpx.AsyncClient, database: Database) -> None:
    for one in DERIVED.facts[:3]:
        assert (await put(decider, {"verb": "confirm", "reason": "yes"}, one.id)).status_code == 202
    with database.org_transaction("acme") as connection:
        assert len(jobs.pending_jobs(connection, "acme", kind="canon_derive")) == 1


@pytest.mark.usefixtures("derived")
async def test_a_new_statement_takes_the_place_of_the_old_one(decider: httpx.AsyncClient, database: Database) -> None:
    await put(decider, {"verb": "confirm", "reason": "yes"})
    await put(decider, {"verb": "reject", "reason": "no"})
    assert standing(database) == [("reject", "#F2A541", None)]


@pytest.mark.usefixtures("derived")
async def test_a_statement_is_withdrawn_once(decider: httpx.AsyncClient, database: Database) -> None:
    await put(decider, {"verb": "reject", "reason": "no"})
    assert (await decider.delete(f"/canon/facts/{SAND}", headers=NOW)).status_code == 202
    assert standing(database) == []
    assert (await decider.delete(f"/canon/facts/{SAND}", headers=NOW)).status_code == 404


@pytest.mark.usefixtures("derived")
async def test_a_correction_is_withdrawn_by_the_fact_that_it_made(
    decider: httpx.AsyncClient, database: Database, store: LocalObjectStore
) -> None:
    await put(decider, {"verb": "correct", "value": "#F2A542", "reason": "a slip"})
    with database.org_transaction("acme") as connection:
        corrected = apply_statements(DERIVED, statements.standing(connection, "acme"))
    keep_canon(database, store, "acme", corrected)
    assert (await decider.delete(f"/canon/facts/{fact(corrected, '#F2A542').id}", headers=NOW)).status_code == 202
    assert standing(database) == []


@pytest.mark.usefixtures("derived")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"verb": "correct", "value": "blue", "reason": "r"}, 422),
        ({"verb": "confirm"}, 422),
        ({"verb": "confirm", "reason": "r", "note": "x"}, 422),
    ],
)
async def test_what_cannot_be_said_is_refused_and_nothing_is_kept(
    decider: httpx.AsyncClient, database: Database, body: dict[str, str], status: int
) -> None:
    assert (await put(decider, body)).status_code == status
    assert standing(database) == []


@pytest.mark.usefixtures("derived")
async def test_a_fact_that_is_not_there_is_not_found(decider: httpx.AsyncClient) -> None:
    assert (await put(decider, {"verb": "confirm", "reason": "r"}, "0" * 16)).status_code == 404


@pytest.mark.usefixtures("derived")
async def test_a_key_of_the_default_rights_decides_nothing(acme: httpx.AsyncClient, database: Database) -> None:
    assert (await put(acme, {"verb": "reject", "reason": "r"})).status_code == 403
    assert standing(database) == []


def test_editors_decide_and_members_viewers_services_and_plain_keys_do_not() -> None:
    policy, needed = access_policy(), scope_of("PUT", "/canon/facts/{fact_id}")
    assert needed == scope_of("DELETE", "/canon/facts/{fact_id}") == "facts:write"
    deciding = {
        role
        for role in ("admin", "owner", "editor", "member", "viewer")
        if holds_scope(policy.scopes_of([role]), needed)
    }
    assert deciding == {"admin", "owner", "editor"}
    assert not holds_scope(policy.key_default, needed)
    assert not holds_scope(policy.service_default, needed)


async def test_conflicts_for_review_come_first(
    acme: httpx.AsyncClient, database: Database, store: LocalObjectStore
) -> None:
    from tests.sgd_assets.canon.made_evidence import VOICE, canon_of
    from tests.sgd_assets.canon.statements.test_apply import GUIDE, said

    later = canon_of(guide_md=GUIDE, voice_md=VOICE, brand_css=":root { --brand-sand: #F2A541; --brand-x: #123456; }")
    kept: Canon = apply_statements(later, [said(DERIVED, "#F2A541", "reject")])
    keep_canon(database, store, "acme", kept)
    found = (await acme.get("/canon/conflicts")).json()
    assert faults("canon_conflicts", found) == []
    assert found["version"] == kept.version
    assert found["conflicts"][0]["is_for_review"] is True
    assert found["conflicts"][0]["conflict"]["dropped"] == "#F2A541"
    shown = (await acme.get("/canon")).json()
    assert faults("canon_derive_response", shown) == []
    assert shown["statements"][0]["verb"] == "reject"
