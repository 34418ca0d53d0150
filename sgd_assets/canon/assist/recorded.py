"""Answers as they were given, kept beside the documents that they speak of: the same answers make the same canon.

Keyed by the whole question, so that another document, prompt or form of answer asks anew, and nothing is paid for
twice; an answer goes with its document. What must not live here: asking, or judging an answer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sgd_assets.canon.assist.blocks import Page
from sgd_assets.canon.assist.question import question_sha256
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import answer_key


@dataclass(frozen=True)
class Recorded:
    """One answer that met its schema."""

    data: Mapping[str, Any]
    served_model: str


class Answers(Protocol):
    """Answers by their question."""

    def recall(self, page: Page) -> Recorded | None:
        """The answer on this page, where one was given."""
        ...

    def keep(self, page: Page, answer: Recorded) -> None:
        """From now on the answer on this page."""
        ...


class NoAnswers:
    """Remembers nothing: of a folder that is no org's the gateway's own cache is enough."""

    def recall(self, page: Page) -> Recorded | None:
        """None."""
        return None

    def keep(self, page: Page, answer: Recorded) -> None:
        """Forget it."""


class StoredAnswers:
    """An org's answers in its store."""

    def __init__(self, store: ObjectStore, org_id: str) -> None:
        self._store, self._org_id = store, org_id

    def recall(self, page: Page) -> Recorded | None:
        """The answer; None where there is none, or it is damaged. Raises Unavailable: the store is down."""
        return read_derived(self._store, self._key(page), _recorded, what="a model's answer")

    def keep(self, page: Page, answer: Recorded) -> None:
        """Store it. Raises Unavailable: the store is down."""
        body = {"data": answer.data, "served_model": answer.served_model}
        told = json.dumps(body, sort_keys=True, ensure_ascii=False).encode()
        self._store.put(self._key(page), told, content_type="application/json")

    def _key(self, page: Page) -> str:
        return answer_key(self._org_id, page.evidence_sha256, question_sha256(page))


def _recorded(data: bytes) -> Recorded:
    body = json.loads(data)
    if not isinstance(body["data"], dict):
        raise TypeError(type(body["data"]).__name__)
    return Recorded(body["data"], str(body["served_model"]))
