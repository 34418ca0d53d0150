"""Server-sent events of a streamed completion: bytes in, deltas and one final reply out.

A stream is whole at `[DONE]`, or when it named how the model ended and what was used: some servers say no more. Any
other end, or an error in its middle, is a failure, however much text came before.
What must not live here: sending, or retrying.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from sgd_resources.llm.wire.openrouter import parse_chat, parse_usage, read_content
from sgd_resources.llm.wire.refusals import refusal, status_inside
from sgd_resources.llm.wire.replies import CallFailed, Reply, Usage

MAX_LINE_BYTES = 4_000_000
DONE = b"[DONE]"
_MOST_LINES_JUDGED = 64
"""Of an event without an end: judging each further line again would cost the square of what a server sends."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_STARTS = (b"data:", b"event:", b":", b"id:", b"retry:")
"""How a line of a stream of events begins."""
_MOST_BLANKS = 65_536
"""Bytes of blanks before the first event; what has more is no stream."""


async def begun(chunks: AsyncIterator[bytes]) -> tuple[bytes, bool]:
    """The first bytes of a body, and whether they begin a stream of events; what says it is one may be a page."""
    head = b""
    async for chunk in chunks:
        head += chunk
        start = head.removeprefix(_BYTE_ORDER_MARK).lstrip()
        if len(head) > _MOST_BLANKS or (start and not any(mark.startswith(start) for mark in _STARTS)):
            return head, start.startswith(_STARTS)
    return head, head.strip() in _STARTS


async def data_lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The data of each event as it comes; see `Events`."""
    events = Events()
    async for chunk in chunks:
        for payload in events.feed(chunk):
            yield payload
    for payload in events.end():
        yield payload


def read_whole(status: int, headers: Mapping[str, str], body: bytes) -> Reply:
    """The reply of a chat that was asked for in one piece, also from a server that streams all the same.

    Raises:
        CallFailed: any failure, also one that came as a 200.
    """
    head = body[:64].removeprefix(_BYTE_ORDER_MARK).lstrip()
    if not (200 <= status < 300 and head.startswith(_STARTS)):
        return parse_chat(status, headers, body)
    events, reader = Events(), StreamReader(headers)
    for payload in (*events.feed(body), *events.end()):
        reader.feed(payload)
        if reader.is_done:
            break
    return reader.finish()


class Events:
    """Cuts bytes into the data of events, several lines joined; comments (`: OPENROUTER PROCESSING`) are left out.

    Lines may end in LF, CRLF or CR, and a byte order mark is skipped. An event named `error` comes as `{"error": ...}`.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._is_first = True
        self._ended_in_cr = False
        self._name = b""
        self._data: list[bytes] = []

    def feed(self, chunk: bytes) -> list[bytes]:
        """The data of the events that are whole now. Raises CallFailed for a line without an end."""
        found: list[bytes] = []
        for line in self._lines(chunk):
            if not line:
                found += self._event()
                self._name = b""
            elif line.startswith(b"data:"):
                # Some servers leave out the empty line between events: whole data is an event of its own.
                if 0 < len(self._data) <= _MOST_LINES_JUDGED and _is_whole(self._data):
                    found += self._event()
                self._data.append(line[5:].strip())
                if self._data[-1] == DONE:
                    found += self._event()
            elif line.startswith(b"event:"):
                self._name = line[6:].strip()
        return found

    def end(self) -> list[bytes]:
        """What the end of the stream leaves: whole data, also where the last line ends are missing."""
        if self._rest.startswith(b"data:"):
            self._data.append(self._rest[5:].strip())
        is_whole = bool(self._data) and (self._data[-1] == DONE or _is_whole(self._data))
        return self._event() if is_whole else []

    def _event(self) -> list[bytes]:
        data, self._data = b"\n".join(self._data), []
        if self._name == b"error" and data.startswith(b"{") and b'"error"' not in data:
            data = b'{"error":' + data + b"}"
        return [data] if data else []

    def _lines(self, chunk: bytes) -> list[bytes]:
        if self._ended_in_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
        if chunk:
            self._ended_in_cr = chunk.endswith(b"\r")
        self._rest += chunk
        if self._is_first and len(self._rest) >= len(_BYTE_ORDER_MARK):
            self._rest, self._is_first = self._rest.removeprefix(_BYTE_ORDER_MARK), False
        if b"\r" in self._rest:
            self._rest = self._rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, self._rest = self._rest.split(b"\n")
        if len(self._rest) > MAX_LINE_BYTES:
            raise CallFailed("garbage", "a line of the stream has no end", charge="unknown")
        return lines


