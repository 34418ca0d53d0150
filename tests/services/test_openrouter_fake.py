"""The fake provider is honest: its replies satisfy the published description, and the official SDK reads them."""

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from tests.fakes.openrouter import DONE, Step, chat_reply, delta, error_body, good_reply, running, usage

SHARED = Path(os.environ.get("SGD_SHARED", Path(__file__).resolve().parents[3] / "shared"))
DESCRIPTION = SHARED / "openrouter" / "openapi.json"
ASK = {"model": "acme/good-1", "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    if not DESCRIPTION.is_file():
        pytest.skip(reason="the published description is not on this machine")
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text("utf-8"))
    return found


def _check(description: dict[str, Any], name: str, document: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(document)]
    assert not errors, (name, errors[:3])


def test_good_replies_errors_events_and_lists_satisfy_the_description(description: dict[str, Any]) -> None:
    _check(description, "ChatResult", good_reply("/chat/completions", ASK))
    _check(description, "ChatResult", good_reply("/chat/completions", {**ASK, "modalities": ["image", "text"]}))
    _check(description, "ImageGenerationResponse", good_reply("/images", ASK))
    _check(description, "ChatStreamChunk", json.loads(delta("x", finish="stop", usage=usage())[6:]) | {})
    _check(description, "TooManyRequestsResponse", error_body(429))
    _check(description, "BadGatewayResponse", error_body(502, error_type="server"))
    with running() as fake, httpx.Client(base_url=fake.url) as client:
        for entry in client.get("/models").json()["data"]:
            _check(description, "Model", entry)


def test_what_we_send_satisfies_the_description(description: dict[str, Any]) -> None:
    from sgd_resources.llm.answers.structured import response_format
    from sgd_resources.llm.wire.openrouter import chat_body, images_body, with_images

    messages = with_images(
        [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}], ["data:image/png;base64,AA=="]
    )
    schema = response_format({"type": "object", "properties": {}, "additionalProperties": False})
    _check(
        description, "ChatRequest", chat_body("a/b", messages, max_tokens=9, temperature=0.1, response_format=schema)
    )
    _check(description, "ChatRequest", chat_body("a/b", messages, is_stream=True))
    image = chat_body("a/b", messages, modalities=("image", "text"), image_config={"aspect_ratio": "16:9"})
    _check(description, "ChatRequest", image)
    body = images_body("a/b", "a fox", references=["data:image/png;base64,AA=="], aspect_ratio="16:9", resolution="2K")
    _check(description, "ImageGenerationRequest", body)


def test_the_official_sdk_reads_the_fake() -> None:
    sdk = pytest.importorskip("openrouter", reason="the official SDK is a development dependency")
    with running() as fake:
        fake.script = [Step(), Step(events=(delta("Hel"), delta("lo", finish="stop", usage=usage()), DONE))]
        with sdk.OpenRouter(api_key="x", server_url=fake.url) as client:
            answer = client.chat.send(model="acme/good-1", messages=ASK["messages"])
            assert answer.choices[0].message.content == chat_reply()["choices"][0]["message"]["content"]
            assert answer.usage.cost == chat_reply()["usage"]["cost"]
            with client.chat.send(model="acme/good-1", messages=ASK["messages"], stream=True) as events:
                texts = [choice.delta.content for event in events for choice in event.choices]
            assert "".join(text or "" for text in texts) == "Hello"
