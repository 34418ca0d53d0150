"""Pictures that were sent to be judged, as they lie in the store for a day: put there, found again, swept.

Never evidence: no row tells of them, no other room reads their prefix. What must not live here: judging them.
"""

import time
from uuid import uuid4

from sgd_assets.evidence.sweep import CANDIDATE_AGE_S, remove_candidates
from sgd_resources.errors import NotFound
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import candidate_key, candidate_prefix, marked_key


def keep_candidate(store: ObjectStore, org_id: str, picture: bytes) -> str:
    """The key under which the picture lies for a day; older ones of this org go. Raises StorageFull, Unavailable."""
    remove_candidates(org_id, store, older_than=time.time() - CANDIDATE_AGE_S)
    return store.put(candidate_key(org_id, uuid4()), picture, content_type="application/octet-stream").key


def keep_marked(store: ObjectStore, org_id: str, picture: bytes) -> str:
    """The key under which the picture with its findings marked lies for a day. Raises StorageFull, Unavailable."""
    return store.put(marked_key(org_id, uuid4()), picture, content_type="image/webp").key


def is_candidate(org_id: str, name: str) -> bool:
    """Whether a name is the key of such a picture of this org."""
    return name.startswith(candidate_prefix(org_id))


def find_candidate(store: ObjectStore, org_id: str, name: str) -> str:
    """The key itself. Raises NotFound for none, and for one whose day is over."""
    key = candidate_key(org_id, _id_in(org_id, name))
    stored = store.stat(key)
    if stored is None or (stored.modified_at is not None and stored.modified_at < time.time() - CANDIDATE_AGE_S):
        raise NotFound("no such picture")
    return key


def _id_in(org_id: str, name: str) -> str:
    return name.removeprefix(candidate_prefix(org_id))
