"""The calls of a render request in the store, so that a try that takes over knows what was billed before it.

What must not live here: what a call is (`model_calls.py`), or budgets (the gateway settles each call by itself).
"""

import hashlib
from collections.abc import Sequence

from pydantic import TypeAdapter

from sgd_assets.renders.model import ModelCall
from sgd_resources.errors import NotFound
from sgd_resources.ports import ObjectStore

CALLS = hashlib.sha256(b"calls of models").hexdigest()
"""Name of the journal among the notes of a render."""
_CALLS = TypeAdapter(tuple[ModelCall, ...])


class CallJournal:
    """One object of the store.

    Args:
        store: where it lies.
        key: of the one request.
    """

    def __init__(self, store: ObjectStore, key: str) -> None:
        self._store = store
        self._key = key

    def read(self) -> tuple[ModelCall, ...]:
        """Calls of earlier tries; none at the first."""
        try:
            return _CALLS.validate_json(self._store.get(self._key))
        except NotFound:
            return ()

    def write(self, calls: Sequence[ModelCall]) -> None:
        """Replace what is kept. Raises as the store."""
        self._store.put(self._key, _CALLS.dump_json(tuple(calls)), content_type="application/json")
