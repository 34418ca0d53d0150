"""A transport in memory: no sockets, replies by a function, every body kept."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sgd_resources.llm.wire.transport import HttpReply, HttpStream, TransportFailed
from tests.fakes.openrouter import Step, good_reply, model_entry


@dataclass(frozen=True)
class Broken:
    """The beginning of a step, then the end of the connection."""

    begun: Step
    failure: TransportFailed


Answer = Step | Broken | TransportFailed | None


class FakeTransport:
    """Answers each POST by `answer(body)`: a Step, what to raise, or None for a good reply."""

    def __init__(self, answer: Callable[[Mapping[str, Any]], Answer] | None = None) -> None:
        self.answer = answer or (lambda _: None)
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.delay_s = 0.0
        self.models = [model_entry("acme/good-1"), model_entry("acme/good-2")]
        self.is_down = False
        self.generations: dict[str, float] = {}
        """What each cost, in USD, by the text that a look-up asks with."""

    async def send(
        self, method: str, path: str, *, body: bytes | None = None, timeout_s: float, max_bytes: int
    ) -> HttpReply:
        if self.is_down:
            raise TransportFailed("connect", "no connection", was_sent=False)
        if method == "GET":
            if path == "/models":
                return HttpReply(200, {}, json.dumps({"data": self.models}).encode())
            if path == "/key":
                return HttpReply(200, {}, b'{"data": {"limit_remaining": 12.5}}')
            return self._generation(path)
        asked = json.loads(body or b"{}")
        self.bodies.append(asked)
        self.paths.append(path)
        await asyncio.sleep(self.delay_s)
        step = self.answer(asked)
        if isinstance(step, TransportFailed):
            raise step
        if isinstance(step, Broken):
            raise step.failure
        step = step or Step()
        return HttpReply(step.status, dict(step.headers), _content(step, path, asked))

    def stream(
        self, method: str, path: str, *, body: bytes, timeout_s: float, max_bytes: int
    ) -> AbstractAsyncContextManager[HttpStream]:
        return self._stream(path, body)

    @asynccontextmanager
    async def _stream(self, path: str, body: bytes) -> AsyncIterator[HttpStream]:
        asked = json.loads(body)
        self.bodies.append(asked)
        self.paths.append(path)
        step = self.answer(asked) or Step()
        if isinstance(step, TransportFailed):
            raise step
        begun, failure = (step.begun, step.failure) if isinstance(step, Broken) else (step, None)
        parts = (
            [_content(begun, path, asked)]
            if begun.events is None
            else [event.encode() for event in begun.events if isinstance(event, str)]
        )

        async def chunks() -> AsyncIterator[bytes]:
            for part in filter(None, parts):
                yield part
            if failure is not None:
                raise failure

        kind = "application/json" if begun.events is None else "text/event-stream"
        yield HttpStream(begun.status, {"content-type": kind, **begun.headers}, chunks())

    def _generation(self, path: str) -> HttpReply:
        cost = self.generations.get(path.partition("?id=")[2])
        if cost is None:
            return HttpReply(404, {}, b"{}")
        return HttpReply(200, {}, json.dumps({"data": {"total_cost": cost}}).encode())

    async def close(self) -> None:
        """Nothing is open."""


def _content(step: Step, path: str, asked: Mapping[str, Any]) -> bytes:
    return step.raw if step.raw is not None else json.dumps(step.body or good_reply(path, asked)).encode()
