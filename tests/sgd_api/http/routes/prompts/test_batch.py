"""POST /v1/analyze/batch: an end for each prompt, in their order, from one budget."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from sgd_resources.contracts import faults
from tests.fakes.openrouter import Step, chat_reply, error_body
from tests.sgd_api.http.routes.prompts.conftest import ANSWER, Opens, answered

pytestmark = pytest.mark.embedded


async def test_results_come_in_order_with_a_summary_and_one_that_fails_fails_alone(door: Opens) -> None:
    def reply(body: Mapping[str, Any]) -> Step:
        asked = body["messages"][1]["content"]
        if "second" in asked:
            return Step(body=chat_reply("no JSON at all"))
        return answered(subject="first" if "first" in asked else "third")

    async with door(reply) as open_:
        prompts = ["the first prompt", {"prompt": "the second prompt", "id": "b"}, "the third prompt"]
        answer = await open_.client.post("/v1/analyze/batch", json={"prompts": prompts})
    body = answer.json()
    assert answer.status_code == 200, answer.text
    assert faults("analyze_batch_response", body) == []
    assert [result["status"] for result in body["results"]] == ["succeeded", "failed", "succeeded"]
    assert [result["result"]["subject"] for result in body["results"] if "result" in result] == ["first", "third"]
    assert body["results"][1]["id"] == "b"
    assert body["results"][1]["error"]["code"] == "VALIDATION_FAILED"
    assert body["results"][1]["error"]["details"]["validation_errors"][0]["message"] == "the answer is no JSON"
    summary = body["summary"]
    assert (summary["total"], summary["successful"], summary["failed"]) == (3, 2, 1)
    assert summary["cost_usd"] > 0


async def test_equal_prompts_are_asked_once(door: Opens) -> None:
    async with door() as open_:
        answer = await open_.client.post("/v1/analyze/batch", json={"prompts": ["a prompt", " a prompt\n", "another"]})
        assert len(open_.told) == 2
    results = answer.json()["results"]
    assert [result.get("duplicate_of") for result in results] == [None, 0, None]
    assert results[1]["result"]["subject"] == results[0]["result"]["subject"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"prompts": []}, "$.prompts"),
        ({"prompts": ["x"] * 101}, "$.prompts"),
        ({"prompts": ["x", " "]}, "$.prompts[1]"),
        ({"prompts": ["x", {"prompt": "x" * 10_001}]}, "$.prompts[1]"),
        ({"prompts": ["x"], "options": {"cache_ttl": 1}}, "$.options.cache_ttl"),
        ({}, "$"),
    ],
)
async def test_a_batch_beyond_its_limits_is_refused_whole(door: Opens, body: Any, path: str) -> None:
    async with door() as open_:
        answer = await open_.client.post("/v1/analyze/batch", json=body)
        assert open_.told == []
    assert answer.status_code == 422
    assert path in [fault["path"] for fault in answer.json()["error"]["details"]["errors"]]


async def test_what_the_provider_refuses_is_each_prompts_own_error(door: Opens) -> None:
    async with door(Step(status=500, body=error_body(500))) as open_:
        body = (await open_.client.post("/v1/analyze/batch", json={"prompts": ["one prompt", "two prompts"]})).json()
    assert {result["error"]["code"] for result in body["results"]} == {"LLM_PROVIDER_ERROR"}
    assert json.dumps(ANSWER) not in json.dumps(body)
