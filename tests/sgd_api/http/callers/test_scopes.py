"""Every route needs a scope that somebody decided on."""

import json

import pytest

from sgd_api.http.callers.scopes import scope_of
from sgd_api.http.openapi import PUBLIC_PATHS
from sgd_api.http.work.ask import SCOPE_OF_TYPE
from sgd_resources.contracts import CONTRACTS_DIR, faults
from sgd_resources.errors import InvalidInput
from sgd_resources.identity.access_policy import KNOWN_SCOPES, access_policy, check_scopes
from sgd_resources.identity.principal import covers, holds_scope
from tests.sgd_api.http.description import description

ROUTES = [
    (method, path) for path, methods in description()["paths"].items() for method in methods if path not in PUBLIC_PATHS
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_each_closed_route_has_a_noun(method: str, path: str) -> None:
    assert scope_of(method, path).partition(":")[0] != "org" or path.startswith("/org")


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/renders/{render_id}", "renders:read"),
        ("POST", "/render", "renders:write"),
        ("HEAD", "/canon", "canon:read"),
        ("DELETE", "/evidence/{sha}", "evidence:write"),
        ("GET", "/search", "search:read"),
        ("POST", "/v1/keys", "keys:write"),
        ("POST", "/v1/chat/completions", "prompts:write"),
        ("POST", "/api/chat", "prompts:write"),
        ("GET", "/api/inference/status", "usage:read"),
        ("GET", "/never/heard/of", "org:write"),
        ("GET", "/", "org:write"),
    ],
)
def test_the_scope_is_the_paths_noun_and_whether_it_only_reads(method: str, path: str, scope: str) -> None:
    assert scope_of(method, path) == scope


def test_a_noun_or_everything_covers_its_parts_and_never_more() -> None:
    assert holds_scope(frozenset({"renders:*"}), "renders:write")
    assert holds_scope(frozenset({"*"}), "org:write")
    assert not holds_scope(frozenset({"renders:read"}), "renders:write")
    assert covers(frozenset({"renders:read", "renders:write"}), "renders:*")
    assert not covers(frozenset({"renders:write"}), "renders:*")
    assert not covers(frozenset({"renders:*"}), "*")


def test_a_role_that_the_policy_does_not_name_may_do_nothing() -> None:
    assert access_policy().scopes_of(["stranger"]) == frozenset()
    assert "*" in access_policy().scopes_of(["admin", "stranger"])


def test_the_known_scopes_are_those_that_some_route_asks_for_and_their_covers() -> None:
    asked = {scope_of(method, path) for method, path in ROUTES} | set(SCOPE_OF_TYPE.values())
    covers_of_them = {f"{scope.partition(':')[0]}:*" for scope in asked}
    assert set(KNOWN_SCOPES) == asked | covers_of_them | {"*"}


def test_every_contract_that_takes_a_scope_names_the_known_ones() -> None:
    policy = json.loads((CONTRACTS_DIR / "access_policy.schema.json").read_text("utf-8"))
    asked = json.loads((CONTRACTS_DIR / "api_key_request.schema.json").read_text("utf-8"))
    assert policy["$defs"]["scopes"]["items"]["enum"] == list(KNOWN_SCOPES)
    assert asked["properties"]["scopes"]["items"]["enum"] == list(KNOWN_SCOPES)


@pytest.mark.parametrize("scope", ["bogus:read", "bogus:*", "search:write", "facts:read", "Renders:read", "all", ""])
def test_a_scope_that_no_route_knows_is_refused_and_told_the_known_ones(scope: str) -> None:
    with pytest.raises(InvalidInput, match=r"known are .*usage:read"):
        check_scopes(["renders:read", scope])
    (fault,) = faults("api_key_request", {"name": "x", "scopes": [scope]})
    assert (fault.path, all(known in fault.message for known in KNOWN_SCOPES)) == ("$.scopes[0]", True)
    policy = {"version": 1, "roles": {"editor": [scope]}, "api_key_default": [], "service_default": []}
    assert [fault.path for fault in faults("access_policy", policy)] == ["$.roles.editor[0]"]
