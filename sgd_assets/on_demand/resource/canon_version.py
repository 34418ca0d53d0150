"""A stored canon version; a damaged one is put back from the graph's own copy where that is the same.

What must not live here: deriving, or which version is meant (`sgd_api/http/routes/canon.py`).
"""

import logging

from sgd_assets.canon.model import Canon, decode_version
from sgd_resources.errors import Unavailable
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import manifest_key

_log = logging.getLogger(__name__)


def load_canon(store: ObjectStore, org_id: str, version: str, key: str) -> Canon:
    """The canon under a version's key.

    Raises:
        Unavailable: it is damaged and there is no other copy of this version; deriving the canon writes the current
            one anew.
    """
    found = read_derived(store, key, lambda data: decode_version(data, version), what="a canon version")
    if found is not None:
        return found
    copy = read_derived(store, manifest_key(org_id, "brand_canon"), Canon.model_validate_json, what="a canon")
    if copy is None or copy.version != version:
        raise Unavailable(
            "the record of this canon version is damaged; derive the canon again", details={"version": version}
        )
    _log.warning("a canon version is written anew from the graph's copy: %s", key)
    store.put(key, copy.canonical_json(), content_type="application/json")
    return copy
