"""The examples are of routes that are there, with bodies that they accept."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sgd_resources.contracts import faults
from tools.api_examples.postman import collection

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"


@cache
def openapi() -> Any:
    return yaml.load((ROOT / "openapi.yaml").read_text("utf-8"), yaml.CSafeLoader)


def routes() -> set[tuple[str, str]]:
    return {(method.upper(), path) for path, methods in openapi()["paths"].items() for method in methods}


def requests(found: Any) -> Iterator[tuple[str, str, Any]]:
    for folder in found["item"]:
        for item in folder["item"]:
            request = item["request"]
            segments = [f"{{{part[1:]}}}" if part.startswith(":") else part for part in request["url"]["path"]]
            yield request["method"], "/" + "/".join(segments), request


@pytest.mark.slow
def test_a_collection_made_now_has_every_route_once() -> None:
    made = [(method, path) for method, path, _ in requests(collection(openapi()))]
    assert sorted(made) == sorted(routes())


def test_the_one_that_lies_there_names_no_route_that_is_gone() -> None:
    kept = json.loads((EXAMPLES / "postman.json").read_text("utf-8"))
    named = {(method, path) for method, path, _ in requests(kept)}
    # New routes come in by `python -m tools.api_examples --write`; one more or less does not hurt who reads examples.
    assert named <= routes()
    assert len(named) > 0.7 * len(routes())


def test_every_json_body_keeps_its_own_contract() -> None:
    filled = 0
    for method, path, request in requests(collection(openapi())):
        if request.get("body", {}).get("mode") == "raw":
            content = openapi()["paths"][path][method.lower()]["requestBody"]["content"]["application/json"]
            name = re.sub(r"(?<!^)(?=[A-Z])", "_", content["schema"]["$ref"].rpartition("/")[2]).lower()
            body = json.loads(request["body"]["raw"])
            if body:
                filled += 1
                assert faults(name, body) == [], path
    assert filled > 5


def test_open_routes_send_no_key_and_others_do() -> None:
    for _, path, request in requests(collection(openapi())):
        if path in ("/healthz", "/readyz"):
            assert request["auth"] == {"type": "noauth"}
        if path == "/uploads":
            assert "auth" not in request


def test_requests_for_editors_and_for_curl_are_of_routes_that_are_there() -> None:
    text = (EXAMPLES / "sgd.http").read_text("utf-8")
    asked = re.findall(r"^(GET|POST|PUT|DELETE) \{\{url\}\}(/[^\s?]*)", text, flags=re.M)
    assert len(asked) > 6
    assert set(asked) <= routes()
    for query in re.findall(r"/search\?(\w+)=", text):
        assert query in {each["name"] for each in openapi()["paths"]["/search"]["get"]["parameters"]}
    script = (EXAMPLES / "first_picture.sh").read_text("utf-8")
    assert {path for _, path in routes()} >= set(re.findall(r'"\$url(/[\w/]+)"', script))
