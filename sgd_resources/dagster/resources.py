"""The Dagster faces of the outside world: each port's client behind one resource, built on first use.

A resource holds a recipe, not a connection, so that loading definitions does no I/O; the client it makes is kept for
the life of the process, so that a warm worker pays for it once. Settings choose the client, never an edit here. What
must not live here: the clients themselves.
"""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from dagster import ResourceDefinition

T = TypeVar("T")


class Lazy(Generic[T]):
    """A client that is made when it is first asked for, once per process."""

    def __init__(self, build: Callable[[], T], *, description: str = "") -> None:
        self._build = build
        self._lock = Lock()
        self._made: list[T] = []
        self.description = description

    def client(self) -> T:
        """The client; whatever building it raises is raised here, and tried again at the next call."""
        with self._lock:
            if not self._made:
                self._made.append(self._build())
            return self._made[0]


def fixed(client: T, description: str = "") -> Lazy[T]:
    """A face for a client that exists already: fakes in tests, overrides in benchmarks."""
    return Lazy(lambda: client, description=description)


def as_resource(face: Lazy[T]) -> ResourceDefinition:
    """What Definitions take: the face with its description for the UI."""
    return ResourceDefinition.hardcoded_resource(face, description=face.description)
