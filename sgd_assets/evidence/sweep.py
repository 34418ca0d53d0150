"""Clears away what a killed process left in the store, and what is missing there is told; one org at a time.

Only what is old enough goes: a row is written seconds after its object, so a young object without one is just arriving.
What must not live here: which orgs, when (`graph/sweep.py`), or how a store lays its files.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sgd_assets.evidence.purge import purge_removed
from sgd_resources.errors import SgdError
from sgd_resources.ports import ObjectStore, StoredObject, SweepLedger
from sgd_resources.storage.keys import candidate_prefix, critique_prefix, evidence_prefix, quarantine_prefix

CANDIDATE_AGE_S = 86_400
"""A picture that was sent to be judged is kept for a day, then read no more and swept."""
_MOST_NAMED = 50  # of each kind in the report; all are counted


@dataclass(frozen=True)
class Swept:
    """What one sweep did, counted."""

    counts: "Counter[str]"
    lost: tuple[str, ...] = ()
    """Keys of evidence whose row has no object: nothing here can bring it back, so somebody must know."""
    failed: tuple[str, ...] = ()
    """`org: why` of orgs that could not be swept; the next sweep tries again."""

    def json(self) -> dict[str, Any]:
        """For metadata and `--json`."""
        return {**dict(sorted(self.counts.items())), "lost": list(self.lost), "failed": list(self.failed)}


def sweep(
    org_ids: Iterable[str],
    *,
    store: ObjectStore,
    ledger: SweepLedger,
    min_age_s: float,
    now: Callable[[], float] = time.time,
) -> Swept:
    """Sweep these orgs and the store's own leftovers; one org's failure does not stop the others."""
    older_than = now() - min_age_s
    counts: Counter[str] = Counter(orgs=0, uploads=0, evidence=0, candidates=0, purged=0)
    lost: list[str] = []
    failed: list[str] = []
    for org_id in org_ids:
        try:
            counts["uploads"] += _delete(store, _stray_uploads(org_id, store, ledger, older_than))
            counts["candidates"] += remove_candidates(org_id, store, older_than=now() - CANDIDATE_AGE_S)
            known = ledger.evidence_keys(org_id)
            lying = {found.key: found for found in store.list(evidence_prefix(org_id))}
            counts["evidence"] += _delete(
                store, [found for key, found in lying.items() if key not in known and _is_old(found, older_than)]
            )
            lost += [key for key in sorted(ledger.evidence_keys(org_id, is_kept_only=True)) if key not in lying]
            counts["purged"] += len(purge_removed(org_id, store=store, ledger=ledger))
            counts["orgs"] += 1
        except SgdError as error:
            failed.append(f"{org_id}: {error.message}")
    counts["leftovers"] = store.remove_leftovers(older_than)
    counts["lost"] = len(lost)
    return Swept(counts, tuple(lost[:_MOST_NAMED]), tuple(failed[:_MOST_NAMED]))


def remove_candidates(org_id: str, store: ObjectStore, *, older_than: float) -> int:
    """Delete pictures that were sent to be judged, and their marked copies, from before a time; how many they were."""
    return sum(
        _delete(store, [found for found in store.list(prefix) if _is_old(found, older_than)])
        for prefix in (candidate_prefix(org_id), critique_prefix(org_id))
    )


def _stray_uploads(org_id: str, store: ObjectStore, ledger: SweepLedger, older_than: float) -> list[StoredObject]:
    """Uploads under server-made keys that no row tells of, or whose row says that they were taken back."""
    prefix = quarantine_prefix(org_id)
    old = [
        found for found in store.list(prefix) if _is_uuid(found.key.removeprefix(prefix)) and _is_old(found, older_than)
    ]
    wanted = ledger.wanted_uploads(org_id, [found.key for found in old])
    return [found for found in old if found.key not in wanted]


def _delete(store: ObjectStore, strays: Iterable[StoredObject]) -> int:
    deleted = 0
    for stray in strays:
        store.delete(stray.key)
        deleted += 1
    return deleted


def _is_old(found: StoredObject, older_than: float) -> bool:
    at = found.changed_at if found.changed_at is not None else found.modified_at
    return at is not None and at < older_than


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
