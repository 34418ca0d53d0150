"""A client that is made when it is first asked for: what wires a process hands these out and does no I/O by it."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazy(Generic[T]):
    """A recipe, and the client once it was asked for: one per process, also when several threads ask at a time."""

    def __init__(self, make: Callable[[], T], *, description: str = "") -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T] = []
        self.description = description
        """For people who look at what a process is wired to."""

    def client(self) -> T:
        """The client; whatever making it raises is raised here, and tried again at the next call."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]

    def close_if_made(self, close: Callable[[T], None]) -> None:
        """Close the client, when there is one."""
        with self._lock:
            for made in self._made:
                close(made)
