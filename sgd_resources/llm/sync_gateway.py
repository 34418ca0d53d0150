"""The gateway for callers that do not await: its event loop in a thread of its own.

What must not live here: anything but crossing from a thread to the loop.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.call.request import StreamEvent
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.catalog_watch import REFRESH_S
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.wire.replies import Completion

T = TypeVar("T")


class SyncLlmGateway:
    """Safe in threads; start it after any fork.

    Args:
        make: builds the gateway; called in the loop's thread at the first call.
        watches: whether to read the list of models hourly and to settle what dead processes left.
    """

    def __init__(self, make: Callable[[], LlmGateway], *, watches: bool = True) -> None:
        self._make = make
        self._watches = watches
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gateway: LlmGateway | None = None
        self._thread: threading.Thread | None = None
        self._watching: list[asyncio.Task[None]] = []

    @property
    def is_cloud(self) -> bool:
        """Whether there is a key."""
        return self.run(lambda gateway: _value(gateway.is_cloud))

    def complete(
        self, task: str, messages: Sequence[Mapping[str, Any]], *, caller: Caller, **options: Any
    ) -> Completion:
        """As `LlmGateway.complete`."""
        return self.run(lambda gateway: gateway.complete(task, messages, caller=caller, **options))

    def generate_image(
        self, task: str, prompt: str, references: Sequence[bytes] = (), *, caller: Caller, **options: Any
    ) -> list[Completion]:
        """As `LlmGateway.generate_image`."""
        return self.run(lambda gateway: gateway.generate_image(task, prompt, references, caller=caller, **options))

    def stream(
        self, task: str, messages: Sequence[Mapping[str, Any]], *, caller: Caller, **options: Any
    ) -> Iterator[StreamEvent]:
        """As `LlmGateway.stream`."""
        yield from self.events(lambda gateway: gateway.stream(task, messages, caller=caller, **options))

    def events(self, make: Callable[[LlmGateway], AsyncIterator[T]]) -> Iterator[T]:
        """What an asynchronous iterator over the gateway gives, one by one; it ends with the reader."""
        gateway, loop = self._started()
        events = make(gateway)
        try:
            while True:
                try:
                    yield asyncio.run_coroutine_threadsafe(_next(events), loop).result()
                except StopAsyncIteration:
                    return
        finally:
            asyncio.run_coroutine_threadsafe(_aclose(events), loop).result()

    def run(self, ask: Callable[[LlmGateway], Coroutine[Any, Any, T]]) -> T:
        """Anything else of the gateway, in its loop; a thread that is interrupted cancels what it asked for."""
        gateway, loop = self._started()
        future = asyncio.run_coroutine_threadsafe(ask(gateway), loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    async def ask(self, ask: Callable[[LlmGateway], Coroutine[Any, Any, T]]) -> T:
        """As `run`, for a caller with a loop of its own; who is cancelled cancels what it asked for."""
        if self._loop is None:
            await asyncio.to_thread(self._started)
        gateway, loop = self._started()
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(ask(gateway), loop))

    def close(self) -> None:
        """Settle, write down, and stop the loop."""
        with self._lock:
            if self._loop is None or self._gateway is None or self._thread is None:
                return
            asyncio.run_coroutine_threadsafe(self._shut(self._gateway), self._loop).result(20)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)
            self._loop.close()
            self._loop = self._gateway = self._thread = None

    def _started(self) -> tuple[LlmGateway, asyncio.AbstractEventLoop]:
        with self._lock:
            if self._loop is None or self._gateway is None:
                loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=loop.run_forever, name="sgd-llm", daemon=True)
                self._thread.start()
                try:
                    self._gateway = asyncio.run_coroutine_threadsafe(self._open(), loop).result()
                except BaseException:
                    loop.call_soon_threadsafe(loop.stop)
                    raise
                self._loop = loop
            return self._gateway, self._loop

    async def _open(self) -> LlmGateway:
        gateway = self._make()
        if self._watches and gateway.is_cloud:
            gateway.keep_books()
            self._watching = [asyncio.ensure_future(_watch_models(gateway))]
        return gateway

    async def _shut(self, gateway: LlmGateway) -> None:
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        await gateway.close()


async def _watch_models(gateway: LlmGateway) -> None:
    while True:
        # The gateway has noted why; the last list stays in force until the next hour.
        with suppress(ProviderFailed):
            await gateway.refresh_catalog()
        await asyncio.sleep(REFRESH_S)


async def _value(value: T) -> T:
    return value


async def _next(events: AsyncIterator[T]) -> T:
    return await anext(events)


async def _aclose(events: Any) -> None:
    await events.aclose()
