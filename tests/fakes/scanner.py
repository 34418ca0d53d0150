"""A virus scanner that knows one virus and can be down. It sees only bare bytes, as a scanner that unpacks nothing."""

from typing import BinaryIO

from sgd_resources.errors import Unavailable
from sgd_resources.ports import ScanResult

_MARK = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"


class FakeScanner:
    """Implements `Scanner`."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.is_down = is_down
        self.scanned = 0

    def scan(self, stream: BinaryIO) -> ScanResult:
        """`infected` for the industry's test virus, `clean` for anything else. Raises Unavailable when down."""
        if self.is_down:
            raise Unavailable("the fake scanner is down")
        self.scanned += 1
        return ScanResult("infected", "Test.Virus") if _MARK in stream.read() else ScanResult("clean")
