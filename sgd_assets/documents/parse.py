"""Evidence -> parsed documents, each stored once per (bytes, parser version). EvidenceManifest -> DocumentsManifest.

A file that no parser can read is recorded as a failure, once per (bytes, parser version); the rest of the org goes on.
No format knowledge here.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Protocol, runtime_checkable

from sgd_assets.documents.manifest import DocumentEntry, DocumentFailure, DocumentsManifest
from sgd_assets.documents.stand_ins import is_due, next_due
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.errors import CorruptObject, NotFound, RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument, StandIn
from sgd_resources.ports import DocumentParser, ObjectStore, ParseRequest
from sgd_resources.side_by_side import side_by_side
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import document_key
from sgd_resources.storage.refusals import RefusalMemory, Step

_MAX_MESSAGE = 200  # a sentence; what a reader says of a stranger's file may be as long as it likes
_log = logging.getLogger(__name__)


@runtime_checkable
class VersionsByType(Protocol):
    """A parser whose version depends on the format, so that a better PDF parser does not parse all images again."""

    def version_for(self, media_type: str, suffix: str = "") -> str:
        """Version that a parse of this type is stored under."""
        ...


@runtime_checkable
class ReadsAtOnce(Protocol):
    """A parser that reads several files at the same time."""

    at_once: int


@runtime_checkable
class Bounded(Protocol):
    """A parser that gives up on a file after some time or memory."""

    bounds: str
    """Names how much, in a form that a key may hold; a refusal holds only under the same bounds."""


def parse_documents(
    manifest: EvidenceManifest,
    *,
    store: ObjectStore,
    parser: DocumentParser,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> DocumentsManifest:
    """The parsed documents of one org, ordered by (file_name, evidence_sha256). Idempotent: what is stored is reused.

    A stored document that is damaged is read again, and so is one that only stood in for another parser's once its time
    has come. A file whose own bytes are gone or damaged is a failure of its own.

    Raises:
        Unavailable: the store cannot be reached, or no reader answered in time. Retry; what was read is stored.
    """
    memory = RefusalMemory(store, manifest.org_id)

    def read(item: EvidenceItem) -> ParsedDocument:
        earlier = stored[item].stand_in if item in stored else None
        document = _parsed(item, key_of[item], store, parser, earlier_tries=earlier.tries if earlier else 0)
        if document.stand_in is not None:
            stand_ins.append(document.stand_in)
        return document

    def parse(item: EvidenceItem) -> DocumentEntry | DocumentFailure:
        try:
            return _entry(item, read(item), key_of[item])
        except RejectedEvidence as refusal:
            if item in stored:
                return _entry(item, stored[item], key_of[item])
            memory.remember(_step(item, parser), item.evidence_sha256, refusal)
            return _failure(item, refusal)
        except (NotFound, CorruptObject) as error:
            # Not remembered: the bytes may come back, by an upload or from a copy of the store.
            reason = f"the stored bytes are {'gone' if isinstance(error, NotFound) else 'damaged'}"
            _log.error("evidence is left out, %s: %s", reason, item.key)
            return _failure(item, RejectedEvidence("reject", reason))

    items = sorted(manifest.items, key=lambda item: (item.file_name, item.evidence_sha256))
    key_of = {item: _key(manifest.org_id, item, parser) for item in items}
    # what is stored is only read again, which threads would hold up
    stored: dict[EvidenceItem, ParsedDocument] = {}
    entries: dict[EvidenceItem, DocumentEntry] = {}
    stand_ins: list[StandIn] = []
    now = clock()
    for item in items:
        found = _stored(item, key_of[item], store)
        if found is None:
            continue
        if found.stand_in is None or not is_due(found.stand_in, now):
            entries[item] = _entry(item, found, key_of[item])
            stand_ins += [found.stand_in] if found.stand_in else []
        else:
            stored[item] = found
    unread = [item for item in items if item not in entries]
    refused = {
        item: refusal
        for item in unread
        if (refusal := memory.recall(_step(item, parser), item.evidence_sha256)) is not None
    }
    fresh = {item for item in unread if item not in refused}
    parsed = side_by_side(parse, [item for item in items if item in fresh], at_once=files_at_once(parser))
    documents: list[DocumentEntry] = []
    failures: list[DocumentFailure] = []
    parsed_now = 0
    for item in items:
        if item in refused:
            failures.append(_failure(item, refused[item], is_remembered=True))
            continue
        made = next(parsed) if item in fresh else entries[item]
        if isinstance(made, DocumentFailure):
            failures.append(made)
            continue
        documents.append(made)
        parsed_now += item in fresh
    return DocumentsManifest(
        org_id=manifest.org_id,
        documents=tuple(documents),
        failures=tuple(failures),
        parsed_now=parsed_now,
        retry_at=next_due(stand_ins),
    )


def files_at_once(parser: DocumentParser) -> int:
    """How many files it is worth asking a parser for at the same time."""
    return parser.at_once if isinstance(parser, ReadsAtOnce) else 1


def parse_entry(entry: DocumentEntry, *, store: ObjectStore, parser: DocumentParser) -> ParsedDocument:
    """The document of one entry, read again from its evidence and stored under the entry's key.

    Raises:
        NotFound, CorruptObject: the evidence is gone or damaged.
        RejectedEvidence: the parser refuses it now.
        Unavailable: the store cannot be reached, or no reader answered in time. Retry.
    """
    request = ParseRequest(
        sha256=entry.evidence_sha256,
        media_type=entry.media_type,
        data=store.get(entry.evidence_key),
        suffix=_suffix(entry.file_name),
    )
    return _parse_and_store(request, entry.document_key, store, parser)


def decode_document(data: bytes, evidence_sha256: str) -> ParsedDocument:
    """A stored document. Raises ValueError when it is none, of another shape, or one of other evidence."""
    document = ParsedDocument.model_validate_json(data)
    if document.evidence_sha256 != evidence_sha256:
        raise ValueError("the document of other evidence")
    return document


def _key(org_id: str, item: EvidenceItem, parser: DocumentParser) -> str:
    return document_key(org_id, item.evidence_sha256, _version(item, parser))


def _version(item: EvidenceItem, parser: DocumentParser) -> str:
    return (
        parser.version_for(item.media_type, _suffix(item.file_name))
        if isinstance(parser, VersionsByType)
        else parser.version
    )


def _step(item: EvidenceItem, parser: DocumentParser) -> Step:
    version = _version(item, parser)
    return Step("parse", f"{version}@{parser.bounds}" if isinstance(parser, Bounded) else version)


def _failure(item: EvidenceItem, refusal: RejectedEvidence, *, is_remembered: bool = False) -> DocumentFailure:
    return DocumentFailure(
        evidence_sha256=item.evidence_sha256,
        file_name=item.file_name,
        reason=refusal.reason,
        message=str(refusal.details.get("message", ""))[:_MAX_MESSAGE],
        is_remembered=is_remembered,
    )


def _suffix(file_name: str) -> str:
    return PurePosixPath(file_name.replace("\\", "/")).suffix.lower()


def _stored(item: EvidenceItem, key: str, store: ObjectStore) -> ParsedDocument | None:
    return read_derived(store, key, lambda data: decode_document(data, item.evidence_sha256), what="a parsed document")


def _parsed(
    item: EvidenceItem, key: str, store: ObjectStore, parser: DocumentParser, *, earlier_tries: int
) -> ParsedDocument:
    request = ParseRequest(
        sha256=item.evidence_sha256,
        media_type=item.media_type,
        data=store.get(item.key),
        suffix=_suffix(item.file_name),
        earlier_tries=earlier_tries,
    )
    return _parse_and_store(request, key, store, parser)


def _parse_and_store(request: ParseRequest, key: str, store: ObjectStore, parser: DocumentParser) -> ParsedDocument:
    document = parser.parse(request)
    store.put(key, document.model_dump_json(exclude_defaults=True).encode(), content_type="application/json")
    return document


def _entry(item: EvidenceItem, document: ParsedDocument, key: str) -> DocumentEntry:
    return DocumentEntry(
        evidence_sha256=item.evidence_sha256,
        source_sha256=item.source_sha256,
        file_name=item.file_name,
        media_type=item.media_type,
        evidence_key=item.key,
        document_key=key,
        parser=document.parser,
        parser_version=document.parser_version,
        pages=len(document.pages),
        text_blocks=len(document.text_blocks),
        colours=len(document.colours),
        fonts=len(document.fonts),
        images=len(document.images),
        warnings=document.warnings,
    )
