"""All that an org's evidence is read for: its documents, its logos and fonts, the pictures in its guides.

EvidenceManifest -> DocumentsManifest. What must not live here: reading (`parse.py`), settling (`settled`).
"""

from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.parse import parse_documents
from sgd_assets.documents.settled.guide_pictures import settle_guides
from sgd_assets.documents.settled.keep import settle_evidence
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_resources.ports import ConfinedJobs, DocumentParser, ObjectStore


def read_evidence(
    evidence: EvidenceManifest, *, store: ObjectStore, parser: DocumentParser, jobs: ConfinedJobs
) -> DocumentsManifest:
    """The parsed documents of one org, with what no render will use. Idempotent: what is stored is not made again.

    Raises:
        NotFound: evidence that the manifest names is not in the store. A retry does not help.
        Unavailable: the store cannot be reached, or no child could be started. Retry.
    """
    documents = parse_documents(evidence, store=store, parser=parser)
    unread = {failure.evidence_sha256 for failure in documents.failures}
    undrawn = settle_evidence(evidence, store=store, jobs=jobs)
    guides = settle_guides(evidence, store=store, jobs=jobs)
    partly_shown = tuple(guide for guide in guides if guide.evidence_sha256 not in unread)
    return documents.model_copy(update={"undrawn": undrawn, "partly_shown": partly_shown})
