"""A canon of some of an org's files: `files -> Draft`. Read and compared like any version, never the org's current one.

The same rules and the same help of a model as for the whole org. What people decided of facts is left out, since they
spoke of the org's canon; a note says so. What must not live here: keeping a draft (`on_demand/plain/drafted.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sgd_assets.canon.assist.ask import Assisted, assist_org_canon
from sgd_assets.canon.cited import name_sources, sources_of
from sgd_assets.canon.derive import derive_org_canon
from sgd_assets.canon.model import Canon
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.parse import parse_documents
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.evidence.ingest import manifest_of
from sgd_resources.errors import NotFound
from sgd_resources.ports import DocumentParser, EvidenceRecord, LlmGateway, ObjectStore


@dataclass(frozen=True)
class Draft:
    """A canon of some files, what was read of them, and what a model had to do with it."""

    canon: Canon
    documents: DocumentsManifest
    assisted: Assisted
    notes: tuple[str, ...]
    """What a reader must know of it: how many files it is of, those that were not read, and what was left out."""


def derive_draft(
    org_id: str,
    evidence: Sequence[EvidenceRecord],
    wanted: Collection[str],
    *,
    store: ObjectStore,
    parser: DocumentParser,
    gateway: LlmGateway,
    run_id: str,
    statements: int = 0,
) -> Draft:
    """The canon of the files in `wanted`. The memory of the org's claims is read and left as it is.

    Args:
        org_id: whose files.
        evidence: all that the org has.
        wanted: sha256s of the files that count.
        store: where files and what was read of them lie; files that no run has read yet are read now.
        parser: reads those.
        gateway: asked as for the org's own canon.
        run_id: of the job; its calls share a trace and the job's call limit.
        statements: how many decisions of people stand, for the note on them.

    Raises:
        NotFound: a file is the org's no more.
        Unavailable: the store is down, or no reader answered. Retry.
    """
    known = {record.evidence_sha256 for record in evidence}
    if missing := sorted(set(wanted) - known):
        raise NotFound("no such evidence in this org any more", details={"missing": missing})
    chosen = [record for record in evidence if record.evidence_sha256 in wanted]
    documents = parse_documents(manifest_of(org_id, chosen), store=store, parser=parser)
    shelf = DocumentShelf(store, lambda: parser)
    local = derive_org_canon(documents, store=store, shelf=shelf, is_of_all=False)
    assisted = assist_org_canon(local, documents, store=store, shelf=shelf, gateway=gateway, run_id=run_id)
    canon = name_sources(assisted.canon, sources_of(documents))
    return Draft(canon, documents, assisted, _notes(documents, len(chosen), len(known), statements))


def _notes(documents: DocumentsManifest, chosen: int, known: int, statements: int) -> tuple[str, ...]:
    told = [f"a draft of {chosen} of the org's {known} files; its current canon is unchanged"]
    told += [f"{failure.file_name}: not read: {failure.reason}" for failure in documents.failures]
    if statements:
        told.append(f"{statements} decisions of people on the org's canon are not applied")
    return tuple(told)
