"""Words of PDFs and pictures through Google Document AI over REST; measured values from the local parser.

Calls are spaced (`throttle`). When quota, region or the service fails, the local parse stands in, with a warning, and
the document says that it is to be read again later (`stand_in`). Where the answer will not change (a file too large, a
reading without words) the local parse stands. What must not live here: the wire format (`documentai_wire`).
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import httpx

from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import BrokenContract, ProviderRefused, ValidationFailed
from sgd_resources.parsed_document import Page, ParsedDocument, StandIn, TextBlock
from sgd_resources.parsers.engines.documentai_wire import blocks_of, process_body
from sgd_resources.parsers.engines.engine_text import with_engine_text
from sgd_resources.parsers.engines.throttle import Throttle
from sgd_resources.ports import DocumentParser, ParseRequest
from sgd_resources.settings import Settings

_MEDIA_TYPES = {"application/pdf", "image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif"}
_MAX_BYTES = 40_000_000
_PAGES_PER_CALL = 15
"""Google's limits of one online call."""
_TRIES = 3  # the first and two more: what fails longer is left to the run's own retry
_TIMEOUT_S = 60.0  # of one request, which may be 15 pages long; not measured
_LONGEST_WAIT_S = 20.0  # a longer pause is the run's to wait, not a worker's
_REASONS = {
    403: "the project may not use the processor, or its quota is used up",
    404: "the processor does not exist in this region",
    429: "the quota is used up",
}


@dataclass(frozen=True)
class Processor:
    """Where a processor is called and with what token."""

    url: str
    token: str

    def __repr__(self) -> str:
        """Without the token."""
        return f"Processor(url={self.url!r})"


class _Failed(Exception):
    """The service did not read the document; the message says why, in words for the document's warnings."""

    def __init__(self, message: str, *, is_lasting: bool = False) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting


