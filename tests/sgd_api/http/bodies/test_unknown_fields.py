"""A field or parameter that nobody knows is refused, wherever it stands: it would be obeyed by nobody."""

from typing import Any

import httpx
import pytest

from tests.sgd_api.http.routes.test_renders import BODY

PROJECT = {"project_id": "p"}
KNOWN: dict[str, dict[str, Any]] = {
    "/render": BODY,
    "/ingest": {**PROJECT, "assets": []},
    "/canon/derive": {**PROJECT, "evidence_ids": []},
    "/critique": {**PROJECT, "asset_ids": ["x"]},
}


def paths_of(answer: httpx.Response) -> list[str]:
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED"), answer.text
    return [fault["path"] for fault in answer.json()["error"]["details"]["errors"]]


@pytest.mark.parametrize("path", KNOWN)
@pytest.mark.parametrize("name", ["rehearse", "draft_allowed", "webhook_url"])
async def test_an_unknown_field_of_a_body_is_named(acme: httpx.AsyncClient, path: str, name: str) -> None:
    assert paths_of(await acme.post(path, json={**KNOWN[path], name: True})) == [f"$.{name}"]


async def test_an_unknown_field_deep_inside_is_named_with_its_place(acme: httpx.AsyncClient) -> None:
    body = {**BODY, "outputs": {**BODY["outputs"], "dpi": 300}, "constraints": {"pallete_hex": []}}
    assert sorted(paths_of(await acme.post("/render", json=body))) == ["$.constraints.pallete_hex", "$.outputs.dpi"]


PLAN: dict[str, Any] = {
    "goal": "a poster",
    "ops": ["text_overlay"],
    "safety": {"respect_logo_safe_zone": True, "palette_only": True},
}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"headlin": "Open day"}, "$.plan.headlin"),
        ({"safety": {**PLAN["safety"], "strict": True}}, "$.plan.safety.strict"),
    ],
)
async def test_an_unknown_field_of_a_clients_plan_is_named(
    acme: httpx.AsyncClient, changes: dict[str, Any], path: str
) -> None:
    assert paths_of(await acme.post("/render", json={**BODY, "plan": {**PLAN, **changes}})) == [path]


async def test_an_unknown_field_of_a_message_is_named(acme: httpx.AsyncClient) -> None:
    body = {"messages": [{"role": "user", "content": "Hi", "name": "Ada"}], "params": {"top_k": 1}}
    assert {"$.messages[0].name", "$.params.top_k"} <= {*paths_of(await acme.post("/api/chat", json=body))}


@pytest.mark.parametrize(
    ("data", "files", "path"),
    [
        ({"project_id": "p", "dry_run": "1"}, {"files": ("a.txt", b"x")}, "$.dry_run"),
        ({"project_id": "p"}, {"files": ("a.txt", b"x"), "attachment": ("b.txt", b"y")}, "$.attachment"),
        ({"project_id": "p", "files": "no file"}, {"files": ("a.txt", b"x")}, "$.files"),
        ({"project_id": ["p", "q"]}, {"files": ("a.txt", b"x")}, "$.project_id"),
    ],
    ids=["field", "file", "file field without a file", "twice"],
)
async def test_an_unknown_field_of_a_form_is_named_and_nothing_is_kept(
    acme: httpx.AsyncClient, data: dict[str, Any], files: dict[str, Any], path: str
) -> None:
    assert paths_of(await acme.post("/uploads", data=data, files=files)) == [path]
    assert (await acme.get("/uploads")).json()["uploads"] == []


@pytest.mark.parametrize("url", ["/uploads?limt=5", "/canon/versions?cursor=1&page=2", "/search?q=x&q=y", "/canon?v=1"])
async def test_an_unknown_or_repeated_parameter_is_named(acme: httpx.AsyncClient, url: str) -> None:
    [path] = paths_of(await acme.get(url))
    assert path.startswith("$.query.")


async def test_a_guesser_without_a_key_learns_nothing_about_parameters(anonymous: httpx.AsyncClient) -> None:
    assert (await anonymous.get("/uploads?limt=5")).status_code == 401
