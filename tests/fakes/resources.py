"""Resources of the graph around clients that exist already."""

from typing import TypeVar

from sgd_resources.lazy import Lazy

T = TypeVar("T")


def fixed(client: T, description: str = "") -> Lazy[T]:
    """The resource of a client that exists already."""
    return Lazy(lambda: client, description=description)
