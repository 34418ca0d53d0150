"""Citations that name the bytes as uploaded, beside the cleaned ones that were read: `Canon, hashes -> Canon`.

Cleaning keeps pages, boxes, lines and element paths, so that a place is the same in both. What must not live here:
reading a file.
"""

from collections.abc import Mapping

from sgd_assets.canon.model import Canon, Citation
from sgd_assets.documents.manifest import DocumentsManifest


def name_sources(canon: Canon, sources: Mapping[str, str | None]) -> Canon:
    """The canon whose citations say which uploaded file each place is in. Idempotent.

    Args:
        canon: as derived.
        sources: sha256 of cleaned bytes -> of the bytes as uploaded, None where that is not known.
    """

    def named(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
        return tuple(
            one.model_copy(update={"source_sha256": sources[one.evidence_sha256]})
            if sources.get(one.evidence_sha256)
            else one
            for one in citations
        )

    return canon.model_copy(
        update={
            "facts": tuple(fact.model_copy(update={"citations": named(fact.citations)}) for fact in canon.facts),
            "conflicts": tuple(one.model_copy(update={"citations": named(one.citations)}) for one in canon.conflicts),
        }
    )


def sources_of(documents: DocumentsManifest) -> dict[str, str | None]:
    """Hash of each file as it was read -> of the file as uploaded."""
    return {entry.evidence_sha256: entry.source_sha256 for entry in documents.documents}
