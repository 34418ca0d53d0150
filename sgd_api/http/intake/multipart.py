"""multipart/form-data -> events, without holding a file: header of a part, its bytes as they come, its end.

Starlette's own reader spools each file to disk before the route sees it, so a cap could only be applied afterwards and
every byte would be written twice. What must not live here: where the bytes go (`quarantine.py`).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from sgd_api.http.intake.pace import Pace, paced
from sgd_resources.errors import InvalidInput, PayloadTooLarge

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_MAX_HEADER_BYTES = 8_192
_MAX_HEADERS = 16


@dataclass(frozen=True)
class PartBegin:
    """A part starts. `file_name` is None for a plain field."""

    name: str
    file_name: str | None
    content_type: str | None


@dataclass(frozen=True)
class PartData:
    """Some bytes of the current part."""

    data: bytes


@dataclass(frozen=True)
class PartEnd:
    """The current part is whole."""


Event = PartBegin | PartData | PartEnd


async def read_parts(request: Request, *, max_bytes: int, pace: Pace) -> AsyncIterator[Event]:
    """Events of the request's parts, in order, as the bytes arrive.

    Raises:
        TooSlow: the bytes do not come at the pace.
        InvalidInput: not multipart, damaged, cut off, or without a name on a part.
        PayloadTooLarge: more than `max_bytes` came. The caller must send less.
    """
    collector = _Collector()
    parser = MultipartParser(_boundary(request), collector.callbacks())
    received = 0
    try:
        async for chunk in paced(request.stream(), pace):
            received += len(chunk)
            if received > max_bytes:
                raise PayloadTooLarge("the request is larger than uploads may be", details={"max_bytes": max_bytes})
            parser.write(chunk)
            for event in collector.drain():
                yield event
        parser.finalize()
    except ClientDisconnect as error:
        raise InvalidInput("the upload was cut off") from error
    except MultipartParseError as error:
        raise InvalidInput("the body is not valid multipart/form-data") from error
    if not collector.is_ended:
        raise InvalidInput("the upload was cut off")


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 0 < len(boundary) <= 256:
        raise InvalidInput("send files as multipart/form-data with a boundary")
    return boundary


class _Collector:
    """Turns the parser's callbacks into a list of events."""

    def __init__(self) -> None:
        self.is_ended = False
        self._events: list[Event] = []
        self._headers: list[tuple[bytes, bytes]] = []
        self._field = bytearray()
        self._value = bytearray()

    def callbacks(self) -> "MultipartCallbacks":
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": lambda data, start, end: self._events.append(PartData(bytes(data[start:end]))),
            "on_part_end": lambda: self._events.append(PartEnd()),
            "on_end": self._on_end,
        }

    def drain(self) -> list[Event]:
        """Events since the last call."""
        events, self._events = self._events, []
        return events

    def _begin(self) -> None:
        self._headers = []

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]
        self._check_size()

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._check_size()

    def _on_header_end(self) -> None:
        self._headers.append((bytes(self._field).lower(), bytes(self._value)))
        self._field.clear()
        self._value.clear()
        self._check_size()

    def _check_size(self) -> None:
        if len(self._field) + len(self._value) > _MAX_HEADER_BYTES or len(self._headers) > _MAX_HEADERS:
            raise InvalidInput("a part's header is too long")

    def _on_headers_finished(self) -> None:
        headers = dict(self._headers)
        disposition, options = parse_options_header(headers.get(b"content-disposition"))
        if disposition != b"form-data" or b"name" not in options:
            raise InvalidInput("a part has no name")
        file_name = options.get(b"filename")
        content_type = headers.get(b"content-type")
        self._events.append(
            PartBegin(
                options[b"name"].decode("utf-8", "replace"),
                None if file_name is None else file_name.decode("utf-8", "replace"),
                None if content_type is None else content_type.decode("latin-1"),
            )
        )

    def _on_end(self) -> None:
        self.is_ended = True
