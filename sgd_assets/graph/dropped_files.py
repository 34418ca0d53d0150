"""Finds orgs whose quarantine holds files that no API call announced: dropped in by hand, or synced by rclone.

A tick looks into a page of orgs, in turn, and compares a fingerprint of names, sizes and times; no byte is read. What
must not live here: dagster, and judging a file (the ingest registers and gates them).
"""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sgd_assets.evidence.drops import DropRules, is_dropped, settled_drops, state_of
from sgd_assets.told import quoted
from sgd_resources.errors import InvalidInput
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import quarantine_prefix, validate_org_id

HOW_TO_NAME = (
    "a link, a pipe or a device is not read: put the file itself there; "
    "else rename it: a file's name is UTF-8 of at most 200 bytes without control characters or backslashes; "
    "an org's folder is 2 to 63 of a-z, 0-9, _ and -, and starts with a letter or digit"
)
_NAMES_SHOWN = 10


@dataclass(frozen=True)
class Drops:
    """What one look found."""

    changed: dict[str, str]
    """Org id to the fingerprint of what lies there now, for orgs where it differs from last time."""
    fingerprints: dict[str, str] = field(default_factory=dict)
    """The same for every org seen so far that has such files."""
    last_org: str = ""
    """Where the next look goes on; empty when it starts again."""
    passed_over: Sequence[str] = ()
    """What is no file or has a name that can be no key, and folders that are no org: they wait for somebody."""


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
    org_ids, passed_over = _org_folders(store)
    following = [name for name in org_ids if name > after_org]
    looked = ""
    for org_id in following[:max_orgs]:
        if len(changed) >= max_changed:
            return Drops(changed, fingerprints, looked or after_org, passed_over)
        looked = org_id
        fingerprint = _fingerprint(store, org_id, rules, now, passed_over)
        if fingerprint is None:
            fingerprints.pop(org_id, None)
        elif fingerprints.get(org_id) != fingerprint:
            fingerprints[org_id] = changed[org_id] = fingerprint
    return Drops(changed, fingerprints, looked if len(following) > max_orgs else "", passed_over)


def all_passed_over(store: ObjectStore) -> list[str]:
    """What lies in any org's quarantine and is no file or has a name that can be no key; folders that are no org."""
    org_ids, passed_over = _org_folders(store)
    for org_id in org_ids:
        for _ in store.list(quarantine_prefix(org_id), passed_over=_noted(org_id, passed_over)):
            pass
    return passed_over


def told(passed_over: Sequence[str]) -> str:
    """The names, fit to be shown; the first few of very many."""
    names = ", ".join(quoted(name) for name in passed_over[:_NAMES_SHOWN])
    more = len(passed_over) - _NAMES_SHOWN
    return f"{names} and {more} more" if more > 0 else names


def _org_folders(store: ObjectStore) -> tuple[list[str], list[str]]:
    """(org ids in order, folders that are none); hidden folders are tools' own."""
    found: list[str] = []
    passed_over: list[str] = []
    for name in store.folders("org/"):
        try:
            found.append(validate_org_id(name))
        except InvalidInput:
            if not name.startswith("."):
                passed_over.append(f"org/{name}/")
    return sorted(found), passed_over


def _noted(org_id: str, passed_over: list[str]) -> Callable[[str], None]:
    """Notes what was dropped; a name that a tool still writes under is its own affair."""

    def note(name: str) -> None:
        if is_dropped(name.removeprefix(quarantine_prefix(org_id))):
            passed_over.append(name)

    return note


def _fingerprint(
    store: ObjectStore, org_id: str, rules: DropRules, now: Callable[[], float], passed_over: list[str]
) -> str | None:
    """None when nothing was dropped that lies still."""
    drops = settled_drops(store, org_id, rules, now=now, passed_over=_noted(org_id, passed_over))
    lying = [f"{found.key}\t{state_of(found)}" for found in drops]
    return hashlib.sha256("\n".join(lying).encode()).hexdigest()[:16] if lying else None
