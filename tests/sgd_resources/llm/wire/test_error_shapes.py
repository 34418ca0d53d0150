"""Errors of every dialect end in one kind: real shapes of the servers, written anew with invented numbers."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from sgd_resources.llm.wire.openrouter import parse_chat
from sgd_resources.llm.wire.replies import CallFailed


@dataclass(frozen=True)
class Row:
    """One error, and what it must come to."""

    status: int
    body: Any
    kind: str
    is_retryable: bool = False
    tries_next: bool = True
    parameter: str | None = None
    retry_after_s: float | None = None


def _openai(message: str, kind: str = "invalid_request_error", code: Any = None, param: str | None = None) -> Any:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


LONG = "maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens."
ROWS = {
    # OpenAI
    "openai: context": Row(
        400, _openai(f"This model's {LONG}", code="context_length_exceeded", param="messages"), "context_too_long"
    ),
    "openai: text too long": Row(
        400,
        _openai("Invalid 'messages[0].content': string too long.", code="string_above_max_length"),
        "context_too_long",
    ),
    "openai: quota": Row(
        429,
        _openai("You exceeded your current quota.", "insufficient_quota", "insufficient_quota"),
        "payment_required",
        tries_next=False,
    ),
    "openai: quota, without a code": Row(
        429,
        _openai("You exceeded your current quota, please check your plan.", "requests"),
        "payment_required",
        tries_next=False,
    ),
    "openai: billing limit": Row(
        400,
        _openai("Billing hard limit has been reached", code="billing_hard_limit_reached"),
        "payment_required",
        tries_next=False,
    ),
    "openai: rate": Row(
        429,
        _openai("Rate limit reached. Please try again in 1m12s.", "tokens", "rate_limit_exceeded"),
        "rate_limited",
        is_retryable=True,
        retry_after_s=72,
    ),
    "openai: rate, milliseconds": Row(
        429,
        _openai("Rate limit reached. Please try again in 250ms.", "requests", "rate_limit_exceeded"),
        "rate_limited",
        is_retryable=True,
        retry_after_s=0.25,
    ),
    "openai: parameter": Row(
        400,
        _openai(
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'.",
            code="unsupported_parameter",
            param="max_tokens",
        ),
        "unsupported_parameter",
        parameter="max_tokens",
    ),
    "openai: value": Row(
        400,
        _openai(
            "Unsupported value: 'temperature' does not support 0.2.", code="unsupported_value", param="temperature"
        ),
        "unsupported_parameter",
        parameter="temperature",
    ),
    "openai: unknown argument": Row(
        400, _openai("Unrecognized request argument supplied: top_a"), "unsupported_parameter", parameter="top_a"
    ),
    "openai: moderation of a picture": Row(
        400,
        _openai("Your request was rejected by our safety system.", "user_error", "moderation_blocked"),
        "content_filtered",
        tries_next=False,
    ),
    "openai: policy": Row(
        400,
        _openai("Invalid prompt: your prompt was flagged as violating our usage policy.", code="invalid_prompt"),
        "content_filtered",
        tries_next=False,
    ),
    "openai: key": Row(401, _openai("Incorrect API key.", code="invalid_api_key"), "unauthorized", tries_next=False),
    "openai: model": Row(404, _openai("The model `gpt-x` does not exist.", code="model_not_found"), "model_not_found"),
    "openai: overloaded": Row(
        503, _openai("Slow down", "server_error", "slow_down"), "provider_overloaded", is_retryable=True
    ),
    # Azure
    "azure: filter": Row(
        400,
        {
            "error": {
                "message": "The response was filtered.",
                "type": None,
                "param": "prompt",
                "code": "content_filter",
                "status": 400,
                "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {}},
            }
        },
        "content_filtered",
        tries_next=False,
    ),
    "azure: rate": Row(
        429,
        {"error": {"code": "429", "message": "Requests have exceeded token rate limit. Please retry after 6 seconds."}},
        "rate_limited",
        is_retryable=True,
        retry_after_s=6,
    ),
    "azure: deployment": Row(
        404,
        {"error": {"code": "DeploymentNotFound", "message": "The API deployment does not exist."}},
        "model_not_found",
    ),
    "azure: key": Row(
        401, {"statusCode": 401, "message": "Unauthorized. Access token is missing."}, "unauthorized", tries_next=False
    ),
    "azure: operation": Row(
        400,
        {"error": {"code": "OperationNotSupported", "message": "The operation does not work with the model."}},
        "unsupported_parameter",
    ),
    # vLLM
    "vllm: context": Row(
        400,
        {"error": {"message": f"This model's {LONG}", "type": "BadRequestError", "param": None, "code": 400}},
        "context_too_long",
    ),
    "vllm: context, older": Row(
        400,
        {"object": "error", "message": f"This model's {LONG}", "type": "BadRequestError", "code": 400},
        "context_too_long",
    ),
    "vllm: prompt": Row(
        400,
        {
            "error": {
                "message": "The decoder prompt (length 9001) is longer than the maximum model length of 8192.",
                "type": "BadRequestError",
                "code": 400,
            }
        },
        "context_too_long",
    ),
    "vllm: tools": Row(
        400,
        {
            "error": {
                "message": '"auto" tool choice requires --enable-auto-tool-choice',
                "type": "BadRequestError",
                "code": 400,
            }
        },
        "unsupported_parameter",
        parameter="tools",
    ),
    "vllm: pictures": Row(
        400,
        {"error": {"message": "acme/text is not a multimodal model", "type": "BadRequestError", "code": 400}},
        "unsupported_parameter",
    ),
    "vllm: model": Row(
        404,
        {"error": {"message": "The model `x` does not exist.", "type": "NotFoundError", "code": 404}},
        "model_not_found",
    ),
    # llama.cpp
    "llama.cpp: context": Row(
        400,
        {
            "error": {
                "code": 400,
                "message": "request (9001 tokens) exceeds the available context size (8192 tokens)",
                "type": "exceed_context_size_error",
                "n_prompt_tokens": 9001,
                "n_ctx": 8192,
            }
        },
        "context_too_long",
    ),
    "llama.cpp: context, older": Row(
        500,
        {"error": {"code": 500, "message": "the request exceeds the available context size.", "type": "server_error"}},
        "context_too_long",
    ),
    "llama.cpp: loading": Row(
        503,
        {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}},
        "provider_unavailable",
        is_retryable=True,
    ),
    "llama.cpp: pictures": Row(
        500,
        {"error": {"code": 500, "message": "image input is not supported", "type": "server_error"}},
        "unsupported_parameter",
    ),
    "llama.cpp: tools": Row(
        500,
        {"error": {"code": 500, "message": "tools param requires --jinja flag", "type": "server_error"}},
        "unsupported_parameter",
        parameter="tools",
    ),
    "llama.cpp: not built in": Row(
        501,
        {"error": {"code": 501, "message": "This server does not support it.", "type": "not_supported_error"}},
        "unsupported_parameter",
    ),
    # LM Studio
    "lm studio: context": Row(
        400,
        {
            "error": "Trying to keep the first 9001 tokens when context the overflows. However, the model is loaded "
            "with context length of only 8192 tokens, which is not enough."
        },
        "context_too_long",
    ),
    "lm studio: context as a success": Row(
        200,
        {"error": "The number of tokens to keep from the initial prompt is greater than the context length."},
        "context_too_long",
    ),
    "lm studio: context, mlx": Row(200, {"error": "Context size has been exceeded."}, "context_too_long"),
    "lm studio: format": Row(
        400,
        {"error": "'response_format.type' must be 'json_schema' or 'text'"},
        "unsupported_parameter",
        parameter="response_format",
    ),
    "lm studio: no model": Row(
        404,
        _openai("No models loaded. Please load a model in the developer page.", code="model_not_found"),
        "model_not_found",
    ),
    "lm studio: crashed": Row(
        400, {"error": "The model has crashed without additional information."}, "provider_unavailable"
    ),
    # Ollama
    "ollama: model": Row(
        404, {"error": {"message": 'model "x" not found, try pulling it first', "type": "api_error"}}, "model_not_found"
    ),
    "ollama: tools": Row(
        400,
        {"error": "registry.ollama.ai/library/x:7b does not support tools"},
        "unsupported_parameter",
        parameter="tools",
    ),
    "ollama: context": Row(
        400,
        {"error": {"message": "the input length exceeds the context length", "type": "invalid_request_error"}},
        "context_too_long",
    ),
    "ollama: busy": Row(
        503,
        {"error": "server busy, please try again. maximum pending requests exceeded"},
        "provider_unavailable",
        is_retryable=True,
    ),
    "ollama: memory": Row(
        500,
        {"error": {"message": "model requires more system memory (8.0 GiB) than is available", "type": "api_error"}},
        "provider_unavailable",
        is_retryable=True,
    ),
    # OpenRouter
    "openrouter: context": Row(
        400,
        {
            "error": {
                "code": 400,
                "message": f"This endpoint's {LONG} Use the context-compression plugin.",
                "metadata": {"provider_name": None},
            }
        },
        "context_too_long",
    ),
    "openrouter: typed": Row(
        400,
        {"error": {"code": 400, "message": "no", "metadata": {"error_type": "token_limit_exceeded"}}},
        "context_too_long",
    ),
    "openrouter: moderation": Row(
        403,
        {
            "error": {
                "code": 403,
                "message": "Your chosen model requires moderation.",
                "metadata": {"reasons": ["violence"], "flagged_input": "...", "provider_name": "Acme"},
            }
        },
        "content_filtered",
        tries_next=False,
    ),
    "openrouter: credit": Row(
        402,
        {"error": {"code": 402, "message": "This request requires more credits, or fewer max_tokens."}},
        "payment_required",
        tries_next=False,
    ),
    "openrouter: tools": Row(
        404,
        {"error": {"code": 404, "message": "No endpoints found that support tool use."}},
        "unsupported_parameter",
        parameter="tools",
    ),
    "openrouter: parameters": Row(
        404,
        {"error": {"code": 404, "message": "No endpoints found that can handle the requested parameters."}},
        "unsupported_parameter",
    ),
    "openrouter: data policy": Row(
        404, {"error": {"code": 404, "message": "No endpoints found matching your data policy."}}, "model_not_found"
    ),
    "openrouter: of the upstream": Row(
        400,
        {
            "error": {
                "code": 400,
                "message": "Provider returned error",
                "metadata": {
                    "provider_name": "Acme",
                    "raw": json.dumps(_openai(f"This model's {LONG}", code="context_length_exceeded")),
                },
            }
        },
        "context_too_long",
    ),
    "openrouter: text of the upstream": Row(
        429,
        {
            "error": {
                "code": 429,
                "message": "Provider returned error",
                "metadata": {"provider_name": "Acme", "raw": "acme/x is temporarily rate-limited upstream."},
            }
        },
        "rate_limited",
        is_retryable=True,
    ),
    "anthropic behind a proxy": Row(
        400,
        {
            "type": "error",
            "error": {"type": "invalid_request_error", "message": "prompt is too long: 210000 tokens > 200000 maximum"},
        },
        "context_too_long",
    ),
    "anthropic's credit": Row(
        400,
        {"type": "error", "error": {"type": "invalid_request_error", "message": "Your credit balance is too low."}},
        "payment_required",
        tries_next=False,
    ),
    # nothing of all this
    "a plain 400": Row(400, _openai("the field `messages` is missing"), "invalid_request", tries_next=False),
    "a list of faults": Row(
        422,
        {"detail": [{"loc": ["body", "seed"], "msg": "Input should be a number"}]},
        "unprocessable",
        tries_next=False,
    ),
    "html": Row(500, None, "provider_error", is_retryable=True),
}


@pytest.mark.parametrize("name", ROWS)
def test_an_error_of_any_dialect_comes_to_its_kind(name: str) -> None:
    row = ROWS[name]
    raw = b"<html>" if row.body is None else json.dumps(row.body).encode()
    with pytest.raises(CallFailed) as raised:
        parse_chat(row.status, {}, raw)
    failed = raised.value
    assert (failed.kind, failed.is_retryable, failed.tries_next) == (row.kind, row.is_retryable, row.tries_next)
    assert failed.parameter == row.parameter
    assert failed.retry_after_s == row.retry_after_s
    assert failed.charge == "none"


def test_the_sentence_of_an_error_is_not_repeated() -> None:
    body = _openai("Unsupported parameter: 'seed'. The prompt was: our secret plan", code="unsupported_parameter")
    with pytest.raises(CallFailed) as raised:
        parse_chat(400, {}, json.dumps(body).encode())
    assert "secret" not in str(raised.value)
