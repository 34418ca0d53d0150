"""Callers over HTTP: tokens, scopes, signed requests, and limits of their own."""

import hashlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.identity.key_set import KeySet
from sgd_resources.identity.signed_request import EMPTY_SHA256, SignedHeaders, sign
from sgd_resources.identity.tokens import TokenRules, TokenVerifier
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from tests.sgd_api.conftest import make_key, serving
from tests.sgd_resources.identity.issuer import ISSUER, NOW, PARTY, good_claims, jwk, jwks, token
from tests.sgd_resources.identity.test_tokens import BAD

SECRET = "s" * 32


@asynccontextmanager
async def serving_with(services: Services, **settings: object) -> AsyncIterator[httpx.AsyncClient]:
    """The app with other settings, and an issuer whose clock stands."""
    told = {"sgd_service_secrets": f"web={SECRET}", **settings}
    changed = replace(services, settings=type(services.settings)(_env_file=None, **{**_plain(services), **told}))
    verifier = TokenVerifier(TokenRules(ISSUER, frozenset({PARTY})), KeySet(lambda: jwks(jwk("k1"))), clock=lambda: NOW)
    changed.__dict__["token_verifier"] = verifier
    async with serving(changed) as client:
        yield client


def _plain(services: Services) -> dict[str, Any]:
    return services.settings.model_dump(exclude_unset=True)


def bearer(sent: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {sent}"}


def with_org(database: Database, org_id: str, external_id: str | None = None) -> None:
    with database.org_transaction(org_id) as connection:
        orgs.ensure_org(connection, org_id)
        orgs.link_org(connection, org_id, external_id)


async def test_a_session_token_names_its_org_and_its_role_says_what_it_may_do(
    app_services: Services, database: Database
) -> None:
    with_org(database, "acme")
    viewer = token(good_claims(org_role="org:viewer"))
    async with serving_with(app_services) as client:
        assert (await client.get("/uploads", headers=bearer(viewer))).status_code == 200
        refused = await client.post("/render", headers=bearer(viewer), json={})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "FORBIDDEN")
        assert refused.json()["error"]["details"] == {"scope": "renders:write"}
        nobody = await client.get("/uploads", headers=bearer(token(good_claims(org_role=...))))
        assert nobody.status_code == 403


async def test_bad_tokens_have_one_body(app_services: Services, database: Database) -> None:
    """All that a header can carry as a token: what has a dot, and no blanks around it or letters outside ASCII."""
    with_org(database, "acme")
    sent = {name: make() for name, make in BAD.items()}
    bad = {name: one for name, one in sent.items() if "." in one and one.isascii() and one == one.strip()}
    assert len(bad) >= 60
    bodies = {}
    async with serving_with(app_services, sgd_rate_limit_failed_logins_per_min=10**6) as client:
        for name, one in bad.items():
            answer = await client.get("/uploads", headers=bearer(one))
            error = answer.json()["error"]
            told = json.dumps({part: error[part] for part in ("code", "message", "details")})
            bodies[name] = (answer.status_code, told, answer.headers.get("www-authenticate"))
    assert len(set(bodies.values())) == 1, bodies
    assert next(iter(bodies.values()))[0] == 401


async def test_an_issuers_own_name_of_an_org_is_linked_by_an_operator(
    app_services: Services, database: Database
) -> None:
    with_org(database, "linked", "org_2ABCdef")
    by_external, by_ours = (token(good_claims(org_id=name)) for name in ("org_2ABCdef", "linked"))
    async with serving_with(app_services) as client:
        assert (await client.get("/uploads", headers=bearer(by_external))).status_code == 200
        # a stranger's org that is called as ours is there must not get in by that
        assert (await client.get("/uploads", headers=bearer(by_ours))).status_code == 403
        assert (await client.get("/uploads", headers=bearer(token(good_claims(org_id="none"))))).status_code == 403


async def test_a_key_does_what_its_scopes_say_until_it_expires(app_services: Services, database: Database) -> None:
    with_org(database, "acme")
    with database.org_transaction("acme") as connection:
        narrow = keys.create_key(connection, "acme", rights=keys.KeyRights(scopes=("canon:read",))).plaintext
        past = datetime.now(UTC) - timedelta(seconds=1)
        old = keys.create_key(connection, "acme", rights=keys.KeyRights(expires_at=past)).plaintext
    async with serving_with(app_services) as client:
        assert (await client.get("/canon/versions", headers=bearer(narrow))).status_code == 200
        assert (await client.get("/uploads", headers=bearer(narrow))).status_code == 403
        expired = await client.get("/canon/versions", headers=bearer(old))
        assert (expired.status_code, expired.json()["error"]["message"]) == (401, "the API key has expired")


