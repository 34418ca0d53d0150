"""Errors that a provider writes: by status, and in the words of many servers."""

from dataclasses import replace
from typing import Any

from tests.fakes.fault import COST_USD_MICROS, Fault
from tests.sgd_resources.llm.faults.mode import PAID, Mode, again, at_once, both, refused


def _said(status: int, message: str = "no", **facts: Any) -> Fault:
    return Fault(status, {"error": {"code": status, "message": message, **facts}})


def _openai(status: int, code: str | None, message: str, **facts: Any) -> Fault:
    """As OpenAI and those who copy it write."""
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code, **facts}
    return Fault(status, {"error": error})


_RESTING = replace(_said(429), headers={"retry-after": "40"})
_BILLED = {"error": {"code": 502, "message": "no"}, "usage": {"prompt_tokens": 4, "cost": COST_USD_MICROS / 1_000_000}}
_TOOLS_NEEDED = "No endpoints found that support tool use"

BY_STATUS = {
    "400": both(_said(400), refused("invalid_request")),
    "401": both(_said(401), refused("unauthorized")),
    "402": both(_said(402), refused("payment_required")),
    "403": both(_said(403), refused("forbidden")),
    "404": both(_said(404), at_once("model_not_found")),
    "408": both(_said(408), again("timeout")),
    "409": both(_said(409), refused("invalid_request")),
    "413": both(_said(413), refused("payload_too_large")),
    "422": both(_said(422), refused("unprocessable")),
    "429": both(_said(429), again("rate_limited", opens=False)),
    "429 that names a moment": both(
        replace(_said(429), headers={"retry-after": "0.01"}), again("rate_limited", opens=False)
    ),
    "429 beyond the deadline": both(_RESTING, at_once("rate_limited")),
    "429 that cannot help": both(_said(429, availability={"retryable": False}), at_once("rate_limited")),
    "500": both(_said(500), again("provider_error")),
    "502": both(_said(502), again("provider_error")),
    "503": both(_said(503), again("provider_unavailable")),
    "503 page of a proxy": both(Fault(503, raw=b"<html>busy</html>", page=True), again("provider_unavailable")),
    "504": both(_said(504), again("timeout")),
    "520": both(Fault(520, raw=b"error code: 520"), again("unknown_status")),
    "524": both(_said(524), again("timeout")),
    "529": both(_said(529), again("provider_overloaded")),
    "a redirect": both(Fault(302, raw=b"", headers={"location": "/login"}), at_once("unknown_status", opens=True)),
}
BY_WORDS = {
    "too long, by code": both(_openai(400, "context_length_exceeded", "too long"), at_once("context_too_long")),
    "too long, by sentence": both(
        Fault(400, {"object": "error", "message": "This model's maximum context length is 4096 tokens.", "code": 400}),
        at_once("context_too_long"),
    ),
    "too long, llama.cpp": both(
        Fault(400, {"error": {"code": 400, "message": "no", "type": "exceed_context_size_error", "n_ctx": 512}}),
        at_once("context_too_long"),
    ),
    "quota as a 429": both(_openai(429, "insufficient_quota", "You exceeded your quota"), refused("payment_required")),
    "moderation, OpenRouter": both(
        _said(403, metadata={"reasons": ["violence"], "flagged_input": "..."}), refused("content_filtered")
    ),
    "moderation, Azure": both(
        _openai(400, "content_filter", "filtered", innererror={"code": "ResponsibleAIPolicyViolation"}),
        refused("content_filtered"),
    ),
    "a parameter that only tunes": both(
        _openai(400, "unsupported_parameter", "Unsupported parameter: 'temperature'", param="temperature"),
        again("unsupported_parameter", opens=False),
    ),
    "a parameter that matters": both(_said(404, _TOOLS_NEEDED), at_once("unsupported_parameter")),
    "still loading": both(
        _openai(503, None, "Loading model", type="unavailable_error"), again("provider_unavailable")
    ),
    "nothing loaded": both(_openai(404, None, "No models loaded. Please load a model"), at_once("model_not_found")),
    "not pulled": both(Fault(404, {"error": 'model "x" not found, try pulling it first'}), at_once("model_not_found")),
    "no memory": both(
        Fault(500, {"error": "model requires more system memory (9 GiB) than is available"}),
        again("provider_unavailable"),
    ),
    "upstream inside": both(
        _said(502, metadata={"raw": '{"type":"error","error":{"type":"overloaded_error"}}'}),
        again("provider_overloaded"),
    ),
    "a list of details": both(Fault(422, {"detail": [{"msg": "field required", "type": "missing"}]}),
                              refused("unprocessable")),
    "the type overrules the status": both(
        _said(500, metadata={"error_type": "invalid_request"}), refused("invalid_request")
    ),
}  # fmt: skip
INSIDE_200 = {
    "200 with a 502": both(Fault(body={"error": {"code": 502, "message": "no"}}), again("provider_error")),
    "200 with a 429": both(
        Fault(body={"error": {"code": 429, "message": "no"}}), again("rate_limited", opens=False)
    ),
    "200 with a 400": both(Fault(body={"error": {"code": 400, "message": "no"}}), refused("invalid_request")),
    "200 with words": both(Fault(body={"error": {"message": "no", "type": "server_error"}}), again("provider_error")),
    "200 with an error that was billed": both(
        Fault(body=_BILLED), again("provider_error", PAID)
    ),
}  # fmt: skip
MODES: dict[str, Mode] = {**BY_STATUS, **BY_WORDS, **INSIDE_200}
