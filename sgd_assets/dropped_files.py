"""Finds orgs whose quarantine holds files that no API call announced: dropped in by hand, or synced by rclone.

A tick looks into a page of orgs, in turn, and compares a fingerprint of names, sizes and times; no byte is read. What
must not live here: dagster, and judging a file (the ingest registers and gates them).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sgd_resources.errors import InvalidInput
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import quarantine_prefix, validate_org_id


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
    store: ObjectStore, known: Mapping[str, str], *, after_org: str, max_orgs: int, max_changed: int
) -> Drops:
    """The next orgs, in order of their ids, whose dropped files differ from `known`.

    Args:
        store: where to look.
        known: fingerprints of earlier looks.
        after_org: the last org of the previous look.
        max_orgs: how many orgs to look into now.
        max_changed: stop once so many differ; the rest is left for the next look.
    """
    fingerprints = dict(known)
    changed: dict[str, str] = {}
    following = [name for name in _org_folders(store) if name > after_org]
    looked = ""
    for org_id in following[:max_orgs]:
        if len(changed) >= max_changed:
            return Drops(changed, fingerprints, looked or after_org)
        looked = org_id
        fingerprint = _fingerprint(store, org_id)
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


def _fingerprint(store: ObjectStore, org_id: str) -> str | None:
    """None when nothing was dropped. Uploads through the API bear a UUID for a name and have a row already."""
    prefix = quarantine_prefix(org_id)
    lying = [
        f"{stored.key}\t{stored.size_bytes}\t{stored.modified_at}"
        for stored in store.list(prefix)
        if not _is_uuid(stored.key.removeprefix(prefix))
    ]
    return hashlib.sha256("\n".join(lying).encode()).hexdigest()[:16] if lying else None


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
