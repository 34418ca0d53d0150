"""What a request asks for, as one hash made while its body streams by: nothing of the body is kept.

Of a form the boundary is left out: whoever sends the same files again makes a new one. What must not live here: reading
a body, or what is done with the hash.
"""

import hashlib
import json

from starlette.datastructures import Headers
from starlette.types import Scope

_LONGEST_BOUNDARY = 70
"""RFC 2046, 5.1.1."""


class RequestHash:
    """SHA-256 over method, path, query, media type and body.

    Attributes:
        size_bytes: of the body so far.
        is_whole: the body has come to its end.
    """

    def __init__(self, scope: Scope) -> None:
        kind, _, rest = Headers(scope=scope).get("content-type", "").partition(";")
        asked = [scope["method"], scope["path"], scope["query_string"].decode("latin-1"), kind.strip().lower()]
        self._asked = json.dumps(asked).encode()
        self._body = _Parts(_boundary(rest)) if kind.strip().lower().startswith("multipart/") else _Parts(b"")
        self.size_bytes = 0
        self.is_whole = False

    def add(self, chunk: bytes, *, is_last: bool) -> None:
        """The next piece of the body."""
        self.size_bytes += len(chunk)
        self._body.add(chunk)
        self.is_whole = self.is_whole or is_last

    def hexdigest(self) -> str:
        """Of a whole request."""
        return hashlib.sha256(self._asked + b"\n" + self._body.digest()).hexdigest()


class _Parts:
    """Hash of the hashes of what lies between one mark and the next; of all in one piece without a mark."""

    def __init__(self, mark: bytes) -> None:
        self._mark = mark
        self._held = b""
        self._part = hashlib.sha256()
        self._all = hashlib.sha256()

    def add(self, chunk: bytes) -> None:
        if not self._mark:
            self._part.update(chunk)
            return
        *ended, rest = (self._held + chunk).split(self._mark)
        for piece in ended:
            self._part.update(piece)
            self._all.update(self._part.digest())
            self._part = hashlib.sha256()
        # What may be the beginning of a mark waits for its end.
        known = max(0, len(rest) - len(self._mark) + 1)
        self._part.update(rest[:known])
        self._held = rest[known:]

    def digest(self) -> bytes:
        last, whole = self._part.copy(), self._all.copy()
        last.update(self._held)
        whole.update(last.digest())
        return whole.digest()


def _boundary(parameters: str) -> bytes:
    """With its dashes; empty where there is none that could be one."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        found = value.strip().strip('"')
        if name.strip().lower() == "boundary" and 0 < len(found) <= _LONGEST_BOUNDARY:
            return b"--" + found.encode("latin-1")
    return b""
