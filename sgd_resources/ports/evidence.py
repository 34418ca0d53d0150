"""Looking at evidence: parsing, scanning, fetching what a request refers to."""

from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Protocol

from sgd_resources.parsed_document import ParsedDocument


@dataclass(frozen=True)
class ParseRequest:
    """Bytes to parse. `media_type` comes from the gate's detection, never from the uploader."""

    sha256: str
    media_type: str
    data: bytes
    suffix: str = ""
    """Original file suffix with its dot ('.scss'), a hint for text formats that share a media type."""
    earlier_tries: int = 0
    """How often this parser was asked before and another one stood in for it."""


class DocumentParser(Protocol):
    """Reads one file's bytes into a ParsedDocument."""

    @property
    def name(self) -> str:
        """Of the engine, as documents state it."""
        ...

    @property
    def version(self) -> str:
        """Changes when the same bytes may give another document."""
        ...

    def parse(self, request: ParseRequest) -> ParsedDocument:
        """Deterministic: same bytes, same document.

        Raises:
            RejectedEvidence: encrypted, damaged, without pages, or of a type this parser does not read.
        """
        ...


@dataclass(frozen=True)
class ScanResult:
    """A virus scanner's word on some bytes."""

    status: Literal["clean", "infected", "not_scanned"]
    signature: str | None = None


@dataclass(frozen=True)
class AvReport:
    """Who looked for malware in a file, and what came of it."""

    verdict: str = "not_scanned"
    """clean | infected | suspicious | not_scanned | unavailable."""
    engine: str | None = None
    """The engines that looked, the embedded one first: 'yara-x 1.23.0', 'yara-x 1.23.0 + clamd'."""
    rules: str | None = None
    """Which rules the embedded engine looked with."""

    def as_dict(self) -> dict[str, str | None]:
        """JSON form: engine, rules, verdict."""
        return {"engine": self.engine, "rules": self.rules, "verdict": self.verdict}


class Scanner(Protocol):
    """Streams bytes to a virus scanner."""

    name: str
    """What reports call it."""

    def scan(self, stream: BinaryIO) -> ScanResult:
        """Raises Unavailable when the scanner is down or its limits are passed (fail closed, retry)."""
        ...


@dataclass(frozen=True)
class Fetched:
    """What lay behind a URL in the end."""

    url: str
    declared_type: str | None
    data: bytes = field(repr=False)


class ReferenceFetcher(Protocol):
    """Fetches a stranger's URL without being led anywhere but to allowlisted public hosts."""

    def fetch(self, url: str) -> Fetched:
        """The bytes behind the URL.

        Raises:
            InvalidInput: the URL, a redirect or an address is not allowed; `details["host"]` names the host.
            PayloadTooLarge: over the policy's cap.
            Unavailable: no proper answer in time. Retry.
        """
        ...
