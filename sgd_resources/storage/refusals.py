"""Remembers what a job refused: the same bytes, asked of the same version of the same step, cost their time once.

Kept in the object store, one small object per org, step, version and content. Any confined job on a stranger's bytes
may use it: parsing, drawing, reading a font. What must not live here: judging bytes, and outages (`Unavailable` says
nothing of a file, so it is never remembered).
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sgd_resources.errors import CorruptObject, NotFound, RejectedEvidence
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import refusal_key

_LOG = logging.getLogger(__name__)
_VERDICTS = ("reject", "quarantine")
T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """What looks at the bytes. A new version, which may know better, asks again."""

    name: str
    version: str
    """Of all that decides: the rules, and the time and memory they are given."""


class RefusalMemory:
    """The refusals of one org."""

    def __init__(self, store: ObjectStore, org_id: str) -> None:
        self._store = store
        self._org_id = org_id

    def settle(self, step: Step, sha256: str, work: Callable[[], T]) -> T:
        """What `work` gives, unless these bytes were refused before. A refusal is remembered on its way out.

        Raises:
            RejectedEvidence: now or before. A retry does not help.
            Unavailable: from the work or the store; nothing is remembered. Retry.
        """
        known = self.recall(step, sha256)
        if known is not None:
            raise known
        try:
            return work()
        except RejectedEvidence as refusal:
            self.remember(step, sha256, refusal)
            raise

    def recall(self, step: Step, sha256: str) -> RejectedEvidence | None:
        """The refusal of these bytes by this step, or None."""
        key = self._key(step, sha256)
        if self._store.stat(key) is None:
            return None
        try:
            return _decode(self._store.get(key))
        except (NotFound, CorruptObject, ValueError, KeyError, TypeError):
            _LOG.warning("a remembered refusal could not be read and is forgotten", extra={"key": key})
        self._store.delete(key)
        return None

    def remember(self, step: Step, sha256: str, refusal: RejectedEvidence) -> None:
        """Keep a refusal. Raises StorageFull, Unavailable."""
        body: dict[str, Any] = {
            "verdict": refusal.verdict, "reason": refusal.reason, "details": refusal.details,
        }  # fmt: skip
        data = json.dumps(body, sort_keys=True, default=str).encode()
        self._store.put(self._key(step, sha256), data, content_type="application/json")

    def _key(self, step: Step, sha256: str) -> str:
        return refusal_key(self._org_id, step.name, sha256, step.version)


def _decode(data: bytes) -> RejectedEvidence:
    body = json.loads(data)
    verdict, reason, details = body["verdict"], body["reason"], body["details"]
    if verdict not in _VERDICTS or not isinstance(reason, str) or not isinstance(details, dict):
        raise ValueError(verdict)
    return RejectedEvidence(verdict, reason, details=details)
