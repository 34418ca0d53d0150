"""A server that speaks OpenRouter's HTTP, with scripted faults; real sockets on 127.0.0.1, a thread of its own.

Each request takes the next step of the script, or answers well when the script is at its end. What it billed is counted
here, so that a test can hold the books against it. Its good replies validate against the published description
(`tests/services/test_openrouter_fake.py`).
"""

import asyncio
import base64
import contextlib
import gzip
import json
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

CREATED = 1_764_000_000
COST_USD = 0.0011


def png(width: int = 2, height: int = 2, *, filler_bytes: int = 0) -> bytes:
    """A small valid PNG; `filler_bytes` of it are a text chunk."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x10\x20\x30" * width for _ in range(height))
    filler = chunk(b"tEXt", b"k\0" + b"x" * filler_bytes) if filler_bytes else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + filler + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chat_reply(
    text: str | None = '{"ok":true}',
    *,
    model: str = "acme/good-1",
    cost: Any = COST_USD,
    finish: str | None = "stop",
    generation_id: str = "gen-1",
    **message: Any,
) -> dict[str, Any]:
    """A whole answer of POST /chat/completions."""
    return {
        "id": generation_id,
        "object": "chat.completion",
        "created": CREATED,
        "model": model,
        "provider": "Acme",
        "system_fingerprint": None,
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "native_finish_reason": finish,
                "logprobs": None,
                "message": {"role": "assistant", "content": text, "refusal": None, **message},
            }
        ],
        "usage": usage(cost),
    }


def usage(cost: Any = COST_USD) -> dict[str, Any]:
    """The usage of a reply."""
    return {
        "prompt_tokens": 42,
        "completion_tokens": 12,
        "total_tokens": 54,
        "cost": cost,
        "is_byok": False,
        "prompt_tokens_details": {"cached_tokens": 2},
        "completion_tokens_details": {"reasoning_tokens": 3},
        "cost_details": {
            "upstream_inference_cost": None,
            "upstream_inference_prompt_cost": 0.0005,
            "upstream_inference_completions_cost": 0.0006,
        },
    }


def error_body(code: int, message: str = "no", **metadata: Any) -> dict[str, Any]:
    """An error as the description has it."""
    error: dict[str, Any] = {"code": code, "message": message}
    if metadata:
        error["metadata"] = metadata
    return {"error": error}


@dataclass(frozen=True)
class Step:
    """What one request gets."""

    status: int = 200
    body: Any = None
    """JSON; None makes a good reply for the request."""
    raw: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    """Before anything is sent."""
    slow_headers_s: float = 0.0
    """Between the bytes of the head."""
    drip_s: float = 0.0
    """Between single bytes of the body."""
    cut_at: int | None = None
    """Close the connection after so many bytes of the body."""
    is_reset: bool = False
    """Close at once without a reply."""
    events: tuple[str | float, ...] | None = None
    """A stream: texts are events, numbers are pauses in seconds."""
    billed_usd: float | None = None
    """What this step bills; by default the `cost` of its reply, else nothing."""


def delta(text: str, *, model: str = "acme/good-1", finish: str | None = None, **extra: Any) -> str:
    """One event of a stream."""
    event = {
        "id": "gen-s", "object": "chat.completion.chunk", "created": CREATED, "model": model, "provider": "Acme",
        "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}], **extra,
    }  # fmt: skip
    return f"data: {json.dumps(event)}\n\n"


PROCESSING = ": OPENROUTER PROCESSING\n\n"
DONE = "data: [DONE]\n\n"


@dataclass
class Seen:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    at: float


class FakeOpenRouter:
    """The server. Use as a context manager; `url` is what OPENROUTER_BASE_URL takes."""

    def __init__(self) -> None:
        self.script: list[Step] = []
        self.by_model: dict[str, list[Step]] = {}
        self.always: Step | None = None
        self.answer: Callable[[Mapping[str, Any]], Step] | None = None
        self.seen: list[Seen] = []
        self.billed_usd_micros = 0
        self.generations: dict[str, float | None] = {}
        self.models: list[dict[str, Any]] = [model_entry("acme/good-1"), model_entry("acme/good-2")]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.port}/api/v1"

    @property
    def calls(self) -> list[Seen]:
        """The POSTs."""
        return [seen for seen in self.seen if seen.method == "POST"]

    def __enter__(self) -> "FakeOpenRouter":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(5)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        assert self._server is not None
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._one(reader, writer):
                pass
        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        body = json.loads(raw) if raw else None
        self.seen.append(Seen(method, path, headers, body, time.monotonic()))
        step = self._step(method, path, body)
        if step.delay_s:
            await asyncio.sleep(step.delay_s)
        if step.is_reset:
            writer.transport.abort()
            return False
        return await self._reply(writer, step, self._content(step, path, body))

    def _step(self, method: str, path: str, body: Any) -> Step:
        route = path.partition("?")[0].removeprefix("/api/v1")
        if method == "GET":
            return self._get(route, path)
        own = self.by_model.get(body.get("model", ""), [])
        step = own.pop(0) if own else self.script.pop(0) if self.script else self.always
        if step is None:
            step = self.answer(body) if self.answer else Step()
        return step

    def _get(self, route: str, path: str) -> Step:
        if route == "/models":
            return Step(body={"data": self.models})
        if route == "/key":
            return Step(body={"data": {"label": "sk-or-...", "limit": 100, "limit_remaining": 74.5, "usage": 25.5}})
        if route == "/generation":
            cost = self.generations.get(path.partition("id=")[2])
            return (
                Step(404, error_body(404)) if cost is None else Step(body={"data": {"total_cost": cost, "usage": cost}})
            )
        return Step(404, error_body(404))

    def _content(self, step: Step, path: str, body: Any) -> bytes:
        found = step.body
        if step.raw is None and found is None and step.events is None:
            found = good_reply(path, body)
        cost = (
            found.get("usage", {}).get("cost")
            if isinstance(found, dict) and isinstance(found.get("usage"), dict)
            else None
        )
        billed = step.billed_usd if step.billed_usd is not None else cost if isinstance(cost, int | float) else 0
        self.billed_usd_micros += max(0, round(billed * 1_000_000))
        return step.raw if step.raw is not None else b"" if step.events is not None else json.dumps(found).encode()

    async def _reply(self, writer: asyncio.StreamWriter, step: Step, content: bytes) -> bool:
        headers = {"content-type": "application/json", **step.headers}
        if step.events is not None:
            headers |= {"content-type": "text/event-stream", "connection": "close"}
        else:
            headers.setdefault("content-length", str(len(content)))
        head = (
            f"HTTP/1.1 {step.status} X\r\n"
            + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            + "\r\n"
        )
        for part in head if step.slow_headers_s else [head]:
            writer.write(part.encode())
            await writer.drain()
            await asyncio.sleep(step.slow_headers_s)
        if step.events is not None:
            for event in step.events:
                if isinstance(event, str):
                    writer.write(event.encode())
                    await writer.drain()
                else:
                    await asyncio.sleep(event)
            return False
        if step.drip_s:
            for at in range(len(content)):
                writer.write(content[at : at + 1])
                await writer.drain()
                await asyncio.sleep(step.drip_s)
        else:
            writer.write(content if step.cut_at is None else content[: step.cut_at])
            await writer.drain()
        return step.cut_at is None


def good_reply(path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """What a healthy provider answers to this request."""
    if path.endswith("/images"):
        return {
            "created": CREATED,
            "data": [{"b64_json": base64.b64encode(png()).decode(), "media_type": "image/png"}],
            "usage": {"prompt_tokens": 0, "completion_tokens": 4175, "total_tokens": 4175, "cost": 0.04},
        }
    reply = chat_reply(model=body["model"])
    if "image" in body.get("modalities", ()):
        url = "data:image/png;base64," + base64.b64encode(png()).decode()
        reply["choices"][0]["message"] |= {"content": "", "images": [{"type": "image_url", "image_url": {"url": url}}]}
    return reply


def gzip_bomb(inflated_bytes: int = 200_000_000) -> Step:
    """A small body that inflates to a huge one."""
    return Step(raw=gzip.compress(b" " * inflated_bytes, 9), headers={"content-encoding": "gzip"})


def model_entry(slug: str, *, prompt: str = "0.000001", completion: str = "0.000004", **changes: Any) -> dict[str, Any]:
    """One entry of GET /models."""
    return {
        "id": slug, "canonical_slug": slug, "name": slug, "created": CREATED, "description": "",
        "context_length": 128_000, "expiration_date": None,
        "architecture": {
            "input_modalities": ["text"], "output_modalities": ["text"], "modality": "text->text",
            "instruct_type": None, "tokenizer": "Other",
        },
        "pricing": {"prompt": prompt, "completion": completion, "request": "0", "image": "0"},
        "top_provider": {"context_length": 128_000, "is_moderated": False, "max_completion_tokens": 4096},
        "per_request_limits": None, "supported_parameters": ["temperature", "max_tokens", "response_format"],
        "default_parameters": None, "supported_voices": None, "links": {"details": f"/api/v1/models/{slug}/endpoints"},
        **changes,
    }  # fmt: skip


@contextlib.contextmanager
def running() -> Iterator[FakeOpenRouter]:
    """A server for as long as the block lasts."""
    with FakeOpenRouter() as server:
        yield server
