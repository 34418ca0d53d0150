"""A virus scanner that knows two viruses and can be down. It sees only bare bytes: it unpacks nothing."""

from typing import BinaryIO

from sgd_resources.errors import Unavailable
from sgd_resources.ports import ScanResult
from tests.hostile.made import UNKNOWN_VIRUS

_MARK = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"


class FakeScanner:
    """Implements `Scanner`."""

    name = "fake"

    def __init__(self, *, is_down: bool = False) -> None:
        self.is_down = is_down
        self.scanned = 0

    def scan(self, stream: BinaryIO) -> ScanResult:
        """`infected` for the test virus and one that only it knows, else `clean`. Raises Unavailable when down."""
        if self.is_down:
            raise Unavailable("the fake scanner is down")
        self.scanned += 1
        return ScanResult("infected", "Test.Virus") if _knows(stream.read()) else ScanResult("clean")


def _knows(data: bytes) -> bool:
    return _MARK in data or UNKNOWN_VIRUS in data
