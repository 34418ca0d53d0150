"""A document parser whose reading is done by children of a `Sandbox`: the same port, the same documents.

The parent validates the document that comes back before it believes it. What must not live here: reading a format.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from pydantic import ValidationError

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.ports import DocumentParser, ParseRequest
from sgd_resources.sandbox.fork_server import JOBS, PARSERS, ForkServer
from sgd_resources.sandbox.pool import Sandbox, SandboxLimits
from sgd_resources.settings import Settings

PRELOAD = (JOBS, PARSERS)
PARSING_LIMITS = SandboxLimits(cpu_s=60, wall_s=180.0, memory_bytes=1_500_000_000, jobs_per_child=50)
"""A guideline of hundreds of pages takes longer to read than to clean; twelve pages full of pictured words take fifteen
seconds. The memory is address space: OCR of such a guide stays under 0.6 GB resident."""


class ParserOfChildren(DocumentParser, Protocol):
    """A parser with processes of its own."""

    at_once: int
    """Files that are worth asking for at the same time."""

    def close(self) -> None:
        """End them."""
        ...


class SandboxedParser:
    """Implements `DocumentParser` by children; a local parser is made only when its name or version is asked for."""

    def __init__(self, local: Callable[[], DocumentParser], sandbox: Sandbox, settings: Settings) -> None:
        self.at_once = sandbox.processes
        self.bounds = sandbox.limits.as_version()
        self._make_local = local
        self._sandbox = sandbox
        self._engine = settings.sgd_parser

    @cached_property
    def _local(self) -> DocumentParser:
        return self._make_local()

    @cached_property
    def name(self) -> str:
        """As the local parser's."""
        return self._local.name

    @cached_property
    def version(self) -> str:
        """As the local parser's."""
        return self._local.version

    def version_for(self, media_type: str, suffix: str = "") -> str:
        """Version that a parse of this type is stored under, as the parser itself tells it."""
        ask = getattr(self._local, "version_for", None)
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


def build_sandboxed_parser(settings: Settings, *, server: ForkServer | None = None) -> ParserOfChildren:
    """The parser that the settings name, read in confined children.

    Of one that calls a service only the local half is confined.

    Args:
        settings: name the engine, and how many files are read at once.
        server: a fork server to share; without one the parser starts and ends its own.

    Raises:
        ValidationFailed: the engine is not installed or not configured.
    """
    sandbox = Sandbox(PARSING_LIMITS, processes=settings.readers, preload=PRELOAD, server=server)
    if settings.sgd_parser == "pdfium":
        return SandboxedParser(_local_parser, sandbox, settings)
    # other engines are made now, so that one that is missing is told of before any file is read
    from sgd_resources.parsers.engines.documentai import DocumentAiParser
    from sgd_resources.parsers.select import build_parser

    confined = SandboxedParser(_local_parser, sandbox, settings.model_copy(update={"sgd_parser": "pdfium"}))
    if settings.sgd_parser == "chain":
        from sgd_resources.parsers.engines.chain_engines import build_chained_parser

        return build_chained_parser(settings, confined, lambda: _unstructured(sandbox, settings))
    parser = build_parser(settings)
    if isinstance(parser, DocumentAiParser):
        return parser.with_local(confined)
    return SandboxedParser(lambda: parser, sandbox, settings)


def _unstructured(sandbox: Sandbox, settings: Settings) -> DocumentParser:
    from sgd_resources.parsers.select import build_parser

    chosen = settings.model_copy(update={"sgd_parser": "unstructured"})
    parser = build_parser(chosen)  # made now: one that is missing is told of before any file is read
    return SandboxedParser(lambda: parser, sandbox, chosen)


def _local_parser() -> DocumentParser:
    # imported late: a process that only hands files over need not load what reads them
    from sgd_resources.parsers.select import LocalParser

    return LocalParser()


def _nonsense() -> RejectedEvidence:
    return RejectedEvidence("reject", "malformed", details={"message": "the reader returned nonsense"})
