"""A transport in memory: no sockets, replies by a function, every body kept."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sgd_resources.llm.wire.transport import HttpReply, HttpStream, TransportFailed
from tests.fakes.openrouter import Step, good_reply, model_entry


class FakeTransport:
    """Answers each POST by `answer(body)`: a Step, a TransportFailed to raise, or None for a good reply."""

    def __init__(self, answer: Callable[[Mapping[str, Any]], Step | TransportFailed | None] | None = None) -> None:
        self.answer = answer or (lambda _: None)
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.delay_s = 0.0
        self.models = [model_entry("acme/good-1"), model_entry("acme/good-2")]
        self.is_down = False

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
            return HttpReply(404, {}, b"{}")
        asked = json.loads(body or b"{}")
        self.bodies.append(asked)
        self.paths.append(path)
        await asyncio.sleep(self.delay_s)
        step = self.answer(asked)
        if isinstance(step, TransportFailed):
            raise step
        step = step or Step()
        content = step.raw if step.raw is not None else json.dumps(step.body or good_reply(path, asked)).encode()
        return HttpReply(step.status, dict(step.headers), content)

    def stream(
        self, method: str, path: str, *, body: bytes, timeout_s: float, max_bytes: int
    ) -> AbstractAsyncContextManager[HttpStream]:
        return self._stream(body)

    @asynccontextmanager
    async def _stream(self, body: bytes) -> AsyncIterator[HttpStream]:
        asked = json.loads(body)
        self.bodies.append(asked)
        step = self.answer(asked)
        assert isinstance(step, Step)
        events = [event for event in step.events or () if isinstance(event, str)]

        async def chunks() -> AsyncIterator[bytes]:
            for event in events:
                yield event.encode()

        yield HttpStream(200, {"content-type": "text/event-stream"}, chunks())

    async def close(self) -> None:
        """Nothing is open."""
