"""A document parser whose reading is done by children of a `Sandbox`: the same port, the same documents.

The parent validates the document that comes back before it believes it. What must not live here: reading a format.
"""

from pydantic import ValidationError

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.documentai import DocumentAiParser
from sgd_resources.parsers.select import LocalParser, build_parser
from sgd_resources.ports import DocumentParser, ParseRequest
from sgd_resources.sandbox.pool import DEFAULT_PRELOAD, Sandbox, SandboxLimits
from sgd_resources.settings import Settings

_PRELOAD = (*DEFAULT_PRELOAD, "sgd_resources.parsers.select")
PARSING_LIMITS = SandboxLimits(wall_s=120.0, cpu_s=60, memory_bytes=1_500_000_000, jobs_per_child=50)
"""A guideline of hundreds of pages takes longer to read than to clean; twelve pages full of pictured words take fifteen
seconds. The memory is address space: OCR of such a guide stays under 0.6 GB resident."""


class SandboxedParser:
    """Implements `DocumentParser` around a local one, which is asked only for its name and version."""

    def __init__(self, parser: DocumentParser, sandbox: Sandbox, settings: Settings) -> None:
        self.name = parser.name
        self.version = parser.version
        self._parser = parser
        self._sandbox = sandbox
        self._engine = settings.sgd_parser

    def version_for(self, media_type: str, suffix: str = "") -> str:
        """Version that a parse of this type is stored under, as the parser itself tells it."""
        ask = getattr(self._parser, "version_for", None)
        return str(ask(media_type, suffix)) if ask is not None else self.version

    def parse(self, request: ParseRequest) -> ParsedDocument:
        """As `DocumentParser.parse`; a file that kills or stalls its reader is refused.

        Raises:
            RejectedEvidence: as the parser, and `reject:bomb` or `reject:malformed` from the sandbox.
            Unavailable: no child could be started. Retry.
        """
        answer = self._sandbox.call(
            "sgd_resources.sandbox.jobs:parse_document",
            request.data,
            {
                "sha256": request.sha256,
                "media_type": request.media_type,
                "suffix": request.suffix,
                "engine": self._engine,
            },
        )
        if len(answer.blobs) != 1:
            raise _nonsense()
        try:
            document = ParsedDocument.model_validate_json(answer.blobs[0])
        except ValidationError:
            raise _nonsense() from None
        if document.evidence_sha256 != request.sha256 or document.media_type != request.media_type:
            raise _nonsense()
        return document

    def close(self) -> None:
        """End the sandbox's processes."""
        self._sandbox.close()


def sandboxed_parser(parser: DocumentParser, settings: Settings, *, processes: int = 2) -> DocumentParser:
    """The same parser, read in confined children. Of one that calls a service only the local half is confined."""
    if isinstance(parser, DocumentAiParser):
        on_this_machine = settings.model_copy(update={"sgd_parser": "pdfium"})
        return parser.with_local(sandboxed_parser(LocalParser(), on_this_machine, processes=processes))
    return SandboxedParser(parser, Sandbox(PARSING_LIMITS, processes=processes, preload=_PRELOAD), settings)


def build_sandboxed_parser(settings: Settings) -> DocumentParser:
    """The parser that the settings name, in the sandbox. Raises ValidationFailed when its engine is not installed."""
    return sandboxed_parser(build_parser(settings), settings)


def _nonsense() -> RejectedEvidence:
    return RejectedEvidence("reject", "malformed", details={"message": "the reader returned nonsense"})
