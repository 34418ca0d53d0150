"""The seam to the network: bytes out, bytes in, bounded in time and size. `aiohttp_transport.py` is the client used.

What must not live here: what the bytes mean.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

FailureKind = Literal["connect", "timeout", "reset", "truncated", "too_large", "garbage", "tls"]


class TransportFailed(Exception):
    """No whole HTTP reply came back.

    Attributes:
        kind: what went wrong.
        was_sent: False when the request provably never reached the server, so that nothing can have been billed.
        generation_id: from the reply's headers, when they had come already.
        body_began: False when no byte of a successful reply's body had come: then, too, nothing is billed.
    """

    def __init__(
        self,
        kind: FailureKind,
        message: str,
        *,
        was_sent: bool,
        generation_id: str | None = None,
        body_began: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.kind: FailureKind = kind
        self.was_sent = was_sent
        self.body_began = was_sent if body_began is None else body_began
        self.generation_id = generation_id


@dataclass(frozen=True)
class HttpReply:
    """A whole reply. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class HttpStream:
    """A reply whose body is still coming; `chunks` raises TransportFailed when it breaks off."""

    status: int
    headers: Mapping[str, str]
    chunks: AsyncIterator[bytes]


class Transport(Protocol):
    """One HTTP client, bound to one event loop."""

    async def send(
        self, method: str, path: str, *, body: bytes | None = None, timeout_s: float, max_bytes: int
    ) -> HttpReply:
        """The reply to one request. Raises TransportFailed."""
        ...

    def stream(
        self, method: str, path: str, *, body: bytes, timeout_s: float, max_bytes: int
    ) -> AbstractAsyncContextManager[HttpStream]:
        """The reply as it comes. Raises TransportFailed."""
        ...

    async def close(self) -> None:
        """Give the connections back."""
        ...