def _is_whole(data: list[bytes]) -> bool:
    try:
        orjson.loads(b"\n".join(data))
    except orjson.JSONDecodeError:
        return False
    return True


@dataclass
class StreamReader:
    """Collects a stream; `feed` gives the new text, `finish` the whole reply."""

    headers: Mapping[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    calls: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Tool calls by their index, put together from their pieces."""
    usage: Usage | None = None
    model: str | None = None
    provider: str | None = None
    generation_id: str | None = None
    finish_reason: str | None = None
    is_done: bool = False
    has_begun: bool = True
    """Whether any byte of the body has come; before that nothing can have been billed."""

    def feed(self, payload: bytes) -> str:
        """The text one event adds, maybe none. Raises CallFailed for an error inside the stream."""
        if payload == DONE:
            self.is_done = True
            return ""
        try:
            event = orjson.loads(payload)
        except orjson.JSONDecodeError as error:
            raise self._failed("garbage", "an event of the stream is no JSON") from error
        if event is None:
            return ""
        if not isinstance(event, Mapping):
            raise self._failed("garbage", "an event of the stream is no object")
        self._note(event)
        choices = event.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], Mapping) else {}
        if event.get("error") or choice.get("error") or choice.get("finish_reason") == "error":
            raise self._error(event if event.get("error") else choice)
        if isinstance(choice.get("finish_reason"), str):
            self.finish_reason = choice["finish_reason"]
        delta = choice.get("delta") or choice.get("message")
        if not isinstance(delta, Mapping):
            return ""
        self._note_calls(delta.get("tool_calls"))
        if isinstance(delta.get("refusal"), str):
            self.refusals.append(delta["refusal"])
        text, _ = read_content(delta.get("content"))
        if text:
            self.texts.append(text)
        return text

    @property
    def is_whole(self) -> bool:
        """Whether nothing more has to come: its mark did, or how the model ended and what was used."""
        return self.is_done or (self.finish_reason is not None and self.usage is not None)

    def finish(self) -> Reply:
        """The whole reply. Raises CallFailed when the stream broke off, or said nothing."""
        if not self.is_whole:
            raise self._failed("truncated", "the stream ended without [DONE]")
        text = "".join(self.texts)
        if self.finish_reason == "content_filter" and not text:
            filtered = self._failed("content_filtered", "the provider filtered the answer")
            filtered.is_retryable = filtered.tries_next = False
            raise filtered
        if not text.strip() and not self.calls and not self.refusals:
            raise self._failed("empty_reply", "the stream said nothing")
        return Reply(
            text=text,
            pictures=(),
            finish_reason=self.finish_reason,
            served_model=self.model,
            provider=self.provider,
            generation_id=self.generation_id or self.headers.get("x-generation-id"),
            usage=self.usage or Usage(),
            refusal="".join(self.refusals) or None,
            tool_calls=tuple(self.calls.values()),
        )

    def _note(self, event: Mapping[str, Any]) -> None:
        for name, key in (("generation_id", "id"), ("model", "model"), ("provider", "provider")):
            if isinstance(event.get(key), str) and event[key]:
                setattr(self, name, event[key])
        if isinstance(event.get("usage"), Mapping):
            found = parse_usage(event["usage"])
            # A later count without a cost does not take back a cost that was named.
            if found.cost_usd_micros is not None or self.usage is None or self.usage.cost_usd_micros is None:
                self.usage = found

    def _note_calls(self, parts: Any) -> None:
        for part in parts if isinstance(parts, list) else ():
            if not isinstance(part, Mapping):
                continue
            inner = part.get("function")
            function = inner if isinstance(inner, Mapping) else {}
            call = self._call_of(part)
            call["id"] = part.get("id") or call["id"]
            for key in ("name", "arguments"):
                value = function.get(key)
                # some servers send the arguments as the object itself
                call["function"][key] += (
                    value if isinstance(value, str) else orjson.dumps(value).decode() if value else ""
                )

    def _call_of(self, part: Mapping[str, Any]) -> dict[str, Any]:
        """The call a piece belongs to: by its index, or by its id where a server leaves the index out or repeats it."""
        name, key = part.get("id"), str(part.get("index"))
        known = self.calls.get(key)
        if known is not None and name and known["id"] and known["id"] != name:
            key = f"{key}:{name}"
        return self.calls.setdefault(key, {"id": None, "type": "function", "function": {"name": "", "arguments": ""}})

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
            charge="known" if is_known else "unknown" if self.has_begun else "none",
            usage=self.usage,
            generation_id=self.generation_id or self.headers.get("x-generation-id"),
            served_model=self.model,
        )
