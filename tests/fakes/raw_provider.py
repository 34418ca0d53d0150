"""A second provider, independent of `openrouter.py`: HTTP written byte by byte, made from the published description.

It listens on a Unix socket, which tests may use everywhere, or on TCP where a test gives it a port. A model that is not
faulty gets a good answer, and what was billed is counted. What must not live here: anything of the other fake.

Source: OpenRouter's OpenAPI description (August 2026): ChatResult, ChatStreamChunk, ChatUsage, GET /generation.
"""

import asyncio
import contextlib
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import aiohttp

from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport
from tests.fakes.fault import COST_USD_MICROS, UNSAID, Fault

GENERATION = "gen-raw/1"
HALF = "Half a sen"
WHOLE = "A whole sentence."
_DRIP_S = 0.02
_CRLF = b"\r\n"
_FLOOD_BYTES = 17_000_000
"""More than the 16 MB that a chat may have."""


class RawProvider:
    """The server.

    Args:
        fault: what requests to `faulty` get.
        faulty: the model that fails; all others answer.
    """

    def __init__(self, fault: Fault, faulty: str) -> None:
        self.fault = fault
        self.faulty = faulty
        self.asked: list[str] = []
        """The models of all chat requests, in their order."""
        self.keys: list[str | None] = []
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def listen(self, path: Path) -> None:
        """Serve on a Unix socket."""
        self._server = await asyncio.start_unix_server(self._accept, path)

    async def close(self) -> None:
        """Stop, and drop what is still being answered."""
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            return  # the client hung up
        finally:
            self._open.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request_line, *lines = (await reader.readuntil(_CRLF * 2)).decode("ascii").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines if line)
        body = await reader.readexactly(int(fields.get("content-length", "0")))
        self.keys.append(fields.get("authorization"))
        method, target, _ = request_line.split(" ")
        if method == "GET":
            writer.write(self._generation(target))
            return True
        request = json.loads(body)
        self.asked.append(request["model"])
        is_stream = request.get("stream") is True
        if request["model"] != self.faulty:
            writer.write(_head(200, _kind(is_stream), _good(request["model"], is_stream)))
            return True
        return await _Speaker(self.fault, request["model"], is_stream, writer).speak()

    def _generation(self, target: str) -> bytes:
        known = unquote(target).partition("/generation?id=")[2] == GENERATION
        cost = self.fault.generation_usd_micros
        if not known or cost is None:
            return _head(404, "application/json", b'{"error":{"code":404,"message":"Not Found"}}')
        found = {"data": {"id": GENERATION, "total_cost": cost / 1_000_000, "usage": cost / 1_000_000}}
        return _head(200, "application/json", json.dumps(found).encode())


