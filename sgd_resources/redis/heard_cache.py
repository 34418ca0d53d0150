"""A cache of one process that hears what other processes change: Redis tells them all, by publish and subscribe.

While Redis cannot be heard nothing is kept, so that no process answers with what is gone. What must not live here: what
is kept, or how it is loaded.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

import redis

from sgd_resources.events import warn

T = TypeVar("T")
CHANNEL = "sgd:changed"
LIVES_S = 60.0
"""No entry is older, whatever was heard."""
MAX_ENTRIES = 2_000
_POLL_S = 1.0
_PAUSE_S = 1.0


class HeardCache:
    """Entries by a name and the rest of a key; `drop` forgets a name in every process. Threads may share it.

    Args:
        client: sync Redis client; it is the caller's to close.
        lives_s: the most an entry is kept.
    """

    def __init__(self, client: "redis.Redis", *, lives_s: float = LIVES_S) -> None:
        self._client = client
        self._lives_s = lives_s
        self._lock = threading.Lock()
        self._entries: OrderedDict[tuple[str, Any], tuple[float, Any]] = OrderedDict()
        self._drops = 0
        self._hears = threading.Event()
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None

    def get(self, name: str, rest: Any, load: Callable[[], T]) -> T:
        """The entry, loaded when it is not there; what `load` raises is kept by nobody."""
        self._listen()
        key = (name, rest)
        with self._lock:
            found = self._entries.get(key)
            before = self._drops
        if found is not None and found[0] > time.monotonic():
            kept: T = found[1]
            return kept
        value = load()
        with self._lock:
            # What was dropped while it was loaded may be what was loaded.
            if self._hears.is_set() and self._drops == before:
                self._entries[key] = (time.monotonic() + self._lives_s, value)
                while len(self._entries) > MAX_ENTRIES:
                    self._entries.popitem(last=False)
        return value

    def drop(self, name: str) -> None:
        """Forget every entry of the name here, and tell the others; those that cannot be told forget by themselves."""
        self._forget(name)
        try:
            self._client.publish(CHANNEL, name)
        except redis.RedisError as error:
            warn("heard_cache.untold", reason=type(error).__name__)

    def close(self) -> None:
        """Stop listening."""
        self._ends.set()
        if self._thread is not None:
            self._thread.join(_POLL_S * 3)

    def wait_until_heard(self, timeout_s: float) -> bool:
        """Whether Redis is heard within so long."""
        self._listen()
        return self._hears.wait(timeout_s)

    def _forget(self, name: str | None) -> None:
        with self._lock:
            self._drops += 1
            for key in [key for key in self._entries if name is None or key[0] == name]:
                del self._entries[key]

    def _listen(self) -> None:
        if self._thread is not None:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._hear, name="sgd-heard-cache", daemon=True)
                self._thread.start()

    def _hear(self) -> None:
        while not self._ends.is_set():
            try:
                with self._client.pubsub() as subscribed:  # type: ignore[no-untyped-call]  # untyped upstream
                    subscribed.subscribe(CHANNEL)
                    while not self._ends.is_set():
                        self._take(subscribed.get_message(timeout=_POLL_S))
            except redis.RedisError as error:
                self._hears.clear()
                self._forget(None)
                warn("heard_cache.deaf", reason=type(error).__name__)
                self._ends.wait(_PAUSE_S)
        self._hears.clear()

    def _take(self, message: Any) -> None:
        if message is None:
            return
        if message["type"] == "subscribe":
            # What was said before is not known: start with nothing.
            self._forget(None)
            self._hears.set()
        elif message["type"] == "message":
            self._forget(message["data"].decode("utf-8", "replace"))
