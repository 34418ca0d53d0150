"""The real HTTPS transport against a local server with a certificate of our own."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_resources.errors import PayloadTooLarge, Unavailable
from sgd_resources.fetch.guarded import FetchPolicy, SafeFetcher
from sgd_resources.fetch.https import HttpsTransport

OPENSSL = shutil.which("openssl")
pytestmark = [
    pytest.mark.services,
    pytest.mark.enable_socket,
    pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed"),
]
HOST = "docs.example.com"
ANSWERS = {
    "/ok": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
    "/old": b"just bytes, no HTTP",
    "/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhello",
    "/big": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + bytes(1024) + b"\r\n",
}


class PublicName:
    """A resolver that says what a public name server would."""

    def addresses(self, host: str) -> list[str]:
        return ["93.184.215.14"]


class ToThisMachine(HttpsTransport):
    """Dials the local server in place of the public address."""

    def get(self, address, target, *, deadline):  # type: ignore[no-untyped-def] # as the parent
        return super().get("127.0.0.1", target, deadline=deadline)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, chain = folder / "key.pem", folder / "cert.pem"
    assert OPENSSL is not None
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key),
         "-out", str(chain), "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, chain


@pytest.fixture(scope="module")
def port(certificate: tuple[Path, Path]) -> Iterator[int]:
    key, chain = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.2)
    is_over = threading.Event()

    def serve() -> None:
        while not is_over.is_set():
            try:
                plain, _ = listener.accept()
            except TimeoutError:
                continue
            threading.Thread(target=_answer, args=(context, plain, is_over), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(listener.getsockname()[1])
    is_over.set()
    thread.join(5)
    listener.close()


def _answer(context: ssl.SSLContext, plain: socket.socket, is_over: threading.Event) -> None:
    try:
        with context.wrap_socket(plain, server_side=True) as channel:
            path = channel.recv(4096).split(b" ")[1].decode()
            if path == "/slow":
                channel.sendall(b"HTTP/1.1 200 OK\r\n")
                while not is_over.wait(0.05):
                    channel.sendall(b"X")
            channel.sendall(ANSWERS.get(path, b""))
            while path == "/big":
                channel.sendall(b"400\r\n" + bytes(1024) + b"\r\n")
    except OSError:
        plain.close()


def fetcher(port: int, trusted: Path | None, *, max_s: float = 5.0) -> SafeFetcher:
    context = ssl.create_default_context(cafile=str(trusted) if trusted else None)
    policy = FetchPolicy(allowed_hosts=(HOST,), max_bytes=100_000, max_s=max_s)
    return SafeFetcher(policy, resolver=PublicName(), transport=ToThisMachine(context, port=port))


def test_a_page_comes_through(port: int, certificate: tuple[Path, Path]) -> None:
    found = fetcher(port, certificate[1]).fetch(f"https://{HOST}/ok")
    assert (found.data, found.declared_type) == (b"hello", "text/plain")


def test_a_certificate_nobody_vouches_for_is_refused(port: int) -> None:
    with pytest.raises(Unavailable):
        fetcher(port, None).fetch(f"https://{HOST}/ok")


@pytest.mark.parametrize("path", ["/old", "/cut"])
def test_what_is_not_whole_http_is_refused(port: int, certificate: tuple[Path, Path], path: str) -> None:
    with pytest.raises(Unavailable):
        fetcher(port, certificate[1]).fetch(f"https://{HOST}{path}")


def test_an_endless_body_stops_at_the_cap(port: int, certificate: tuple[Path, Path]) -> None:
    with pytest.raises(PayloadTooLarge):
        fetcher(port, certificate[1]).fetch(f"https://{HOST}/big")


def test_headers_that_drip_stop_at_the_deadline(port: int, certificate: tuple[Path, Path]) -> None:
    started = time.monotonic()
    with pytest.raises(Unavailable):
        fetcher(port, certificate[1], max_s=0.5).fetch(f"https://{HOST}/slow")
    assert time.monotonic() > started