class DocumentAiParser:
    """`DocumentParser` of PDF and raster pictures; other files are read by the local parser alone."""

    name = "documentai"

    def __init__(
        self, local: DocumentParser, processor: Processor, throttle: Throttle, client: httpx.Client | None = None
    ) -> None:
        self._local = local
        self.at_once: int = getattr(local, "at_once", 1)
        self.bounds: str = getattr(local, "bounds", "unbounded")
        self._processor = processor
        self._throttle = throttle
        self._client = client or httpx.Client(timeout=_TIMEOUT_S, follow_redirects=False)

    @cached_property
    def version(self) -> str:
        """Of this engine, its processor, and the local parser that it completes."""
        return f"{self._engine_version}.{self._local.version}"

    @cached_property
    def _engine_version(self) -> str:
        which = hashlib.sha256(self._processor.url.encode()).hexdigest()[:8]
        return f"documentai.{version_of(process_body, blocks_of, with_engine_text)}-{which}"

    def with_local(self, local: DocumentParser) -> "DocumentAiParser":
        """The same parser over another local one, such as a sandboxed one."""
        return DocumentAiParser(local, self._processor, self._throttle, self._client)

    def version_for(self, media_type: str, suffix: str = "") -> str:
        """Version that a parse of this type is stored under."""
        ask = getattr(self._local, "version_for", None)
        local = str(ask(media_type, suffix)) if ask is not None else self._local.version
        return f"{self._engine_version}.{local}" if media_type in _MEDIA_TYPES else local

    def parse(self, request: ParseRequest) -> ParsedDocument:
        """As `DocumentParser.parse`; the service's failures end in the local parse with a warning.

        Raises:
            RejectedEvidence: as the local parser.
            ProviderRefused: the token is not accepted; the operator must change it.
        """
        local = self._local.parse(request)
        if request.media_type not in _MEDIA_TYPES:
            return local
        version = self.version_for(request.media_type, request.suffix)
        try:
            blocks = self._blocks(request, local)
        except _Failed as failure:
            return self._local_instead(local, failure, request.earlier_tries)
        return with_engine_text(local, blocks, parser=self.name, parser_version=version)

    def _local_instead(self, local: ParsedDocument, failure: _Failed, earlier_tries: int) -> ParsedDocument:
        if failure.is_lasting:
            warning = f"Document AI was not used: {failure}; the local parse stands"
            return local.model_copy(update={"warnings": (*local.warnings, warning)})
        warning = f"Document AI was not used: {failure}; the local parse stands in until it is asked again"
        stand_in = StandIn(parser=self.name, reason=str(failure), tries=earlier_tries + 1, tried_at=datetime.now(UTC))
        return local.model_copy(update={"warnings": (*local.warnings, warning), "stand_in": stand_in})

    def close(self) -> None:
        """Close connections, and the local parser where it holds processes."""
        self._client.close()
        close = getattr(self._local, "close", None)
        if close is not None:
            close()

    def _blocks(self, request: ParseRequest, local: ParsedDocument) -> list[TextBlock]:
        if len(request.data) > _MAX_BYTES:
            raise _Failed(f"the file is larger than {_MAX_BYTES // 1_000_000} MB", is_lasting=True)
        pages = list(local.pages) or [Page(number=1, width=1, height=1, has_text_layer=False)]
        found: list[TextBlock] = []
        for first in range(0, len(pages), _PAGES_PER_CALL):
            part = pages[first : first + _PAGES_PER_CALL]
            wanted = [page.number for page in part] if request.media_type == "application/pdf" else []
            answer = self._call(process_body(request.data, request.media_type, wanted))
            try:
                found += blocks_of(answer.json(), part)
            except (ValueError, BrokenContract) as error:
                raise _Failed("it answered in an unknown shape") from error
        if not found and any(not block.is_hidden for block in local.text_blocks):
            raise _Failed("it returned no words for a file that has some", is_lasting=True)
        return found

    def _call(self, body: dict[str, object]) -> httpx.Response:
        reason, is_lasting = "it could not be reached", False
        wait_s = 0.0
        for _ in range(_TRIES):
            self._throttle.wait(at_least_s=wait_s)
            try:
                answer = self._client.post(
                    self._processor.url, json=body, headers={"Authorization": f"Bearer {self._processor.token}"}
                )
            except httpx.HTTPError:
                reason, wait_s = "it could not be reached", 1.0
                continue
            if answer.is_success:
                return answer
            if answer.status_code == 401:
                raise ProviderRefused("Document AI does not accept the token", details={"kind": "key"})
            reason = _REASONS.get(answer.status_code, f"it answered {answer.status_code}")
            # what an operator or time can mend is no word on the file
            is_lasting = 400 <= answer.status_code < 500 and answer.status_code not in (*_REASONS, 408)
            if answer.status_code != 429 and answer.status_code < 500:
                break
            wait_s = _retry_after_s(answer)
            if wait_s > _LONGEST_WAIT_S:
                break
        raise _Failed(reason, is_lasting=is_lasting)


def build_documentai_parser(settings: Settings, local: DocumentParser) -> DocumentAiParser:
    """The parser of the processor that the settings name.

    Raises:
        ValidationFailed: a setting is missing; the operator must add it.
    """
    project, processor_id, token = (
        settings.documentai_project,
        settings.documentai_processor_id,
        settings.documentai_token,
    )
    missing = [
        name
        for name, value in (
            ("DOCUMENTAI_PROJECT", project), ("DOCUMENTAI_PROCESSOR_ID", processor_id), ("DOCUMENTAI_TOKEN", token)
        )
        if not value
    ]  # fmt: skip
    if missing or token is None:
        raise ValidationFailed(
            f"parser documentai needs the settings {', '.join(missing)}", details={"errors": missing}
        )
    region = settings.documentai_location
    base = settings.documentai_endpoint or f"https://{region}-documentai.googleapis.com"
    url = f"{base.rstrip('/')}/v1/projects/{project}/locations/{region}/processors/{processor_id}:process"
    processor = Processor(url, token.get_secret_value())
    return DocumentAiParser(local, processor, Throttle(settings.documentai_calls_per_min))


def _retry_after_s(answer: httpx.Response) -> float:
    value = answer.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else 1.0
