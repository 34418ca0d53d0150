"""An org with nothing yet: no answer of the API is a dead end."""

import httpx

from sgd_api.http.openapi import build_openapi

FIRST_STEP = "send its evidence to POST /uploads, then ask POST /ingest; or `sgd ingest FOLDER --org acme`"
NEEDED = {
    "/search": {"q": "logo"}, "/canon/export": {"format": "css"}, "/canon/diff": {"from": "current"},
    "/assets/verify": {"key": "org/acme/x"},
}  # fmt: skip
RENDER = {
    "project_id": "p", "dry_run": True, "prompts": {"task": "create", "instruction": 'Poster: "Hello"'},
    "outputs": {"count": 1, "format": "png", "dimensions": "64x64"},
}  # fmt: skip


async def test_whatever_a_fresh_org_reads_is_there_or_says_what_comes_first(acme: httpx.AsyncClient) -> None:
    paths = [path for path, methods in build_openapi()["paths"].items() if "get" in methods and "{" not in path]
    answers = {path: await acme.get(path, params=NEEDED.get(path)) for path in paths}
    missing = {path: answer.json()["error"]["message"] for path, answer in answers.items() if answer.status_code == 404}
    assert "/canon" in missing
    dead_ends = {path: message for path, message in missing.items() if FIRST_STEP not in message}
    assert not dead_ends.keys() - {"/assets/verify"}, dead_ends


async def test_a_picture_asked_for_or_judged_before_any_evidence_says_what_comes_first(acme: httpx.AsyncClient) -> None:
    answers = (
        await acme.post("/render", json=RENDER),
        await acme.post("/critique", json={"project_id": "p", "asset_ids": ["0" * 64]}),
    )
    for answer in answers:
        assert (answer.status_code, FIRST_STEP in answer.json()["error"]["message"]) == (404, True), answer.text