async def test_each_key_has_windows_of_its_own(app_services: Services, database: Database) -> None:
    with_org(database, "acme")
    with database.org_transaction("acme") as connection:
        slow = keys.create_key(connection, "acme", rights=keys.KeyRights(per_min=2)).plaintext
        hourly = keys.create_key(connection, "acme", rights=keys.KeyRights(per_hour=1)).plaintext
    other = make_key(database, "acme")
    async with serving_with(app_services, sgd_key_limit_burst=3, sgd_key_limit_per_s=1) as client:
        codes = [(await client.get("/uploads", headers=bearer(slow))).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        codes = [(await client.get("/uploads", headers=bearer(hourly))).status_code for _ in range(2)]
        assert codes == [200, 429]
        answers = [await client.get("/uploads", headers=bearer(other)) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert '"burst";q=3;w=3' in answers[0].headers["ratelimit-policy"]
        assert 1 <= int(answers[3].headers["retry-after"]) <= 3


def signed(method: str, target: str, body: bytes = b"", **other: str) -> dict[str, str]:
    """Headers of a service's request."""
    content = hashlib.sha256(body).hexdigest() if body else EMPTY_SHA256
    parts = {"service": "web", "org_id": "acme", "timestamp": str(int(time.time())), "nonce": f"n{time.time_ns():019d}"}
    headers = SignedHeaders(**{**parts, "content_sha256": content, "signature": "", **other})
    signature = sign(SECRET, method=method, target=target, headers=headers)
    return {
        "X-SGD-Service": headers.service, "X-SGD-Org": headers.org_id, "X-SGD-Timestamp": headers.timestamp,
        "X-SGD-Nonce": headers.nonce, "X-SGD-Content-SHA256": content, "X-SGD-Signature": signature,
    }  # fmt: skip


async def test_a_service_signs_for_an_org_and_each_request_counts_once(
    app_services: Services, database: Database
) -> None:
    with_org(database, "acme")
    async with serving_with(app_services) as client:
        headers = signed("GET", "/uploads?limit=2")
        assert (await client.get("/uploads?limit=2", headers=headers)).status_code == 200
        assert (await client.get("/uploads?limit=2", headers=headers)).status_code == 401
        other = signed("GET", "/uploads?limit=3")
        assert (await client.get("/uploads?limit=4", headers=other)).status_code == 401


async def test_a_signed_body_is_the_body(app_services: Services, database: Database) -> None:
    with_org(database, "acme")
    asked = {"Content-Type": "application/json"}
    async with serving_with(app_services) as client:
        body = b'{"nothing": 1}'
        right = await client.post("/render", content=body, headers={**asked, **signed("POST", "/render", body)})
        assert right.status_code == 422
        wrong = await client.post(
            "/render", content=b'{"other": 12}', headers={**asked, **signed("POST", "/render", body)}
        )
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "UNAUTHORIZED")
        assert faults("error_envelope", wrong.json()) == []


async def test_a_browser_of_a_named_origin_may_call(app_services: Services, database: Database) -> None:
    key = make_key(database, "acme")
    ask = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST",
           "Access-Control-Request-Headers": "authorization,content-type"}  # fmt: skip
    async with serving_with(app_services, sgd_cors_origins="https://app.example") as client:
        preflight = await client.options("/render", headers=ask)
        assert preflight.status_code == 200
        assert preflight.headers["access-control-allow-origin"] == "https://app.example"
        answer = await client.get("/uploads", headers={**bearer(key), "Origin": "https://app.example"})
        assert answer.headers["access-control-allow-origin"] == "https://app.example"
        assert "RateLimit" in answer.headers["access-control-expose-headers"]
        refused = await client.options("/render", headers={**ask, "Origin": "https://evil.example"})
        assert refused.status_code == 400
        assert "access-control-allow-origin" not in refused.headers


