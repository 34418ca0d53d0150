"""Speaks ClamAV's INSTREAM protocol to a clamd over TCP.

Fails closed: whatever is not a plain "OK" or "FOUND" is an outage. What must not live here: what to do about a hit.

Source: clamd(8), https://docs.clamav.net/manual/Usage/Scanning.html#clamd (2026-11).
"""

import contextlib
import re
import socket
import struct
from typing import BinaryIO

from sgd_resources.errors import Unavailable
from sgd_resources.ports import Scanner, ScanResult
from sgd_resources.settings import Settings

_CHUNK_BYTES = 1 << 18
_MAX_REPLY_BYTES = 4096
_FOUND = re.compile(r"stream: (?P<signature>[^\s]{1,200}) FOUND\Z")
_LIMITS_EXCEEDED = "Heuristics.Limits.Exceeded"
"""With `AlertExceedsMax yes`, clamd reports a file that it did not scan to the end in this way."""


class ClamAvScanner:
    """A `Scanner` over one clamd; a connection per scan, so it may be shared between threads."""

    name = "clamd"

    def __init__(self, host: str, port: int = 3310, *, connect_s: float = 3.0, scan_s: float = 60.0) -> None:
        self._address = (host, port)
        self._connect_s = connect_s
        self._scan_s = scan_s

    def scan(self, stream: BinaryIO) -> ScanResult:
        """clamd's word on the bytes.

        Raises:
            Unavailable: clamd is down, slow, over its limits or says anything unexpected. Retry.
        """
        try:
            with socket.create_connection(self._address, timeout=self._connect_s) as channel:
                channel.settimeout(self._scan_s)
                reply = self._exchange(channel, stream)
        except OSError as error:
            raise Unavailable("the virus scanner cannot be reached", retry_after_s=30) from error
        return _understood(reply)

    def ping(self) -> bool:
        """Whether clamd answers; for readiness checks."""
        try:
            with socket.create_connection(self._address, timeout=self._connect_s) as channel:
                channel.settimeout(self._connect_s)
                channel.sendall(b"zPING\0")
                return _reply(channel) == "PONG"
        except OSError:
            return False

    def _exchange(self, channel: socket.socket, stream: BinaryIO) -> str:
        channel.sendall(b"zINSTREAM\0")
        # clamd closes early when the stream passes its limit; its reply then says so.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while chunk := stream.read(_CHUNK_BYTES):
                channel.sendall(struct.pack(">I", len(chunk)) + chunk)
            channel.sendall(struct.pack(">I", 0))
        return _reply(channel)


def build_scanner(settings: Settings) -> Scanner | None:
    """The scanner that the settings name, or None when they name none."""
    if settings.clamav_host is None:
        return None
    return ClamAvScanner(settings.clamav_host, settings.clamav_port)


def _reply(channel: socket.socket) -> str:
    found = bytearray()
    while len(found) < _MAX_REPLY_BYTES and (got := channel.recv(_MAX_REPLY_BYTES)):
        found += got
        if found.endswith(b"\0"):
            break
    return found.rstrip(b"\0").decode("utf-8", "replace").strip()


def _understood(reply: str) -> ScanResult:
    if reply == "stream: OK":
        return ScanResult("clean")
    if (found := _FOUND.match(reply)) is not None:
        signature = found.group("signature")
        if signature.startswith(_LIMITS_EXCEEDED):
            raise Unavailable("the virus scanner's limits were passed", retry_after_s=300, details={"reply": signature})
        return ScanResult("infected", signature)
    raise Unavailable("the virus scanner did not scan the file", retry_after_s=300, details={"reply": reply[:200]})