class _Speaker:
    """Says one fault on one connection."""

    def __init__(self, fault: Fault, model: str, is_stream: bool, writer: asyncio.StreamWriter) -> None:
        self._fault, self._model, self._is_stream, self._writer = fault, model, is_stream, writer

    async def speak(self) -> bool:
        """Whether the connection may be used again."""
        line = self._fault.line
        if line in {"reset", "closed"}:
            return False
        if line == "stalls":
            await asyncio.sleep(60)
        if line == "whole":
            self._writer.write(self._whole())
            return True
        await self._broken()
        return False

    def _whole(self) -> bytes:
        fault = self._fault
        kind, headers = _kind(self._is_stream), dict(fault.headers)
        if fault.raw is not None:
            kind, body = ("text/html" if fault.page else kind), fault.raw
        elif fault.body is not None and (fault.status != 200 or not self._is_stream):
            kind, body = "application/json", json.dumps(fault.body).encode()
        elif fault.body is not None:
            body = _event(fault.body) + b"data: [DONE]\n\n"
        elif self._is_stream:
            body = b"".join(map(_event, self._chunks())) + b"data: [DONE]\n\n"
        else:
            body = json.dumps(self._result()).encode()
        body, coding = _coded(body, fault.coding)
        headers |= coding | ({"X-Generation-Id": GENERATION} if fault.has_generation else {})
        return _head(fault.status, kind, body, **headers)

    async def _broken(self) -> None:
        fault, writer = self._fault, self._writer
        mark = {"X-Generation-Id": GENERATION} if fault.has_generation else {}
        has_length = not self._is_stream or fault.line == "reset after the head"
        length = "20000000" if has_length and fault.line != "cut after the end" else ""
        writer.write(_head(200, _kind(self._is_stream), b"", length=length, **mark))
        await writer.drain()
        if fault.line == "reset after the head":
            return
        if fault.line == "stalls after the head":
            await asyncio.sleep(60)
        chunks = [] if not self._is_stream else [_event(chunk) for chunk in self._chunks()]
        begun = chunks[0] if chunks else json.dumps(self._result()).encode()[:60]
        if fault.line == "cut after the end":
            writer.write(b"".join(chunks) or json.dumps(self._result()).encode())
        elif fault.line == "drips":
            for at in range(len(begun)):
                writer.write(begun[at : at + 1])
                await asyncio.sleep(_DRIP_S)
        elif fault.line == "floods":
            writer.write(begun + b"data: " + b"x" * _FLOOD_BYTES)
        else:
            writer.write(begun)
        await writer.drain()
        if fault.line == "stalls in the body":
            await asyncio.sleep(60)

    def _usage(self) -> dict[str, Any]:
        if not self._fault.has_usage:
            return {}
        counted = {"prompt_tokens": 10, "completion_tokens": 15, "total_tokens": 25}
        return {"usage": counted if self._fault.cost == UNSAID else counted | {"cost": self._fault.cost}}

    def _result(self) -> dict[str, Any]:
        says = self._fault.says
        message: dict[str, Any] = {"role": "assistant", "content": WHOLE}
        choice: dict[str, Any] = {"index": 0, "finish_reason": "stop", "message": message}
        choices: Any = [choice]
        if says in {"no choices", "null choices"}:
            choices = [] if says == "no choices" else None
        elif says == "no message":
            choice["message"] = None
        elif says in {"null text", "blank text"}:
            message["content"] = None if says == "null text" else " \n"
        elif says == "half, then an error":
            message["content"], choice["finish_reason"] = HALF, "error"
        elif says == "half, then the limit":
            message["content"], choice["finish_reason"] = HALF, "length"
        elif says == "filtered":
            message["content"], choice["finish_reason"] = "", "content_filter"
        elif says == "refuses":
            message |= {"content": None, "refusal": "I will not."}
        elif says == "calls a tool":
            message |= {"content": None, "tool_calls": [_TOOL_CALL]}
            choice["finish_reason"] = "tool_calls"
        return {**_about(self._model), "object": "chat.completion", "choices": choices, **self._usage()}

    def _chunks(self) -> list[dict[str, Any]]:
        says = self._fault.says
        deltas: dict[str, tuple[dict[str, Any], str | None]] = {
            "no message": ({}, "stop"),
            "null text": ({"content": None}, "stop"),
            "blank text": ({"content": " \n"}, "stop"),
            "half, then an error": ({"content": HALF}, "error"),
            "half, then the limit": ({"content": HALF}, "length"),
            "filtered": ({"content": ""}, "content_filter"),
            "refuses": ({"refusal": "I will not."}, "stop"),
            "calls a tool": ({"tool_calls": [{"index": 0, **_TOOL_CALL}]}, "tool_calls"),
        }
        delta, reason = deltas.get(says, ({"content": WHOLE}, "stop"))
        usage = {"choices": [], **self._usage()}
        if says in {"no choices", "null choices"}:
            parts: list[dict[str, Any]] = [{"choices": [] if says == "no choices" else None}, usage]
        elif reason == "error":
            # what the half had cost stands in the event that breaks it off
            parts = [_said(delta, None), {**_said({}, "error"), **self._usage()}]
        else:
            parts = [_said({"role": "assistant", "content": ""}, None), _said(delta, None), _said({}, reason), usage]
        if self._fault.line in {"cut", "stalls in the body", "floods", "drips"}:
            parts = [_said({"content": HALF}, None)]
        return [{**_about(self._model), "object": "chat.completion.chunk", **part} for part in parts]


class RawTransport(AiohttpTransport):
    """The client that SGD uses, over a Unix socket.

    Args:
        path: of the socket.
    """

    def __init__(self, path: Path) -> None:
        super().__init__("http://localhost/api/v1", "sk-raw")
        self._path = str(path)

    def _connector(self) -> aiohttp.BaseConnector:
        return aiohttp.UnixConnector(self._path, limit=200)


@contextlib.contextmanager
def socket_path(folder: Path) -> Iterator[Path]:
    """A path short enough for a socket, gone afterwards."""
    path = folder / "s"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


_TOOL_CALL = {"id": "call-1", "type": "function", "function": {"name": "erase", "arguments": "{}"}}


def _about(model: str) -> dict[str, Any]:
    return {"id": GENERATION, "created": 1_700_000_000, "model": model, "system_fingerprint": None}


def _said(delta: Mapping[str, Any], reason: str | None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}


def _event(document: Any) -> bytes:
    return b"data: " + json.dumps(document).encode() + b"\n\n"


def _good(model: str, is_stream: bool) -> bytes:
    speaker = _Speaker(Fault(cost=COST_USD_MICROS / 1_000_000), model, is_stream, None)  # type: ignore[arg-type] # speaks to nobody
    if not is_stream:
        return json.dumps(speaker._result()).encode()
    return b": OPENROUTER PROCESSING\n\n" + b"".join(map(_event, speaker._chunks())) + b"data: [DONE]\n\n"


def _kind(is_stream: bool) -> str:
    return "text/event-stream" if is_stream else "application/json"


def _coded(body: bytes, coding: str) -> tuple[bytes, dict[str, str]]:
    if coding == "broken gzip":
        return b"\x1f\x8bnothing of the kind", {"Content-Encoding": "gzip"}
    if coding == "unknown":
        return body, {"Content-Encoding": "lzma"}
    if coding == "bomb":
        packer = zlib.compressobj(9, wbits=31)
        return packer.compress(b" " * 40_000_000) + packer.flush(), {"Content-Encoding": "gzip"}
    return body, {}


def _head(status: int, kind: str, body: bytes, *, length: str | None = None, **headers: str) -> bytes:
    """A reply; `length` instead of the body's own, none at all when it is empty: then its end is the connection's."""
    size = str(len(body)) if length is None else length
    fields = {"Content-Type": kind, **({"Content-Length": size} if size and status != 204 else {}), **headers}
    if not size:
        fields["Connection"] = "close"
    lines = [f"HTTP/1.1 {status} -", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + _CRLF * 2 + body
