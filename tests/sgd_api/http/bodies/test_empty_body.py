"""A POST whose every field has a default needs no body; any other says what is missing."""

from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.keys import ApiKeyRequest, KeyRotation
from sgd_api.http.openapi import REQUEST_MODELS, build_openapi
from sgd_resources.errors import InvalidInput, ValidationFailed
from sgd_resources.settings import Settings

DEFAULTS_ASK_NOTHING = {"AnalyzeRequest"}
"""Every field may be left out, but not all of them: without prompt and template there is nothing to analyse."""


def _request(data: bytes, kind: str | None = None) -> Request:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": data, "more_body": False}

    headers = [] if kind is None else [(b"content-type", kind.encode())]
    app = SimpleNamespace(state=SimpleNamespace(settings=Settings(_env_file=None)))
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers, "app": app}, receive)


def test_every_post_whose_fields_all_have_defaults_says_that_it_needs_no_body() -> None:
    whole = {
        model.__name__
        for model in REQUEST_MODELS
        if not any(field.is_required() for field in model.model_fields.values())
    }
    needless = set()
    for methods in build_openapi()["paths"].values():
        body = methods.get("post", {}).get("requestBody")
        if body is not None and not body.get("required", False):
            needless.add(body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2])
    assert needless == whole - DEFAULTS_ASK_NOTHING
    assert needless >= {"KeyRotation", "WebhookRotation", "TemplatePreviewRequest"}


@pytest.mark.parametrize("kind", [None, "application/json", "application/x-www-form-urlencoded"])
async def test_no_body_is_the_defaults_whatever_its_type(kind: str | None) -> None:
    found = await read_body(_request(b"", kind), "key_rotation", KeyRotation, max_bytes=100, may_be_empty=True)
    assert found == KeyRotation()


async def test_a_body_that_is_there_is_read_as_ever() -> None:
    async def read(data: bytes, kind: str | None = None) -> KeyRotation:
        return await read_body(_request(data, kind), "key_rotation", KeyRotation, max_bytes=100, may_be_empty=True)

    assert (await read(b'{"grace_s": 0}')).grace_s == 0
    with pytest.raises(InvalidInput):
        await read(b" ")
    with pytest.raises(InvalidInput):
        await read(b"grace_s=0", "application/x-www-form-urlencoded")
    with pytest.raises(ValidationFailed):
        await read(b"null")


async def test_where_something_must_be_said_no_body_is_not_json() -> None:
    with pytest.raises(InvalidInput):
        await read_body(_request(b""), "api_key_request", ApiKeyRequest, max_bytes=100)
