"""Whatever a client sends, it is answered with a 4xx or a result, never with a 5xx."""

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from sgd_resources.contracts import ROOT, faults
from tests.sgd_api.http.bodies.test_json_body import HOSTILE
from tests.sgd_api.http.routes.test_renders import BODY

SHARED = Path(os.environ.get("SGD_SHARED", ROOT.parent / "shared")) / "lists" / "naughty_dev.json"
OWN_LIST = [
    "",
    "NULL",
    "\u202e\u2066x",
    "👩‍👩‍👧‍👦" * 50,
    "'; DROP TABLE orgs; --",
    "<script>alert(1)</script>",
    "%00%0a",
    "{{7*7}}",
    "../../../etc/passwd",
    "\ufeff\ufffe",
    "a" * 20_000,
    "\u0000",
    "\x7f\x1b[31m",
    "١٢٣",
    "Ω≈ç√∫˜µ≤≥÷",
]
POSTS = ["/render", "/ingest", "/canon/derive", "/critique"]


def _strings() -> list[str]:
    shared = json.loads(SHARED.read_text("utf-8")) if SHARED.is_file() else []
    return [*OWN_LIST, *shared]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_json_is_a_4xx_in_the_envelope(acme: httpx.AsyncClient, path: str, data: bytes) -> None:
    answer = await acme.post(path, content=data, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 413)
    assert faults("error_envelope", answer.json()) == []


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("document", [None, True, 7, "x", [], {}, [[]], {"project_id": {}}], ids=repr)
async def test_the_wrong_shape_is_a_422(acme: httpx.AsyncClient, path: str, document: Any) -> None:
    content = json.dumps(document).encode()
    answer = await acme.post(path, content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")


async def test_a_body_over_the_cap_is_refused_declared_or_not(acme: httpx.AsyncClient) -> None:
    async def flood() -> Any:
        for _ in range(1_000):
            yield b" " * 1_000

    for content in (b" " * 100_001, flood()):
        answer = await acme.post("/render", content=content, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "PAYLOAD_TOO_LARGE")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""])
async def test_another_content_type_is_refused(acme: httpx.AsyncClient, kind: str) -> None:
    answer = await acme.post("/render", content=json.dumps(BODY), headers={"Content-Type": kind})
    assert answer.status_code == 400


@pytest.mark.slow
async def test_naughty_strings_anywhere_in_a_body_never_fail_on_our_side(acme: httpx.AsyncClient) -> None:
    acme.headers["Prefer"] = "respond-async"
    for text in _strings():
        bodies: list[tuple[str, dict[str, Any]]] = [
            (
                "/render",
                {**BODY, "project_id": text, "prompts": {**BODY["prompts"], "instruction": text, "references": [text]}},
            ),
            ("/ingest", {"project_id": "p", "assets": [text]}),
        ]
        for path, body in bodies:
            answer = await acme.post(path, content=json.dumps(body), headers={"Content-Type": "application/json"})
            assert answer.status_code in (202, 400, 404, 413, 422, 429), (text, answer.text)


async def test_naughty_strings_in_queries_and_file_names_never_fail_on_our_side(acme: httpx.AsyncClient) -> None:
    for number, text in enumerate(_strings()[:60]):
        answer = await acme.get("/search", params={"q": text, "limit": "3"})
        assert answer.status_code in (200, 422, 429), (text, answer.text)
        name = text.encode("utf-8", "replace").decode("utf-8") or "x"
        form = {"files": (name, f"{number}".encode(), "text/plain")}
        uploaded = await acme.post("/uploads", files=form, data={"project_id": "p"})
        assert uploaded.status_code in (201, 200, 400, 422, 429), (text, uploaded.text)
