"""Canons as Redis keeps them for a day, so that a read of one is a round trip and not an object of the store.

An entry is kept under its version, which is the hash of what it says: a changed canon is another entry, a damaged one
is recognised, and which version is current is always asked of Postgres. Erasing an org takes its entries. What must not
live here: which version is meant.
"""

import logging

from sgd_assets.canon.model import Canon, decode_version
from sgd_assets.on_demand.resource.canon_version import load_canon
from sgd_resources.errors import Unavailable
from sgd_resources.ports import Cache, ObjectStore
from sgd_resources.storage.keys import validate_org_id

TTL_S = 86_400
_log = logging.getLogger(__name__)


class KeptCanons:
    """Canons of the store, with a cache before it. Without the cache everything works, only slower."""

    def __init__(self, store: ObjectStore, cache: Cache) -> None:
        self._store, self._cache = store, cache

    def load(self, org_id: str, version: str, key: str) -> Canon:
        """The canon under a version's key. Raises Unavailable as `load_canon`."""
        name = cache_key(org_id, version)
        kept = self._ask(name)
        if kept is not None:
            try:
                return decode_version(kept, version)
            except ValueError:
                _log.warning("a canon in the cache is damaged; it is read from the store")
        canon = load_canon(self._store, org_id, version, key)
        self._keep(name, canon.canonical_json())
        return canon

    def _ask(self, name: str) -> bytes | None:
        try:
            return self._cache.get_many([name])[0]
        except Unavailable:
            _log.warning("the cache cannot be read; canons are read from the store")
            return None

    def _keep(self, name: str, body: bytes) -> None:
        try:
            self._cache.set_many({name: body}, ttl_s=TTL_S)
        except Unavailable:
            _log.warning("the cache cannot be written; canons are read from the store")


def cache_key(org_id: str, version: str) -> str:
    """Where an entry lies; it names its org, so that erasing the org finds it."""
    return f"sgd:{validate_org_id(org_id)}:canon:{version}"
