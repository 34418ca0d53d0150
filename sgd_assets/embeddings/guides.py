"""Passages of the documents that state the brand's rules: those that facts of the canon are cited from.

DocumentsManifest, Canon -> payloads of points. What must not live here: cutting (`chunks.py`), vectors.
"""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.parse import decode_document
from sgd_assets.embeddings.chunks import chunk_document
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.derived import read_derived


def guide_payloads(documents: DocumentsManifest, canon: Canon, *, store: ObjectStore) -> Iterator[dict[str, Any]]:
    """Passages in the order of the documents; a document whose record is gone waits for the next ingest.

    Raises:
        Unavailable: the store is down. Retry.
    """
    cited = {citation.evidence_sha256 for fact in canon.facts for citation in fact.citations}
    for entry in documents.documents:
        sha256 = entry.evidence_sha256
        if sha256 not in cited:
            continue
        decode = partial(decode_document, evidence_sha256=sha256)
        document = read_derived(store, entry.document_key, decode, what="a parsed document")
        if document is None:
            continue
        for chunk in chunk_document(document, entry.file_name):
            said = {name: value for name, value in asdict(chunk).items() if value is not None}
            yield {**said, "kind": "style_guide"}
