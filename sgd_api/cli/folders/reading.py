"""What an ingest would say of a file that the gate lets in: read, read in part, refused, of use to renders or not.

The asset graph's own functions over a store that is gone afterwards. What must not live here: the gate's verdict.
"""

import tempfile
from pathlib import Path

from sgd_api.http.bodies.listings import ParseResult
from sgd_api.http.stored.reading_results import parse_results
from sgd_assets.documents.read import read_evidence
from sgd_assets.evidence.gate import Inspection
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.ports import ConfinedJobs, DocumentParser
from sgd_resources.storage.keys import evidence_key
from sgd_resources.storage.local import LocalObjectStore

_ORG = "inspected"


def read_alone(found: Inspection, file_name: str, *, parser: DocumentParser, jobs: ConfinedJobs) -> ParseResult | None:
    """As `parse` of the upload says after an ingest; None for a file that the gate leaves out.

    Raises:
        Unavailable: no child could be started, or the parser's service does not answer. Retry.
    """
    if found.clean_bytes is None or found.evidence_sha256 is None or found.detected_type is None:
        return None
    source_sha256 = found.source_sha256 or found.evidence_sha256
    item = EvidenceItem(
        evidence_sha256=found.evidence_sha256,
        source_sha256=source_sha256,
        file_name=file_name,
        media_type=found.detected_type,
        size_bytes=len(found.clean_bytes),
        key=evidence_key(_ORG, found.evidence_sha256),
    )
    with tempfile.TemporaryDirectory(prefix="sgd-inspect-") as folder:
        store = LocalObjectStore(Path(folder))
        store.put(item.key, found.clean_bytes)
        documents = read_evidence(EvidenceManifest(org_id=_ORG, items=(item,)), store=store, parser=parser, jobs=jobs)
    return parse_results(documents)[found.evidence_sha256]
