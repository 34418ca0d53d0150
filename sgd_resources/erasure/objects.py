"""The org's objects: evidence, documents, canons, renders, quarantine, candidates, manifests.

What must not live here: keys of single objects (`storage/keys.py`).
"""

from collections import Counter
from collections.abc import Mapping

from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import ORGS_PREFIX, is_org_id, org_prefix


class Objects:
    """The object store, disk or S3."""

    name = "objects"

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def count(self, org_id: str) -> Mapping[str, int]:
        """Objects by the first part of their key, and what lies there and is no object."""
        prefix = org_prefix(org_id)
        passed_over: list[str] = []
        listed = self._store.list(prefix, passed_over=passed_over.append)
        found = Counter(one.key.removeprefix(prefix).partition("/")[0] for one in listed)
        return {**found, **({"no objects": len(passed_over)} if passed_over else {})}

    def erase(self, org_id: str) -> None:
        """See `Place.erase`."""
        self._store.remove_prefix(org_prefix(org_id))

    def org_ids(self) -> set[str]:
        """Every org that something lies for, whether it is there or not. Raises Unavailable."""
        return {name for name in self._store.folders(ORGS_PREFIX) if is_org_id(name)}

    def drop_late(self) -> int:
        """Nothing: each object is some org's."""
        return 0
