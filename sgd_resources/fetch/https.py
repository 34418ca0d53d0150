"""The real resolver and transport of `fetch`: the system's DNS, and HTTPS to an address that was checked before.

What must not live here: deciding where a fetch may go.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence

from sgd_resources.errors import Unavailable
from sgd_resources.fetch.guarded import FetchPolicy, Response, SafeFetcher, Target
from sgd_resources.observed.spans import span_inside

_STEP_BYTES = 1 << 16
_USER_AGENT = "sgd-reference-fetcher/1"


class SystemResolver:
    """Asks the system's resolver."""

    def addresses(self, host: str) -> Sequence[str]:
        """Every A and AAAA address now. Raises Unavailable."""
        try:
            found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        except OSError as error:
            raise Unavailable("the name cannot be looked up", details={"host": host}) from error
        return list(dict.fromkeys(str(one[4][0]) for one in found))


class HttpsTransport:
    """One connection per request, to one address, with the certificate verified for the name."""

    def __init__(self, context: ssl.SSLContext | None = None, *, port: int = 443) -> None:
        self._context = context or ssl.create_default_context()
        self._port = port

    def get(self, address: str, target: Target, *, deadline: float) -> Response:
        """As `Transport.get`."""
        headers = {"User-Agent": _USER_AGENT, "Accept-Encoding": "identity", "Accept": "*/*"}
        return self._ask("GET", address, target, headers, None, deadline=deadline)

    def post(
        self, address: str, target: Target, body: bytes, headers: Mapping[str, str], *, deadline: float
    ) -> Response:
        """As `get`, with a body and these headers. Raises Unavailable."""
        return self._ask("POST", address, target, headers, body, deadline=deadline)

    def _ask(
        self,
        method: str,
        address: str,
        target: Target,
        headers: Mapping[str, str],
        body: bytes | None,
        *,
        deadline: float,
    ) -> Response:
        connection = _CheckedConnection(address, target.host, self._port, self._context, deadline)
        # A socket's timeout starts anew with each byte that drips in; the timer ends the whole exchange.
        timer = threading.Timer(max(0.0, deadline - time.monotonic()), connection.cut)
        timer.daemon = True
        timer.start()
        try:
            with span_inside(f"http {method}", server__address=target.host):
                connection.request(method, target.path, body=body, headers=dict(headers))
                answer = connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            timer.cancel()
            connection.close()
            raise Unavailable("the page cannot be fetched", details={"host": target.host}) from error
        if time.monotonic() >= deadline:
            # A cut connection looks like the end of the headers.
            timer.cancel()
            connection.close()
            raise Unavailable("the page took too long", details={"host": target.host})
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, told, _chunks(answer, connection, timer))


def build_fetcher(policy: FetchPolicy) -> SafeFetcher:
    """The fetcher of this machine."""
    return SafeFetcher(policy, resolver=SystemResolver(), transport=HttpsTransport())


class _CheckedConnection(http.client.HTTPSConnection):
    """Connects to an address, never to a name."""

    def __init__(self, address: str, host: str, port: int, context: ssl.SSLContext, deadline: float) -> None:
        super().__init__(host, port, context=context)
        self._address = address
        self._tls = context
        self._deadline = deadline

    def connect(self) -> None:
        """TCP to the checked address, TLS for the name."""
        left = max(0.001, self._deadline - time.monotonic())
        plain = socket.create_connection((self._address, self.port), timeout=left)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def cut(self) -> None:
        """End the exchange from another thread."""
        channel = self.sock
        if channel is not None:
            try:
                channel.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def _chunks(
    answer: http.client.HTTPResponse, connection: _CheckedConnection, timer: threading.Timer
) -> Iterator[bytes]:
    try:
        while chunk := answer.read1(_STEP_BYTES):
            yield chunk
        if answer.length:
            raise Unavailable("the page ended too early")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unavailable("the page ended too early") from error
    finally:
        timer.cancel()
        answer.close()
        connection.close()
