"""Session tokens: one identical refusal for whatever is wrong, and the org of both forms of claims."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sgd_resources.errors import Forbidden, SgdError, Unauthorized, Unavailable
from sgd_resources.identity.key_set import KeySet
from sgd_resources.identity.tokens import TokenIdentity, TokenRules, TokenVerifier, verify_token
from tests.sgd_resources.identity.issuer import (
    ISSUER,
    NOW,
    PARTY,
    b64,
    good_claims,
    jwk,
    jwks,
    other_spelling,
    sign_parts,
    token,
    with_other_claims,
    with_public_key_as_secret,
)  # isort: skip  # fmt: skip


def verify(sent: str, *, audience: str | None = None) -> TokenIdentity:
    keys = KeySet(lambda: jwks(jwk("k1"), jwk("k2"), {"kty": "oct", "kid": "shared", "k": b64(b"secret")}))
    rules = TokenRules(ISSUER, frozenset({PARTY}), audience)
    return TokenVerifier(rules, keys, clock=lambda: NOW).verify(sent)


def raw(claims: str, header: str = '{"alg":"RS256","typ":"JWT","kid":"k1"}') -> str:
    return sign_parts(header.encode(), claims.encode())


def changed(**claims: object) -> str:
    return token(good_claims(**claims))


GOOD = json.dumps(good_claims())
BAD: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "one part": lambda: "abc",
    "two parts": lambda: token().rpartition(".")[0],
    "four parts": lambda: token() + ".x",
    "five parts, as an encrypted token has": lambda: ".".join([*token().split("."), "a", "b"]),
    "no signature": lambda: token().rpartition(".")[0] + ".",
    "a space before": lambda: " " + token(),
    "a line end behind": lambda: token() + "\n",
    "padding": lambda: token() + "=",
    "plain base64 letters": lambda: token().replace("-", "+").replace("_", "/") + "+",
    "a signature spelt otherwise": lambda: other_spelling(token()),
    "a letter outside ASCII": lambda: token()[:-1] + "é",
    "too long": lambda: changed(filler="x" * 9_000),
    "claims that are no JSON": lambda: raw("{"),
    "claims that are a list": lambda: raw("[]"),
    "claims that are text": lambda: raw('"sub"'),
    "claims outside UTF-8": lambda: sign_parts(b'{"alg":"RS256","typ":"JWT","kid":"k1"}', b'{"sub":"\xff"}'),
    "claims with half a surrogate": lambda: raw(GOOD[:-1] + ', "x": "\\ud800"}'),
    "claims that nest too deep": lambda: raw('{"a":' + "[" * 3_000 + "]" * 3_000 + "}"),
    "a claim twice": lambda: raw(GOOD[:-1] + ', "sub": "user_2"}'),
    "a claim twice further in": lambda: raw(GOOD[:-1] + ', "o": {"id": "acme", "id": "globex"}}'),
    "NaN as the end": lambda: raw(json.dumps(good_claims(exp=...))[:-1] + ', "exp": NaN}'),
    "Infinity as the end": lambda: raw(json.dumps(good_claims(exp=...))[:-1] + ', "exp": Infinity}'),
    "1e999 as the end": lambda: raw(json.dumps(good_claims(exp=...))[:-1] + ', "exp": 1e999}'),
    "a number of 400 digits as the end": lambda: raw(json.dumps(good_claims(exp=...))[:-1] + f', "exp": {"9" * 400}}}'),
    "a header that is no JSON": lambda: raw(GOOD, "RS256"),
    "a header name twice": lambda: raw(GOOD, '{"alg":"none","alg":"RS256","typ":"JWT","kid":"k1"}'),
    "alg none": lambda: token(alg="none"),
    "alg none without signature": lambda: token(alg="none").rpartition(".")[0] + ".",
    "alg None": lambda: token(alg="None"),
    "alg missing": lambda: token(alg=...),
    "alg null": lambda: token(alg=None),
    "alg in small letters": lambda: token(alg="rs256"),
    "alg a list": lambda: token(alg=["RS256"]),
    "alg HS256 with the public key as secret": with_public_key_as_secret,
    "alg RS384": lambda: token(alg="RS384"),
    "alg PS256": lambda: token(alg="PS256"),
    "alg ES256": lambda: token(alg="ES256"),
    "kid missing": lambda: token(kid=...),
    "kid empty": lambda: token(kid=""),
    "kid null": lambda: token(kid=None),
    "kid a number": lambda: token(kid=1),
    "kid a list": lambda: token(kid=["k1"]),
    "kid unknown": lambda: token(kid="k9"),
    "kid a path": lambda: token(kid="../../etc/passwd"),
    "kid of a key of another kind": lambda: token(kid="shared"),
    "kid of the issuer's other key": lambda: token(kid="k2"),
    "another's key": lambda: token(key="stranger"),
    "another's key, brought along": lambda: token(key="stranger", jwk=jwk("stranger")),
    "another's key, at an address": lambda: token(key="stranger", jku="https://evil.example/jwks.json"),
    "another's certificate": lambda: token(key="stranger", x5u="https://evil.example/x.pem", x5c=["MII"]),
    "an extension that must be understood": lambda: token(crit=["exp"]),
    "an unencoded payload": lambda: token(b64=False),
    "typ of something else": lambda: token(typ="secevent+jwt"),
    "typ a number": lambda: token(typ=1),
    "changed claims": with_other_claims,
    "changed header": lambda: ".".join([b64(b'{"alg":"RS256","kid":"k1","typ":"jwt"}'), *token().split(".")[1:]]),
    "issuer missing": lambda: changed(iss=...),
    "issuer of another": lambda: changed(iss="https://clerk.evil.example"),
    "issuer with a slash more": lambda: changed(iss=ISSUER + "/"),
    "issuer in capitals": lambda: changed(iss=ISSUER.upper()),
    "issuer a list": lambda: changed(iss=[ISSUER]),
    "issuer null": lambda: changed(iss=None),
    "azp missing": lambda: changed(azp=...),
    "azp of another": lambda: changed(azp="https://evil.example"),
    "azp longer": lambda: changed(azp=PARTY + ".evil.example"),
    "azp empty": lambda: changed(azp=""),
    "azp a list": lambda: changed(azp=[PARTY]),
    "exp missing": lambda: changed(exp=...),
    "exp null": lambda: changed(exp=None),
    "exp text": lambda: changed(exp=str(int(NOW + 60))),
    "exp true": lambda: changed(exp=True),
    "exp a list": lambda: changed(exp=[NOW + 60]),
    "exp past": lambda: changed(exp=NOW - 60),
    "exp just past the skew": lambda: changed(exp=NOW - 5),
    "exp negative": lambda: changed(exp=-1),
    "nbf to come": lambda: changed(nbf=NOW + 6),
    "nbf text": lambda: changed(nbf="now"),
    "iat to come": lambda: changed(iat=NOW + 6),
    "iat text": lambda: changed(iat=str(NOW)),
    "sub missing": lambda: changed(sub=...),
    "sub empty": lambda: changed(sub=""),
    "sub a number": lambda: changed(sub=7),
    "sub with a NUL": lambda: changed(sub="user\0"),
    "sub of 201 characters": lambda: changed(sub="x" * 201),
    "org a number": lambda: changed(org_id=7),
    "org a list": lambda: changed(org_id=["acme"]),
    "two orgs": lambda: changed(o={"id": "globex"}),
    "two roles": lambda: changed(o={"id": "acme", "rol": "member"}),
    "o is text": lambda: changed(o="acme"),
    "o without text inside": lambda: changed(org_id=..., o={"id": 1}),
    "role a list": lambda: changed(org_role=["org:admin"]),
    "roles text": lambda: changed(roles="admin"),
    "roles with a number": lambda: changed(roles=["admin", 1]),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_token_is_refused_in_the_same_words_whatever_is_wrong(name: str) -> None:
    with pytest.raises(Unauthorized) as refused:
        verify(BAD[name]())

    assert (refused.value.message, refused.value.details) == ("this token is not valid", {})


@pytest.mark.parametrize(
    "claims",
    [
        {"org_id": ..., "org_role": ...},
        {"org_id": None},
        {"org_id": ""},
        {"org_id": ..., "o": {"id": None}},
        {"sts": "pending"},
        {"sts": "pending", "org_id": ...},
    ],
)
def test_a_good_token_outside_of_an_org_is_forbidden(claims: dict[str, object]) -> None:
    with pytest.raises(Forbidden):
        verify(changed(**claims))


@pytest.mark.parametrize(
    ("claims", "org_id", "roles"),
    [
        ({}, "acme", ("admin",)),
        ({"org_role": ...}, "acme", ()),
        ({"org_id": ..., "org_role": ..., "v": 2, "o": {"id": "acme", "rol": "editor"}}, "acme", ("editor",)),
        ({"o": {"id": "acme", "rol": "admin"}}, "acme", ("admin",)),
        ({"roles": ["org:editor", "admin"]}, "acme", ("admin", "editor")),
        ({"sts": "active"}, "acme", ("admin",)),
        ({"o": None}, "acme", ("admin",)),
    ],
)  # fmt: skip
def test_both_forms_of_claims_name_the_org_and_its_roles(
    claims: dict[str, object], org_id: str, roles: tuple[str, ...]
) -> None:
    found = verify(changed(**claims))

    assert (found.subject, found.org_id, found.roles) == ("user_1", org_id, roles)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": NOW - 4}, {"nbf": NOW + 5}, {"iat": NOW + 5}, {"exp": NOW + 0.5}, {"nbf": ..., "iat": ...},
        {"aud": "anything"}, {"email": "a@b.example", "unknown": {"deep": [1]}},
    ],
)  # fmt: skip
def test_what_no_rule_forbids_is_let_in(claims: dict[str, object]) -> None:
    assert verify(changed(**claims)).org_id == "acme"


@pytest.mark.parametrize("header", [{"typ": ...}, {"typ": "jwt"}, {"jku": "https://evil.example"}, {"x5t": "a"}])
def test_what_a_token_says_of_its_own_key_is_not_read(header: dict[str, Any]) -> None:
    assert verify(token(**header)).org_id == "acme"


@pytest.mark.parametrize(("aud", "is_good"), [
    ("sgd", True), (["other", "sgd"], True), (..., False), ("other", False), ([], False), ("sgdx", False),
    (None, False),
])  # fmt: skip
def test_the_audience_counts_only_where_one_is_configured(aud: object, is_good: bool) -> None:
    if is_good:
        assert verify(changed(aud=aud), audience="sgd").org_id == "acme"
        return
    with pytest.raises(Unauthorized):
        verify(changed(aud=aud), audience="sgd")


def test_without_the_issuers_keys_nobody_is_told_that_the_token_is_bad() -> None:
    def away() -> bytes:
        raise Unavailable("away")

    verifier = TokenVerifier(TokenRules(ISSUER, frozenset({PARTY})), KeySet(away), clock=lambda: NOW)
    with pytest.raises(Unavailable):
        verifier.verify(token())


def test_the_plain_function_takes_any_address_and_refuses_plain_http_elsewhere() -> None:
    keys = KeySet(lambda: jwks(jwk("k1")))
    found = verify_token(
        token(),
        jwks_url="https://keys.example/jwks",
        issuer=ISSUER,
        authorized_parties={PARTY},
        key_set=keys,
        now_s=NOW,
    )
    assert found.org_id == "acme"
    with pytest.raises(SgdError, match="https"):
        verify_token(token(), jwks_url="http://keys.example/jwks", issuer=ISSUER, authorized_parties={PARTY}, now_s=NOW)
