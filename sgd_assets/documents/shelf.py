"""An org's parsed documents as later stages read them: from the store, or read again where the stored form is damaged.

What must not live here: parsing (`parse.py` asks for it), or what a stage does with a document.
"""

import logging
from collections.abc import Callable, Iterator

from sgd_assets.documents.manifest import DocumentEntry, DocumentsManifest
from sgd_assets.documents.parse import decode_document, parse_entry
from sgd_resources.errors import BrokenContract, CorruptObject, NotFound, RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.ports import DocumentParser, ObjectStore
from sgd_resources.storage.derived import read_derived

_log = logging.getLogger(__name__)


class DocumentShelf:
    """Parsed documents by their entry.

    Args:
        store: where they lie.
        parser: asked for only when a document has to be read again.
    """

    def __init__(self, store: ObjectStore, parser: Callable[[], DocumentParser]) -> None:
        self._store = store
        self._parser = parser

    def load(self, entry: DocumentEntry) -> ParsedDocument:
        """The document of one entry, stored again where it was gone or damaged.

        Raises:
            NotFound, CorruptObject: it is gone, and so is the evidence that it was read from.
            RejectedEvidence: it is gone, and the evidence is refused now.
            Unavailable: the store is down, or no reader answered. Retry.
        """
        found = read_derived(
            self._store,
            entry.document_key,
            lambda data: decode_document(data, entry.evidence_sha256),
            what="a parsed document",
        )
        return found if found is not None else parse_entry(entry, store=self._store, parser=self._parser())

    def readable(self, manifest: DocumentsManifest) -> Iterator[tuple[DocumentEntry, ParsedDocument]]:
        """All documents of a manifest in its order, without those that can be had no more; a log line names each."""
        for entry in manifest.documents:
            found = self.load_if_any(entry)
            if found is not None:
                yield entry, found

    def load_if_any(self, entry: DocumentEntry) -> ParsedDocument | None:
        """As `load`; None, with a log line, for a document that neither the store nor its evidence gives any more."""
        try:
            return self.load(entry)
        except (NotFound, CorruptObject, RejectedEvidence, BrokenContract) as error:
            _log.error(
                "a document is left out: it is damaged and cannot be read again (%s): %s",
                type(error).__name__,
                entry.document_key,
            )
            return None
