"""Words of PDFs and pictures through Google Document AI; measured values from the local parser.

Calls are spaced (`throttle`). When quota, region or the service fails, the local parse stands in, with a warning, and
the document says that it is to be read again later (`stand_in`). Where the answer will not change (a file too large, a
reading without words) the local parse stands. What must not live here: Google's client (`documentai_client`) and the
wire format (`documentai_wire`).
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol

from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import BrokenContract, ValidationFailed
from sgd_resources.parsed_document import Page, ParsedDocument, StandIn, TextBlock
from sgd_resources.parsers.engines.documentai_client import CallFailed, GoogleProcessor
from sgd_resources.parsers.engines.documentai_layout import Json
from sgd_resources.parsers.engines.documentai_wire import blocks_of, process_options
from sgd_resources.parsers.engines.engine_text import with_engine_text
from sgd_resources.parsers.engines.throttle import Throttle
from sgd_resources.ports import DocumentParser, ParseRequest
from sgd_resources.settings import Settings

MEDIA_TYPES = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif"})
_MAX_BYTES = 40_000_000
_PAGES_PER_CALL = 15
"""Google's limits of one online call."""
_TRIES = 3  # the first and two more: what fails longer is left to the run's own retry
_LONGEST_WAIT_S = 20.0  # a longer pause is the run's to wait, not a worker's


class Processor(Protocol):
    """A processor that reads some pages of a file."""

    name: str
    """Where it is; another place is another reader."""

    def ask(self, data: bytes, media_type: str, pages: Sequence[int]) -> Json:
        """The answer as JSON. Raises CallFailed, or ProviderRefused where an operator must act."""
        ...

    def close(self) -> None:
        """Close connections."""
        ...


class DocumentAiParser:
    """`DocumentParser` of PDF and raster pictures; other files are read by the local parser alone."""

    name = "documentai"

    def __init__(self, local: DocumentParser, processor: Processor, throttle: Throttle) -> None:
        self._local = local
        self.at_once: int = getattr(local, "at_once", 1)
        self.bounds: str = getattr(local, "bounds", "unbounded")
        self._processor = processor
        self._throttle = throttle

    @cached_property
    def version(self) -> str:
        """Of this engine, its processor, and the local parser that it completes."""
        return f"{self.engine_version}.{self._local.version}"

    @cached_property
    def engine_version(self) -> str:
        """Of this engine and its processor alone."""
        which = hashlib.sha256(self._processor.name.encode()).hexdigest()[:8]
        return f"documentai.{version_of(process_options, blocks_of, with_engine_text)}-{which}"

    def with_local(self, local: DocumentParser) -> "DocumentAiParser":
        """The same parser over another local one, such as a sandboxed one."""
        return DocumentAiParser(local, self._processor, self._throttle)

    def version_for(self, media_type: str, suffix: str = "") -> str:
        """Version that a parse of this type is stored under."""
        ask = getattr(self._local, "version_for", None)
        local = str(ask(media_type, suffix)) if ask is not None else self._local.version
        return f"{self.engine_version}.{local}" if media_type in MEDIA_TYPES else local

    def parse(self, request: ParseRequest) -> ParsedDocument:
        """As `DocumentParser.parse`; the service's failures end in the local parse with a warning.

        Raises:
            RejectedEvidence: as the local parser.
            ProviderRefused: the credentials are missing or not accepted; the operator must change them.
        """
        return self.complete(request, self._local.parse(request))

    def complete(self, request: ParseRequest, local: ParsedDocument) -> ParsedDocument:
        """A document that was read already, with the service's words; as `parse` else."""
        if request.media_type not in MEDIA_TYPES:
            return local
        try:
            blocks = self._blocks(request, local)
        except CallFailed as failure:
            return self._local_instead(local, failure, request.earlier_tries)
        version = self.version_for(request.media_type, request.suffix)
        return with_engine_text(local, blocks, parser=self.name, parser_version=version)

    def _local_instead(self, local: ParsedDocument, failure: CallFailed, earlier_tries: int) -> ParsedDocument:
        if failure.is_lasting:
            warning = f"Document AI was not used: {failure}; the local parse stands"
            return local.model_copy(update={"warnings": (*local.warnings, warning)})
        warning = f"Document AI was not used: {failure}; the local parse stands in until it is asked again"
        stand_in = StandIn(parser=self.name, reason=str(failure), tries=earlier_tries + 1, tried_at=datetime.now(UTC))
        return local.model_copy(update={"warnings": (*local.warnings, warning), "stand_in": stand_in})

    def close(self) -> None:
        """Close connections, and the local parser where it holds processes."""
        self.close_service()
        close = getattr(self._local, "close", None)
        if close is not None:
            close()

    def close_service(self) -> None:
        """Close connections alone."""
        self._processor.close()

    def _blocks(self, request: ParseRequest, local: ParsedDocument) -> list[TextBlock]:
        if len(request.data) > _MAX_BYTES:
            raise CallFailed(f"the file is larger than {_MAX_BYTES // 1_000_000} MB", is_lasting=True)
        pages = list(local.pages) or [Page(number=1, width=1, height=1, has_text_layer=False)]
        found: list[TextBlock] = []
        for first in range(0, len(pages), _PAGES_PER_CALL):
            part = pages[first : first + _PAGES_PER_CALL]
            wanted = [page.number for page in part] if request.media_type == "application/pdf" else []
            answer = self._call(request, wanted)
            try:
                found += blocks_of(answer, part)
            except BrokenContract as error:
                raise CallFailed("it answered in an unknown shape") from error
        if not found and any(not block.is_hidden for block in local.text_blocks):
            raise CallFailed("it returned no words for a file that has some", is_lasting=True)
        return found

    def _call(self, request: ParseRequest, pages: Sequence[int]) -> Json:
        wait_s = 0.0
        for tries_left in reversed(range(_TRIES)):
            self._throttle.wait(at_least_s=wait_s)
            try:
                return self._processor.ask(request.data, request.media_type, pages)
            except CallFailed as failure:
                if not tries_left or failure.retry_after_s is None or failure.retry_after_s > _LONGEST_WAIT_S:
                    raise
                wait_s = failure.retry_after_s
        raise AssertionError("the last try returns or raises")


def build_documentai_parser(settings: Settings, local: DocumentParser) -> DocumentAiParser:
    """The parser of the processor that the settings name.

    Raises:
        ValidationFailed: a setting or the extra is missing; the operator must add it.
    """
    if missing := missing_settings(settings):
        raise ValidationFailed(
            f"parser documentai needs the settings {', '.join(missing)}", details={"errors": missing}
        )
    region = settings.documentai_location
    processor = GoogleProcessor(
        f"projects/{settings.documentai_project}/locations/{region}/processors/{settings.documentai_processor_id}",
        endpoint=settings.documentai_endpoint or f"https://{region}-documentai.googleapis.com",
        credentials_file=settings.google_application_credentials,
    )
    return DocumentAiParser(local, processor, Throttle(settings.documentai_calls_per_min))


def missing_settings(settings: Settings) -> list[str]:
    """Names of the settings without which there is no processor."""
    needed = {
        "DOCUMENTAI_PROJECT": settings.documentai_project,
        "DOCUMENTAI_PROCESSOR_ID": settings.documentai_processor_id,
    }
    return [name for name, value in needed.items() if not value]
