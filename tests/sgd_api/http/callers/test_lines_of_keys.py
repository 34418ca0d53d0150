"""A key that is replaced, and keys that a limited key makes, add nothing to what could be asked and spent before."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

import httpx
import pytest
import redis
from sqlalchemy import text

from sgd_api.http.callers.key_limits import policies_for
from sgd_api.http.callers.rate_limits import RateLimiter
from sgd_api.http.services import Services
from sgd_resources.errors import SgdError
from sgd_resources.identity.principal import KeyLimits, MakerLimits, Principal
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.money.scopes import scopes_of
from sgd_resources.llm.money.spend import DatabaseSpend
from sgd_resources.llm.policy.policy_file import BudgetLimits
from sgd_resources.llm.pots import own_scopes
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from sgd_resources.postgres.rows.keys import CreatedKey, KeyRights
from sgd_resources.postgres.rows.whole.caps import read_caps, write_part_caps
from sgd_resources.settings import Settings
from tests.sgd_api.conftest import serving

pytestmark = pytest.mark.embedded


def made(database: Database, *scopes: str, **rights: int) -> CreatedKey:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        found = KeyRights(scopes=scopes or ("*",), **rights)  # type: ignore[arg-type]  # limits by name
        return keys.create_key(connection, "acme", rights=found)


def replaced(database: Database, key_id: str) -> CreatedKey:
    with database.org_transaction("acme") as connection:
        return keys.rotate_key(connection, "acme", key_id, old_until=datetime.now(UTC) + timedelta(hours=1))


def identity(database: Database, key: CreatedKey) -> keys.KeyIdentity:
    with database.directory() as connection:
        return keys.authenticate(connection, key.plaintext)


def narrow(services: Services) -> Services:
    """Keys without limits of their own may ask four times a minute."""
    limits = {"sgd_key_limit_per_min": 4, "sgd_key_limit_burst": 100, "sgd_key_limit_per_s": 100}
    return replace(services, settings=services.settings.model_copy(update=limits))


def test_the_row_of_a_key_knows_the_first_of_those_that_replaced_each_other(database: Database) -> None:
    first = made(database)
    second = replaced(database, first.key_id)
    third = replaced(database, second.key_id)
    assert identity(database, first).lineage is None
    assert [identity(database, key).lineage for key in (second, third)] == [first.key_id] * 2
    # The old ones work on, for the grace.
    assert identity(database, second).key_id == second.key_id


def test_no_row_can_name_a_key_of_another_org_or_itself_as_its_first(database: Database) -> None:
    key = made(database)
    with database.org_transaction("globex") as connection:
        orgs.ensure_org(connection, "globex")
        theirs = keys.create_key(connection, "globex")
    row = "INSERT INTO api_keys (org_id, key_id, prefix, key_sha256, lineage) VALUES ('acme', :id, 'p', :sha, :lineage)"
    own = {"id": "key_next", "sha": "0" * 64, "lineage": key.key_id}
    for wrong in ({**own, "lineage": theirs.key_id}, {**own, "lineage": "key_next"}):
        with pytest.raises(SgdError), database.org_transaction("acme") as connection:
            connection.execute(text(row), wrong)
    with database.org_transaction("acme") as connection:
        connection.execute(text(row), own)


def caller(key_id: str, lineage: str | None = None, under: MakerLimits | None = None, per_min: int = 4) -> Principal:
    limits = KeyLimits(per_min, None, under)
    return Principal("acme", f"key:{key_id}", (), frozenset("*"), key_id, limits, lineage)


LINES = {
    "a key and the two after it": [caller("a"), caller("b", "a"), caller("c", "a")],
    "what a limited key makes": [caller("m"), *(caller(f"k{n}", None, MakerLimits("key:m", 4)) for n in range(9))],
    "what replaces what it made": [
        caller("k", None, MakerLimits("key:m", 4)), caller("l", "k", MakerLimits("key:m", 4)), caller("m"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
@pytest.mark.parametrize("has_redis", [True, False])
def test_all_of_a_line_together_ask_what_one_may(line: Sequence[Principal], has_redis: bool, redis_url: str) -> None:
    url = redis_url if has_redis else "unix:///nowhere/redis.sock"
    settings = Settings(_env_file=None)
    with redis.Redis.from_url(url) as client:
        limiter = RateLimiter(client)
        decided = [
            limiter.decide("acme", policies_for(one, settings, starts_work=False)) for one in islice(cycle(line), 30)
        ]
    assert [one.is_allowed for one in decided] == [True] * 4 + [False] * 26
    assert decided[-1].retry_after_s >= 58
    assert decided[0].is_local is not has_redis


@pytest.mark.parametrize("has_redis", [True, False])
def test_lines_of_their_own_have_windows_of_their_own(has_redis: bool, redis_url: str) -> None:
    url = redis_url if has_redis else "unix:///nowhere/redis.sock"
    settings = Settings(_env_file=None)
    with redis.Redis.from_url(url) as client:
        limiter = RateLimiter(client)
        for key_id in ("a", "b"):
            decided = [
                limiter.decide("acme", policies_for(caller(key_id), settings, starts_work=False)).is_allowed
                for _ in range(5)
            ]
            assert decided == [True] * 4 + [False]


async def allowed(client: httpx.AsyncClient, secrets: Sequence[str], times: int) -> int:
    answers = [await client.get("/uploads", headers={"X-API-Key": secret}) for secret in islice(cycle(secrets), times)]
    assert {answer.status_code for answer in answers} <= {200, 429}
    return sum(answer.status_code == 200 for answer in answers)


async def test_over_http_a_replaced_key_and_its_successor_share_the_limit_through_the_grace(
    app_services: Services, database: Database
) -> None:
    admin, key = made(database, per_min=100), made(database)
    async with serving(narrow(app_services)) as client:
        secrets = [key.plaintext]
        for _ in range(3):
            last = (await client.get("/v1/keys", headers={"X-API-Key": admin.plaintext})).json()["keys"][-1]["key_id"]
            path, sent = f"/v1/keys/{last}/rotate", {"X-API-Key": admin.plaintext}
            answer = await client.post(path, headers=sent, json={"grace_s": 600})
            assert answer.status_code == 201
            secrets.append(answer.json()["key"])
        assert await allowed(client, secrets, 12) == 4


async def test_over_http_keys_that_a_limited_key_makes_ask_no_more_than_it_together(
    app_services: Services, database: Database
) -> None:
    maker = made(database, per_min=6)
    async with serving(app_services) as client:
        sent, secrets = {"X-API-Key": maker.plaintext}, [maker.plaintext]
        for name in ("one", "two"):
            answer = await client.post("/v1/keys", headers=sent, json={"name": name, "scopes": ["*"]})
            assert answer.status_code == 201
            secrets.append(answer.json()["key"])
        sent = {"X-API-Key": secrets[1]}
        answer = await client.post("/v1/keys", headers=sent, json={"name": "three", "scopes": ["*"]})
        secrets.append(answer.json()["key"])
        # Three of the six went into making them.
        assert await allowed(client, secrets[1:], 12) == 3
        told = await client.get("/uploads", headers={"X-API-Key": secrets[-1]})
        assert '"maker";q=6;w=60' in told.headers["RateLimit-Policy"]


async def test_over_http_the_orgs_windows_hold_over_all_its_keys(app_services: Services, database: Database) -> None:
    limits = {"sgd_rate_limit_per_min": 7}
    services = replace(app_services, settings=app_services.settings.model_copy(update=limits))
    secrets = [made(database).plaintext for _ in range(5)]
    async with serving(services) as client:
        assert await allowed(client, secrets, 15) == 7


def test_a_budget_goes_over_to_the_key_that_follows_with_what_was_spent_of_it(database: Database) -> None:
    first = made(database)
    with database.org_transaction("acme") as connection:
        write_part_caps(connection, "acme", ("key", first.key_id), day_usd_micros=5_000, month_usd_micros=None)
    second = replaced(database, first.key_id)
    for key, cost in ((first, 3_000), (second, 1_000)):
        with database.org_transaction("acme") as connection:
            connection.execute(
                text(
                    "INSERT INTO inference_calls (org_id, call_id, task, cost_usd_micros, key_id, outcome)"
                    " VALUES ('acme', gen_random_uuid(), 'analyze', :cost, :key, 'succeeded')"
                ),
                {"cost": cost, "key": key.key_id},
            )
    with database.org_transaction("acme") as connection:
        caps = read_caps(connection, "acme")
    limits = BudgetLimits(of_parts=caps.parts, lines=caps.lines)
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    pots = [
        scope
        for key in (first, second)
        for scope in scopes_of(limits, Caller("acme", key_id=key.key_id), day)
        if scope.kind == "key_day"
    ]
    assert pots[0] == pots[1]
    assert DatabaseSpend(database).spent("acme", pots) == [4_000, 4_000]
    shown = [scope for scope in own_scopes(limits, Caller("acme")) if scope.kind == "key_day"]
    assert shown == pots[:1]


def test_a_key_that_was_replaced_a_moment_ago_has_no_pot_of_its_own() -> None:
    """Lines are read with the caps, once in some seconds: the caller knows its own at once."""
    fresh = Caller("acme", key_id="key_2", key_line="key_1")
    [pot] = [one for one in scopes_of(BudgetLimits(key_day_usd_micros=9), fresh, "2026-11-30") if one.kind == "key_day"]
    assert pot.name == "key:acme:key_1"


async def test_over_http_what_is_private_to_a_key_is_private_to_the_one_that_follows(
    app_services: Services, database: Database, as_org: Callable[[str], httpx.AsyncClient]
) -> None:
    first = made(database)
    async with serving(app_services) as client:
        body = {"name": "mine", "schema": {}, "visibility": "private"}
        kept = await client.post("/v1/schemas", headers={"X-API-Key": first.plaintext}, json=body)
        assert kept.status_code == 201
        second = {"X-API-Key": replaced(database, first.key_id).plaintext}
        assert (await client.get(kept.headers["location"], headers=second)).status_code == 200
        assert [one["id"] for one in (await client.get("/v1/schemas", headers=second)).json()["schemas"]]
    assert (await as_org("acme").get(kept.headers["location"])).status_code == 404
