"""Server-sent events of a streamed completion: bytes in, deltas and one final reply out.

A stream that ends without `[DONE]`, or with an error in its middle, is a failure, however much text came before.
What must not live here: sending, or retrying.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from sgd_resources.llm.openrouter import parse_usage
from sgd_resources.llm.refusals import refusal, status_inside
from sgd_resources.llm.replies import CallFailed, Reply, Usage

MAX_LINE_BYTES = 4_000_000


async def data_lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The payload of each `data:` line; comments (`: OPENROUTER PROCESSING`) and other fields are left out."""
    rest = b""
    async for chunk in chunks:
        rest += chunk
        *lines, rest = rest.replace(b"\r\n", b"\n").split(b"\n")
        if len(rest) > MAX_LINE_BYTES:
            raise CallFailed("garbage", "a line of the stream has no end", charge="unknown")
        for line in lines:
            if line.startswith(b"data:"):
                yield line[5:].strip()


@dataclass
class StreamReader:
    """Collects a stream; `feed` gives the new text, `finish` the whole reply."""

    headers: Mapping[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    usage: Usage | None = None
    model: str | None = None
    provider: str | None = None
    generation_id: str | None = None
    finish_reason: str | None = None
    is_done: bool = False

    def feed(self, payload: bytes) -> str:
        """The text one event adds, maybe none. Raises CallFailed for an error inside the stream."""
        if payload == b"[DONE]":
            self.is_done = True
            return ""
        try:
            event = orjson.loads(payload)
        except orjson.JSONDecodeError as error:
            raise self._failed("garbage", "an event of the stream is no JSON") from error
        if not isinstance(event, Mapping):
            raise self._failed("garbage", "an event of the stream is no object")
        self._note(event)
        choices = event.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], Mapping) else {}
        if event.get("error") or choice.get("error") or choice.get("finish_reason") == "error":
            raise self._error(event if event.get("error") else choice)
        if isinstance(choice.get("finish_reason"), str):
            self.finish_reason = choice["finish_reason"]
        delta = choice.get("delta")
        text = delta.get("content") if isinstance(delta, Mapping) else None
        if not isinstance(text, str) or not text:
            return ""
        self.texts.append(text)
        return text

    def finish(self) -> Reply:
        """The whole reply. Raises CallFailed when the stream broke off, or said nothing."""
        if not self.is_done:
            raise self._failed("truncated", "the stream ended without [DONE]")
        text = "".join(self.texts)
        if not text:
            raise self._failed("empty_reply", "the stream said nothing")
        return Reply(
            text=text,
            pictures=(),
            finish_reason=self.finish_reason,
            served_model=self.model,
            provider=self.provider,
            generation_id=self.generation_id or self.headers.get("x-generation-id"),
            usage=self.usage or Usage(),
        )

    def _note(self, event: Mapping[str, Any]) -> None:
        for name, key in (("generation_id", "id"), ("model", "model"), ("provider", "provider")):
            if isinstance(event.get(key), str) and event[key]:
                setattr(self, name, event[key])
        if isinstance(event.get("usage"), Mapping):
            self.usage = parse_usage(event["usage"])

    def _error(self, inner: Mapping[str, Any]) -> CallFailed:
        body = inner if inner.get("error") else {"error": {"code": 502}}
        failed = refusal(status_inside(body), body, self.headers, usage=self.usage, generation_id=self.generation_id)
        if failed.charge == "none" and self.texts:
            failed.charge = "unknown"
        failed.served_model = self.model
        return failed

    def _failed(self, kind: str, message: str) -> CallFailed:
        is_known = self.usage is not None and self.usage.cost_usd_micros is not None
        return CallFailed(
            kind,
            message,
            is_retryable=True,
            charge="known" if is_known else "unknown",
            usage=self.usage,
            generation_id=self.generation_id or self.headers.get("x-generation-id"),
            served_model=self.model,
        )
