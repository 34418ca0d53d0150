"""One byte range of an object, as a client asks for it, and whether what it holds is still current.

Several ranges in one request, other units and nonsense are ignored: the client gets the whole object.
Source: RFC 9110, sections 13.1.2, 13.1.5 and 14 (2022). What must not live here: reading the object.
"""

import re
from dataclasses import dataclass

from starlette.datastructures import Headers

_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.I)


@dataclass(frozen=True)
class ByteRange:
    """Bytes `first` to `last`, both included, of `size_bytes`."""

    first: int
    last: int
    size_bytes: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        """Value of the `Content-Range` header of a 206."""
        return f"bytes {self.first}-{self.last}/{self.size_bytes}"


class Unsatisfiable(ValueError):
    """The range begins behind the end of the object (HTTP 416)."""


def asked_range(headers: Headers, *, size_bytes: int, etag: str | None) -> ByteRange | None:
    """The one range of a GET, cut to the object; None for the whole object.

    Raises:
        Unsatisfiable: no byte of the range exists.
    """
    found = _ONE_RANGE.fullmatch(headers.get("range", ""))
    if found is None or not any(found.groups()):
        return None
    condition = headers.get("if-range")
    if condition is not None and condition.strip() != etag:
        return None
    first, last = found.groups()
    if not first:
        suffix = min(int(last), size_bytes)
        if suffix == 0:
            raise Unsatisfiable
        return ByteRange(size_bytes - suffix, size_bytes - 1, size_bytes)
    start, end = int(first), min(int(last or size_bytes), size_bytes - 1)
    if last and int(last) < start:
        return None
    if start >= size_bytes:
        raise Unsatisfiable
    return ByteRange(start, end, size_bytes)


def is_unchanged(headers: Headers, etag: str | None) -> bool:
    """Whether `If-None-Match` names this object, so that a 304 is enough."""
    asked = headers.get("if-none-match")
    if asked is None or etag is None:
        return False
    known = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return "*" in known or etag in known
