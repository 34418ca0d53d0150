"""A refusal is remembered by org, step, version and content; an outage never is; a damaged memory is forgotten."""

import pytest

from sgd_resources.errors import RejectedEvidence, Unavailable
from sgd_resources.storage.refusals import RefusalMemory, Step
from tests.fakes.object_store import FakeObjectStore

SHA, OTHER_SHA = "a" * 64, "b" * 64
DRAW = Step("draw", "1")


class Work:
    """Fails, and counts how often it was done."""

    def __init__(self, error: Exception) -> None:
        self.done = 0
        self._error = error

    def __call__(self) -> str:
        self.done += 1
        raise self._error


def bomb() -> Work:
    return Work(RejectedEvidence("reject", "bomb", details={"message": "too long", "cpu_s": 9}))


def test_what_was_refused_once_is_refused_again_without_the_work() -> None:
    memory, work = RefusalMemory(FakeObjectStore(), "acme"), bomb()
    for _ in range(3):
        with pytest.raises(RejectedEvidence, match="reject: bomb") as caught:
            memory.settle(DRAW, SHA, work)
        assert caught.value.details == {"message": "too long", "cpu_s": 9}
    assert work.done == 1


@pytest.mark.parametrize(
    ("step", "sha256", "org_id"),
    [
        (Step("draw", "2"), SHA, "acme"),
        (Step("parse", "1"), SHA, "acme"),
        (DRAW, OTHER_SHA, "acme"),
        (DRAW, SHA, "bmw"),
    ],
    ids=["version", "step", "bytes", "org"],
)
def test_another_version_step_content_or_org_is_asked_anew(step: Step, sha256: str, org_id: str) -> None:
    store, work = FakeObjectStore(), bomb()
    with pytest.raises(RejectedEvidence):
        RefusalMemory(store, "acme").settle(DRAW, SHA, work)
    with pytest.raises(RejectedEvidence):
        RefusalMemory(store, org_id).settle(step, sha256, work)
    assert work.done == 2


def test_an_outage_is_not_remembered() -> None:
    memory, work = RefusalMemory(FakeObjectStore(), "acme"), Work(Unavailable("busy"))
    for _ in range(2):
        with pytest.raises(Unavailable):
            memory.settle(DRAW, SHA, work)
    assert work.done == 2


def test_what_is_not_refused_is_given_each_time() -> None:
    memory = RefusalMemory(FakeObjectStore(), "acme")
    assert [memory.settle(DRAW, SHA, lambda: "drawn") for _ in range(2)] == ["drawn", "drawn"]


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"verdict": "accept", "reason": "x", "details": {}}'])
def test_a_damaged_memory_is_forgotten(damage: bytes) -> None:
    store, work = FakeObjectStore(), bomb()
    memory = RefusalMemory(store, "acme")
    with pytest.raises(RejectedEvidence):
        memory.settle(DRAW, SHA, work)
    (key,) = (found.key for found in store.list("org/acme/refusals/"))
    store.put(key, damage)
    assert memory.recall(DRAW, SHA) is None
    assert store.stat(key) is None
