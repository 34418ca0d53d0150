"""No key makes, replaces or ends what is stronger than itself; persons are bound by their scopes alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sgd_api.http.callers.key_bounds import KeyBounds
from sgd_api.http.services import Services
from sgd_resources.errors import Forbidden
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from sgd_resources.postgres.rows.keys import CreatedKey, KeyRights
from sgd_resources.postgres.rows.whole.caps import read_caps, write_part_caps
from tests.sgd_api.conftest import serving

SOON = datetime(2126, 11, 30, 12, tzinfo=UTC)
LATER = SOON + timedelta(seconds=1)
SCOPES = frozenset({"keys:*", "renders:read"})
READ = ("renders:read",)


def bounds(**own: object) -> KeyBounds:
    """Of a key with these rights, where other keys may ask 100 times a minute."""
    is_capped = bool(own.pop("is_capped", False))
    return KeyBounds(SCOPES, KeyRights(**own), 100, is_capped)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("own", "asked"),
    [
        ({}, {"scopes": ("canon:read",)}), ({}, {"scopes": None}), ({}, {"scopes": READ, "per_min": 101}),
        ({"per_min": 3}, {"scopes": READ, "per_min": 4}), ({"per_hour": 9}, {"scopes": READ, "per_hour": 10}),
        ({"expires_at": SOON}, {"scopes": READ, "expires_at": LATER}), ({"is_capped": True}, {"scopes": READ}),
    ],
)  # fmt: skip
def test_a_key_is_refused_a_key_that_may_more_than_itself(own: dict[str, object], asked: dict[str, object]) -> None:
    with pytest.raises(Forbidden):
        bounds(**own).of_new(KeyRights(**asked))  # type: ignore[arg-type]  # fields by name


def test_what_is_not_asked_of_a_new_key_is_its_makers() -> None:
    maker = bounds(per_min=3, per_hour=9, expires_at=SOON)
    assert maker.of_new(KeyRights(scopes=READ)) == KeyRights("", READ, SOON, 3, 9)
    less = KeyRights("web", READ, SOON - timedelta(days=1), 2, 8)
    assert maker.of_new(less) == less


def test_a_key_without_limits_gives_up_to_what_the_settings_give_it() -> None:
    assert bounds().of_new(KeyRights(scopes=READ)) == KeyRights(scopes=READ)
    most = KeyRights("", READ, LATER, 100, 10**6)
    assert bounds().of_new(most) == most


@pytest.mark.parametrize("own", [{"per_min": 99}, {"per_hour": 9}, {"expires_at": SOON}])
def test_a_key_replaces_none_that_has_no_such_limit(own: dict[str, object]) -> None:
    with pytest.raises(Forbidden):
        bounds(**own).demand(KeyRights(scopes=READ))
    bounds(**own).demand(KeyRights(scopes=READ, **own))  # type: ignore[arg-type]  # fields by name


def test_a_person_is_bound_by_scopes_alone() -> None:
    person = KeyBounds(SCOPES, None, 100)
    most = KeyRights("", READ, None, 10**5, None)
    assert person.of_new(most) == most
    with pytest.raises(Forbidden):
        person.of_new(KeyRights(scopes=("*",)))


def made(database: Database, scopes: Sequence[str], **rights: object) -> CreatedKey:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        found = KeyRights(scopes=tuple(scopes), **rights)  # type: ignore[arg-type]  # fields by name
        return keys.create_key(connection, "acme", rights=found)


def sent(key: CreatedKey) -> dict[str, str]:
    return {"X-API-Key": key.plaintext}


def stored(database: Database, key_id: str) -> keys.ApiKey:
    with database.org_transaction("acme") as connection:
        return next(key for key in keys.list_keys(connection, "acme") if key.key_id == key_id)


@pytest.mark.embedded
async def test_over_http_a_limited_key_makes_and_replaces_only_its_like(
    app_services: Services, database: Database
) -> None:
    clerk = made(database, ["keys:write", "canon:read"], per_min=20, expires_at=SOON)
    free = made(database, ["canon:read"])
    async with serving(app_services) as client:

        async def ask(path: str, body: dict[str, object]) -> httpx.Response:
            return await client.post(f"/v1/keys{path}", headers=sent(clerk), json=body)

        answer = await ask("", {"name": "esc", "scopes": ["keys:write", "canon:read"]})
        assert answer.status_code == 201
        found = stored(database, answer.json()["key_id"])
        assert (found.per_min, found.expires_at) == (20, SOON)
        for more in ({"per_min": 21}, {"expires_at": LATER.isoformat()}):
            assert (await ask("", {"name": "esc", "scopes": ["canon:read"], **more})).status_code == 403
        assert (await ask(f"/{free.key_id}/rotate", {})).status_code == 403
        own = await ask(f"/{clerk.key_id}/rotate", {"grace_s": 60})
        assert own.status_code == 201
        found = stored(database, own.json()["key_id"])
        assert (found.per_min, found.expires_at) == (20, SOON)
    assert stored(database, free.key_id).expires_at is None


@pytest.mark.embedded
async def test_over_http_a_key_with_a_budget_makes_no_other_and_who_replaces_it_keeps_the_budget(
    app_services: Services, database: Database
) -> None:
    capped, admin = made(database, ["*"]), made(database, ["*"])
    with database.org_transaction("acme") as connection:
        write_part_caps(connection, "acme", ("key", capped.key_id), day_usd_micros=5_000, month_usd_micros=None)
    async with serving(app_services) as client:
        for path in ("", f"/{capped.key_id}/rotate", f"/{admin.key_id}/rotate"):
            body = {} if path else {"name": "x", "scopes": ["canon:read"]}
            assert (await client.post(f"/v1/keys{path}", headers=sent(capped), json=body)).status_code == 403
        answer = await client.post(f"/v1/keys/{capped.key_id}/rotate", headers=sent(admin), json={})
        assert answer.status_code == 201
    with database.org_transaction("acme") as connection:
        assert read_caps(connection, "acme").parts[("key", answer.json()["key_id"])] == (5_000, None)


@pytest.mark.embedded
async def test_over_http_a_key_ends_itself_and_none_that_may_more(app_services: Services, database: Database) -> None:
    clerk = made(database, ["keys:write"])
    strong, weak = made(database, ["*"]), made(database, ["keys:write"])
    async with serving(app_services) as client:

        async def end(key_id: str) -> int:
            return (await client.delete(f"/v1/keys/{key_id}", headers=sent(clerk))).status_code

        assert [await end(key.key_id) for key in (strong, weak, clerk)] == [403, 204, 204]
        assert (await client.get("/canon/versions", headers=sent(strong))).status_code == 200
