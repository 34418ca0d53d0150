"""What is stored of removed evidence goes once the canon has moved on, and nothing else does."""

import json

import pytest

from sgd_assets.evidence.purge import purge_removed
from sgd_resources.errors import BrokenContract
from sgd_resources.ports import PurgeableEvidence
from sgd_resources.storage.keys import document_key, evidence_key, manifest_key, quarantine_key
from tests.fakes.ledgers import FakeUploadLedger
from tests.fakes.object_store import FakeObjectStore

ORG, GONE, KEPT = "acme", "a" * 64, "b" * 64
UPLOAD = quarantine_key(ORG, "11111111-1111-4111-8111-111111111111")
OBJECTS = (evidence_key(ORG, GONE), document_key(ORG, GONE, "p1"), document_key(ORG, GONE, "p2"), UPLOAD)


@pytest.fixture
def store() -> FakeObjectStore:
    made = FakeObjectStore()
    for key in (*OBJECTS, evidence_key(ORG, KEPT), document_key(ORG, KEPT, "p1")):
        made.put(key, b"x")
    return made


@pytest.fixture
def ledger() -> FakeUploadLedger:
    made = FakeUploadLedger()
    made.removed.append(PurgeableEvidence(GONE, (UPLOAD,)))
    return made


def canon_of(store: FakeObjectStore, *shas: str) -> None:
    store.put(manifest_key(ORG, "brand_canon"), json.dumps({"evidence_sha256s": shas}).encode())


def test_copies_uploads_and_documents_go_and_other_evidence_stays(
    store: FakeObjectStore, ledger: FakeUploadLedger
) -> None:
    canon_of(store, KEPT)
    assert purge_removed(ORG, store=store, ledger=ledger) == [GONE]
    assert not set(OBJECTS) & set(store.objects)
    assert {evidence_key(ORG, KEPT), document_key(ORG, KEPT, "p1")} <= set(store.objects)
    assert purge_removed(ORG, store=store, ledger=ledger) == []


def test_what_the_current_canon_was_derived_from_waits(store: FakeObjectStore, ledger: FakeUploadLedger) -> None:
    canon_of(store, KEPT, GONE)
    assert purge_removed(ORG, store=store, ledger=ledger) == []
    assert set(OBJECTS) <= set(store.objects)


def test_nothing_goes_while_the_canon_cannot_be_read(store: FakeObjectStore, ledger: FakeUploadLedger) -> None:
    store.put(manifest_key(ORG, "brand_canon"), b"{")
    with pytest.raises(BrokenContract):
        purge_removed(ORG, store=store, ledger=ledger)
    assert set(OBJECTS) <= set(store.objects)
