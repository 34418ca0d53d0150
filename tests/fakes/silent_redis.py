"""A way to a real Redis that can fall silent: it still accepts, reads what is sent and never answers.

A peer that is refused is known at once; one that is silent costs whoever waits for it. What must not live here: time.
"""

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class SilentRedis:
    """Passes bytes on, or swallows them. Notes what was swallowed.

    Args:
        redis_url: of the real one.
    """

    def __init__(self, redis_url: str) -> None:
        parts = urlsplit(redis_url)
        self._behind = (parts.path if parts.scheme == "unix" else "", parts.hostname or "localhost", parts.port or 6379)
        self._folder = tempfile.TemporaryDirectory(prefix="sgd-silent-")
        place = f"{self._folder.name}/redis.sock"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(place)
        self._listener.listen()
        self.url = f"unix://{place}"
        self.swallowed: list[bytes] = []
        self._is_silent = False
        self._open: list[socket.socket] = []
        self._accepting = threading.Thread(target=self._accept, name="silent redis", daemon=True)
        self._accepting.start()

    def fall_silent(self) -> None:
        """Answer nobody from now on, on old connections and on new ones."""
        self.swallowed.clear()
        self._is_silent = True

    def speak(self) -> None:
        """Pass on again; what was swallowed stays so."""
        self._is_silent = False

    @property
    def asked(self) -> list[str]:
        """The commands that waited for an answer in vain; looks whether it is back (PING) and hellos left out."""
        names = [line for sent in self.swallowed for line in sent.upper().split(b"\r\n")]
        return [name.decode() for name in names if name in {b"EVALSHA", b"EVAL", b"GET", b"SET", b"ZREM", b"HGETALL"}]

    def close(self) -> None:
        """End every connection."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        for one in (self._listener, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._folder.cleanup()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                behind = self._connected()
                self._open += [client, behind]
                for source, target, is_asking in ((client, behind, True), (behind, client, False)):
                    threading.Thread(target=self._pass_on, args=(source, target, is_asking), daemon=True).start()

    def _connected(self) -> socket.socket:
        path, host, port = self._behind
        if not path:
            return socket.create_connection((host, port))
        found = socket.socket(socket.AF_UNIX)
        found.connect(path)
        return found

    def _pass_on(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        with suppress(OSError):
            while sent := source.recv(65_536):
                if not self._is_silent:
                    target.sendall(sent)
                elif is_asking:
                    self.swallowed.append(sent)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def silent_redis(redis_url: str) -> Iterator[SilentRedis]:
    """One that speaks at first."""
    found = SilentRedis(redis_url)
    try:
        yield found
    finally:
        found.close()
