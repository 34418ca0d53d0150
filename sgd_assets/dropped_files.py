"""Finds orgs whose quarantine holds files that no API call announced: dropped in by hand, or synced by rclone.

A tick looks into a page of orgs, in turn, and compares a fingerprint of names, sizes and times; no byte is read. What
must not live here: dagster, and judging a file (the ingest registers and gates them).
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sgd_assets.evidence.drops import DropRules, settled_drops, state_of
from sgd_resources.errors import InvalidInput
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import validate_org_id


@dataclass(frozen=True)
class Drops:
    """What one look found."""

    changed: dict[str, str]
    """Org id to the fingerprint of what lies there now, for orgs where it differs from last time."""
    fingerprints: dict[str, str] = field(default_factory=dict)
    """The same for every org seen so far that has such files."""
    last_org: str = ""
    """Where the next look goes on; empty when it starts again."""


def changed_drops(
    store: ObjectStore,
    known: Mapping[str, str],
    *,
    rules: DropRules,
    after_org: str,
    max_orgs: int,
    max_changed: int,
    now: Callable[[], float] = time.time,
) -> Drops:
    """The next orgs, in order of their ids, whose dropped files differ from `known`; files still written do not count.

    Args:
        store: where to look.
        known: fingerprints of earlier looks.
        rules: when a file counts.
        after_org: the last org of the previous look.
        max_orgs: how many orgs to look into now.
        max_changed: stop once so many differ; the rest is left for the next look.
        now: Unix seconds, replaced in tests.
    """
    fingerprints = dict(known)
    changed: dict[str, str] = {}
    following = [name for name in _org_folders(store) if name > after_org]
    looked = ""
    for org_id in following[:max_orgs]:
        if len(changed) >= max_changed:
            return Drops(changed, fingerprints, looked or after_org)
        looked = org_id
        fingerprint = _fingerprint(store, org_id, rules, now)
        if fingerprint is None:
            fingerprints.pop(org_id, None)
        elif fingerprints.get(org_id) != fingerprint:
            fingerprints[org_id] = changed[org_id] = fingerprint
    return Drops(changed, fingerprints, looked if len(following) > max_orgs else "")


def _org_folders(store: ObjectStore) -> list[str]:
    found = []
    for name in store.folders("org/"):
        try:
            found.append(validate_org_id(name))
        except InvalidInput:
            continue
    return sorted(found)


def _fingerprint(store: ObjectStore, org_id: str, rules: DropRules, now: Callable[[], float]) -> str | None:
    """None when nothing was dropped that lies still."""
    lying = [f"{found.key}\t{state_of(found)}" for found in settled_drops(store, org_id, rules, now=now)]
    return hashlib.sha256("\n".join(lying).encode()).hexdigest()[:16] if lying else None
