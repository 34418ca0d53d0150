"""Deletes what is stored of evidence that was taken back, once the org's canon has moved on without it.

Until then a render may still read the removed logo, so it must not fail half-way. Canons and renders made earlier stay:
they are the record of what was shown. What must not live here: deciding what is taken back (rows say it).
"""

import json

from sgd_resources.errors import BrokenContract, NotFound
from sgd_resources.ports import ObjectStore, PurgeableEvidence, UploadLedger
from sgd_resources.storage.keys import document_prefix, evidence_key, manifest_key


def purge_removed(org_id: str, *, store: ObjectStore, ledger: UploadLedger) -> list[str]:
    """sha256s of removed evidence whose objects are gone now: clean copy, uploads, parsed documents. Idempotent.

    Raises:
        Unavailable: the store or the ledger is down. Retry.
        BrokenContract: the org's current canon cannot be read, so what it uses is not known.
    """

    def forget(evidence: PurgeableEvidence) -> None:
        for found in list(store.list(document_prefix(org_id, evidence.evidence_sha256))):
            store.delete(found.key)
        for key in (*evidence.upload_keys, evidence_key(org_id, evidence.evidence_sha256)):
            store.delete(key)

    return ledger.purge(org_id, forget, still_used=_cited_now(org_id, store))


def _cited_now(org_id: str, store: ObjectStore) -> frozenset[str]:
    """sha256s that the current canon was derived from; none before the first canon."""
    try:
        canon = json.loads(store.get(manifest_key(org_id, "brand_canon")))
        return frozenset(canon["evidence_sha256s"])
    except NotFound:
        return frozenset()
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenContract("the org's current canon cannot be read") from error
