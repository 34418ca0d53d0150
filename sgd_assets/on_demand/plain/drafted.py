"""A canon of some files as a job: derived, stored under its version, and kept beside the org's current one.

What must not live here: deriving it (`sgd_assets/canon/draft.py`), or the org's own canon, which is an asset of the
graph.
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.canon.draft import derive_draft
from sgd_resources.ports import DocumentParser, LlmGateway, ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.graph import GraphLedger
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.storage.keys import canon_key


def draft_job(
    database: Database,
    store: ObjectStore,
    parser: DocumentParser,
    gateway: LlmGateway,
    org_id: str,
    job_id: str,
    document: Mapping[str, Any],
) -> dict[str, Any]:
    """What the job of a draft tells: the version under which it is stored, and what it is of. Raises as
    `derive_draft`."""
    ledger = GraphLedger(database)
    draft = derive_draft(
        org_id,
        DatabaseUploadLedger(database).evidence(org_id),
        document["evidence_ids"],
        store=store,
        parser=parser,
        gateway=gateway,
        run_id=job_id,
        statements=len(ledger.statements(org_id)),
    )
    canon = draft.canon
    store.put(canon_key(org_id, canon.version), canon.canonical_json(), content_type="application/json")
    ledger.record_draft(
        org_id, version=canon.version, status=canon.status, palette=canon.palette_hex, fonts=canon.fonts
    )
    told = {
        "canon_version": canon.version,
        "canon_status": canon.status,
        "is_draft": True,
        "documents": len(draft.documents.documents),
        "parsed_now": draft.documents.parsed_now,
        "notes": list(draft.notes),
        "assistance": draft.assisted.note,
    }
    return {**told, "budget_exhausted": True} if draft.assisted.budget_exhausted else told
