"""Every route needs a scope that somebody decided on."""

import pytest

from sgd_api.http.app import create_app
from sgd_api.http.callers.scopes import scope_of
from sgd_api.http.openapi import PUBLIC_PATHS
from sgd_resources.identity.access_policy import access_policy
from sgd_resources.identity.principal import covers, holds_scope
from sgd_resources.settings import Settings

ROUTES = [
    (method, path)
    for path, methods in create_app(Settings(_env_file=None)).openapi()["paths"].items()
    for method in methods
    if path not in PUBLIC_PATHS
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
