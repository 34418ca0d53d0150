"""aiohttp's connection with its own record of how far a reply came: the parser keeps that to itself when it gives up.

A head and a body that breaks the protocol may come in one packet, and aiohttp then says only that the reply was none:
whether a successful answer had begun, which may be billed, is seen in the bytes. What must not live here: sessions,
deadlines or sizes (`aiohttp_transport.py`).
"""

import select
from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.http_exceptions import HttpProcessingError

MOST_HEAD_BYTES = 65_536
"""Kept of a head that does not end; aiohttp itself gives up far before."""
_HEAD_END = b"\r\n\r\n"
_STATUS = slice(9, 12)
"""Of `HTTP/1.1 200 OK`."""


class WatchedConnection(ResponseHandler):
    """One connection to a server.

    Attributes:
        body_came: whether a byte behind the head of a 2xx came for the request under way.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head = b""
        self._is_success: bool | None = None
        self.body_came = False

    def is_connected(self) -> bool:
        """Whether the server has not closed its side: aiohttp alone notices that only after the next request."""
        if not super().is_connected() or self.transport is None:
            return False
        poll = select.poll()
        poll.register(self.transport.get_extra_info("socket").fileno(), getattr(select, "POLLRDHUP", select.POLLIN))
        return not poll.poll(0)

    def set_response_params(self, *args: Any, **options: Any) -> None:
        """A new request: nothing has come for it."""
        self._head, self._is_success, self.body_came = b"", None, False
        super().set_response_params(*args, **options)

    def data_received(self, data: bytes) -> None:
        """Look at the bytes, then let aiohttp have them."""
        if not self.body_came and data:
            self._look(data)
        super().data_received(data)
        broken = self.exception()
        if isinstance(broken, HttpProcessingError):
            if self._payload is not None and not self._payload.is_eof():
                # aiohttp would let the reader of the body wait for its deadline.
                self._payload.set_exception(aiohttp.ClientPayloadError("the body breaks the protocol"))
            broken.body_came = self.body_came  # type: ignore[attr-defined]  # read by `body_came_before`

    def _look(self, data: bytes) -> None:
        if self._is_success is None:
            data = self._after_head(self._head + data)
        self.body_came = bool(self._is_success and data)

    def _after_head(self, data: bytes) -> bytes:
        while (at := data.find(_HEAD_END)) >= 0:
            status, data = data[_STATUS], data[at + len(_HEAD_END) :]
            # A head of 1xx announces another one.
            if not status.startswith(b"1"):
                self._is_success = status.startswith(b"2")
                self._head = b""
                return data
        self._head = data[:MOST_HEAD_BYTES]
        return b""


class WatchingConnector(aiohttp.TCPConnector):
    """Makes such connections."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._factory = partial(WatchedConnection, loop=self._loop)  # type: ignore[assignment] # a narrower class


def body_came_before(error: BaseException) -> bool:
    """Whether a successful answer's body had begun when the connection's parser gave up with this error."""
    return bool(getattr(error.__cause__, "body_came", False))
