"""The aiohttp client behind the transport seam: verified TLS 1.2+, one total deadline, sizes counted after inflating.

aiohttp is by far the quickest Python client at 50 calls in flight (tests/benchmarks/bench_gateway.py). What must not
live here: retries, or what the bytes mean.
"""

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.wire.aiohttp_connection import WatchedConnection, WatchingConnector, body_came_before
from sgd_resources.llm.wire.transport import HttpReply, HttpStream, TransportFailed

CONNECT_TIMEOUT_S = 5.0
_MAX_CONNECTIONS = 200
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


class AiohttpTransport:
    """One session to one base URL, opened at the first call and bound to that call's event loop.

    Args:
        base_url: with its version path, without a slash at the end. Plain http is for this machine only.
        api_key: sent as a bearer token; None sends none.
        referer, title: how OpenRouter lists the app; optional.
        key_header: where the key goes instead.
        setting: what the address is called in errors.

    Raises:
        InvalidInput: the URL is no http(s) URL, or it would carry the key unencrypted over a network.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None,
        *,
        referer: str | None = None,
        title: str | None = None,
        key_header: str = "Authorization",
        setting: str = "OPENROUTER_BASE_URL",
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise InvalidInput(f"{setting} is not an http(s) URL")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise InvalidInput(f"{setting} must be https unless it is on this machine")
        self._base_url = base_url.rstrip("/")
        self._is_tls = parts.scheme == "https"
        self._headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
        if api_key:
            self._headers[key_header] = f"Bearer {api_key}" if key_header == "Authorization" else api_key
        if referer:
            self._headers["HTTP-Referer"] = referer
        if title:
            self._headers["X-Title"] = title
        self._opened: aiohttp.ClientSession | None = None

    async def send(
        self, method: str, path: str, *, body: bytes | None = None, timeout_s: float, max_bytes: int
    ) -> HttpReply:
        """See `Transport.send`."""
        async with self.stream(method, path, body=body, timeout_s=timeout_s, max_bytes=max_bytes) as reply:
            parts = [chunk async for chunk in reply.chunks]
        return HttpReply(reply.status, reply.headers, parts[0] if len(parts) == 1 else b"".join(parts))

    @asynccontextmanager
    async def stream(
        self, method: str, path: str, *, body: bytes | None, timeout_s: float, max_bytes: int
    ) -> AsyncIterator[HttpStream]:
        """See `Transport.stream`."""
        headers: Mapping[str, str] = {}
        seen = _Seen()
        try:
            # One deadline over everything: a server that drips bytes keeps resetting a read timeout.
            async with asyncio.timeout(timeout_s):
                async with self._session().request(
                    method, self._base_url + path, data=body, allow_redirects=False
                ) as response:
                    headers = {name.lower(): value for name, value in response.headers.items()}
                    seen.is_success = 200 <= response.status < 300
                    seen.watch(response.connection)
                    yield HttpStream(response.status, headers, _bounded(response, headers, max_bytes, seen))
        except TransportFailed as error:
            error.generation_id = error.generation_id or headers.get("x-generation-id")
            error.body_began = seen.body_began
            raise
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            failed = _failure(error, headers.get("x-generation-id"))
            failed.body_began = seen.body_began or body_came_before(error)
            raise failed from error

    async def close(self) -> None:
        """See `Transport.close`."""
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    def _session(self) -> aiohttp.ClientSession:
        if self._opened is None:
            self._opened = aiohttp.ClientSession(
                connector=self._connector(),
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT_S, connect=None),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
        return self._opened

    def _connector(self) -> aiohttp.BaseConnector:
        context: ssl.SSLContext | bool = True
        if self._is_tls:
            context = ssl.create_default_context()
            context.minimum_version = ssl.TLSVersion.TLSv1_2
        return WatchingConnector(limit=_MAX_CONNECTIONS, ssl=context, keepalive_timeout=15)


@dataclass
class _Seen:
    """How far a reply came."""

    is_success: bool = False
    has_bytes: bool = False
    _protocol: object = None

    def watch(self, connection: aiohttp.connector.Connection | None) -> None:
        """Also count what came on the wire and was never given out as a body."""
        self._protocol = connection.protocol if connection is not None else None

    @property
    def body_began(self) -> bool:
        if isinstance(self._protocol, WatchedConnection) and self._protocol.body_came:
            return True
        return self.is_success and self.has_bytes


async def _bounded(
    response: aiohttp.ClientResponse, headers: Mapping[str, str], max_bytes: int, seen: _Seen
) -> AsyncIterator[bytes]:
    """The inflated body in pieces, never more than `max_bytes` in all: a small body may inflate to gigabytes."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        # Not read, but made: it is no proof that nothing was billed.
        seen.has_bytes = True
        raise TransportFailed("garbage", f"the reply has the unknown encoding {encoding[:20]!r}", was_sent=True)
    inflater = None if encoding in {"identity", ""} else zlib.decompressobj(_GZIP_OR_ZLIB)
    left = max_bytes
    async for raw in response.content.iter_any():
        seen.has_bytes = True
        try:
            piece = raw if inflater is None else inflater.decompress(raw, left + 1)
        except zlib.error as error:
            raise TransportFailed("garbage", "the reply's compression is broken", was_sent=True) from error
        left -= len(piece)
        if left < 0 or (inflater is not None and inflater.unconsumed_tail):
            raise TransportFailed("too_large", f"the reply is larger than {max_bytes} bytes", was_sent=True)
        if piece:
            yield piece
    if inflater is not None and not inflater.eof:
        raise TransportFailed("truncated", "the compressed reply ends too early", was_sent=True)


def _failure(error: BaseException, generation_id: str | None) -> TransportFailed:
    name = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError | ssl.SSLError):
        return TransportFailed("tls", f"the connection is not trusted ({name})", was_sent=False)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return TransportFailed("connect", f"no connection ({name})", was_sent=False)
    if isinstance(error, aiohttp.ClientPayloadError):
        return TransportFailed("truncated", "the reply ended too early", was_sent=True, generation_id=generation_id)
    if isinstance(error, TimeoutError):
        return TransportFailed("timeout", "no whole reply in time", was_sent=True, generation_id=generation_id)
    if isinstance(error, aiohttp.ClientResponseError):
        return TransportFailed("garbage", f"no HTTP reply ({name})", was_sent=True, generation_id=generation_id)
    return TransportFailed("reset", f"the connection broke ({name})", was_sent=True, generation_id=generation_id)