async def test_an_admin_makes_lists_rotates_and_revokes_keys(app_services: Services, database: Database) -> None:
    with_org(database, "acme")
    admin = bearer(token())
    async with serving_with(app_services) as client:
        made = await client.post(
            "/v1/keys", headers=admin, json={"name": "ci", "team": "web", "scopes": ["renders:*"], "per_min": 50}
        )
        assert made.status_code == 201
        assert faults("created_api_key", made.json()) == []
        first = made.json()
        assert (await client.get("/canon/versions", headers=bearer(first["key"]))).status_code == 403

        rotated = await client.post(f"/v1/keys/{first['key_id']}/rotate", headers=admin, json={"grace_s": 60})
        assert rotated.status_code == 201
        for key in (first["key"], rotated.json()["key"]):
            assert (await client.get("/renders/none", headers=bearer(key))).status_code == 404

        assert (await client.delete(f"/v1/keys/{first['key_id']}", headers=admin)).status_code == 204
        assert (await client.get("/renders/none", headers=bearer(first["key"]))).status_code == 401

        listed = await client.get("/v1/keys", headers=admin)
        assert faults("api_key_list", listed.json()) == []
        entries = {entry["key_id"]: entry for entry in listed.json()["keys"]}
        assert entries[rotated.json()["key_id"]]["scopes"] == ["renders:*"]
        assert entries[first["key_id"]]["revoked_at"]
        assert first["key"] not in listed.text


async def test_a_key_gives_nothing_that_its_maker_has_not_and_reaches_no_other_org(
    app_services: Services, database: Database
) -> None:
    with_org(database, "acme")
    with database.org_transaction("acme") as connection:
        rights = keys.KeyRights(scopes=("keys:*", "renders:read"))
        clerk = bearer(keys.create_key(connection, "acme", rights=rights).plaintext)
    theirs = make_key(database, "globex")
    with database.org_transaction("globex") as connection:
        their_id = keys.list_keys(connection, "globex")[-1].key_id
    async with serving_with(app_services) as client:
        for scopes in (["*"], ["renders:*"], ["canon:read"], None):
            body = {"name": "x"} if scopes is None else {"name": "x", "scopes": scopes}
            assert (await client.post("/v1/keys", headers=clerk, json=body)).status_code == 403
        assert (
            await client.post("/v1/keys", headers=clerk, json={"name": "x", "scopes": ["renders:read"]})
        ).status_code == 201
        assert (await client.delete(f"/v1/keys/{their_id}", headers=clerk)).status_code == 404
        assert (await client.post(f"/v1/keys/{their_id}/rotate", headers=clerk, json={})).status_code == 404
        assert (await client.get("/uploads", headers=bearer(theirs))).status_code == 200
        assert (await client.get("/v1/keys", headers=bearer(theirs))).status_code == 403


async def test_nobody_rotates_a_key_that_may_do_more_and_the_old_key_stays_as_it_was(
    app_services: Services, database: Database
) -> None:
    with_org(database, "acme")
    stronger = ("*",), ("renders:*",), ("canon:read",), None
    with database.org_transaction("acme") as connection:
        clerk = bearer(
            keys.create_key(connection, "acme", rights=keys.KeyRights(scopes=("keys:*", "renders:read"))).plaintext
        )
        made = [keys.create_key(connection, "acme", rights=keys.KeyRights(scopes=scopes)) for scopes in stronger]
        equal = keys.create_key(connection, "acme", rights=keys.KeyRights(scopes=("renders:read",)))
    async with serving_with(app_services) as client:
        for key in made:
            refused = await client.post(f"/v1/keys/{key.key_id}/rotate", headers=clerk, json={"grace_s": 0})
            assert (refused.status_code, "sgd_" in refused.text) == (403, False)
        assert (await client.get("/uploads", headers=bearer(made[0].plaintext))).status_code == 200
        assert (await client.post(f"/v1/keys/{equal.key_id}/rotate", headers=clerk)).status_code == 201
    with database.org_transaction("acme") as connection:
        ends = {key.key_id: key.expires_at for key in keys.list_keys(connection, "acme")}
    assert [ends[key.key_id] for key in made] == [None] * len(made)


@pytest.mark.parametrize("body", [
    {}, {"name": ""}, {"name": "x", "scopes": []}, {"name": "x", "scopes": ["all"]}, {"name": "x", "per_min": 0},
    {"name": "x", "expires_at": "2020-01-01T00:00:00Z"}, {"name": "x", "expires_at": "soon"},
    {"name": "x", "owner": "me"},
])  # fmt: skip
async def test_a_key_request_that_breaks_its_contract_is_a_422(
    body: dict[str, object], app_services: Services, database: Database
) -> None:
    with_org(database, "acme")
    async with serving_with(app_services) as client:
        answer = await client.post("/v1/keys", headers=bearer(token()), json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")
