"""A caller's own httpx client, sync or async, behind the transport seam: it keeps its settings, and stays theirs.

What must not live here: retries, or what the bytes mean.
"""

import asyncio
import inspect
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.wire.transport import HttpReply, HttpStream, TransportFailed


class HttpxTransport:
    """Sends through the client it is given.

    Args:
        client: an `httpx.Client` or `httpx.AsyncClient`.
        base_url: with its version path, without a slash at the end.
        headers: sent with each request.
    """

    def __init__(self, client: Any, base_url: str, headers: Mapping[str, str]) -> None:
        self._client = client
        self._base_url = base_url
        self._headers = {**headers, "Content-Type": "application/json"}

    async def send(
        self, method: str, path: str, *, body: bytes | None = None, timeout_s: float, max_bytes: int
    ) -> HttpReply:
        """See `Transport.send`."""
        import httpx

        request: Callable[..., Any] = self._client.request
        arguments = {"content": body, "headers": self._headers, "timeout": timeout_s}
        url = self._base_url + path
        try:
            async with asyncio.timeout(timeout_s):
                if inspect.iscoroutinefunction(request):
                    answer = await request(method, url, **arguments)
                else:
                    answer = await asyncio.to_thread(request, method, url, **arguments)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise TransportFailed("connect", "no connection", was_sent=False) from error
        except (httpx.TimeoutException, TimeoutError) as error:
            raise TransportFailed("timeout", "no whole reply in time", was_sent=True) from error
        except httpx.HTTPError as error:
            raise TransportFailed("reset", f"the connection broke ({type(error).__name__})", was_sent=True) from error
        if len(answer.content) > max_bytes:
            raise TransportFailed("too_large", "the reply is too large", was_sent=True)
        headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
        return HttpReply(int(answer.status_code), headers, answer.content)

    def stream(
        self, method: str, path: str, *, body: bytes, timeout_s: float, max_bytes: int
    ) -> AbstractAsyncContextManager[HttpStream]:
        """Not through a caller's client. Raises InvalidInput."""
        raise InvalidInput("a client that was brought along does not stream")

    async def close(self) -> None:
        """The client is its owner's to close."""


def is_httpx(client: Any) -> bool:
    """Whether it has httpx' surface."""
    return hasattr(client, "build_request")


def keeps_to_its_loop(client: Any) -> bool:
    """Whether the client's open connections belong to one event loop; a sync or a mocked client has none such."""
    import httpx

    # No public way tells a client with a pool from one over a mock; a client without the field is taken for a mock.
    return isinstance(getattr(client, "_transport", None), httpx.AsyncHTTPTransport)
