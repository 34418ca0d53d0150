"""Settled files are made once, remembered with their refusals, and made anew when they are missing or damaged."""

import hashlib
from typing import Any

import pytest

from sgd_assets.documents.settled.keep import SettledFiles, settle_evidence
from sgd_assets.documents.settled.model import Undrawn
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.errors import RejectedEvidence, Unavailable
from sgd_resources.storage.keys import evidence_key
from tests.fakes.confined import FakeAnswer, FakeConfinedJobs
from tests.fakes.object_store import FakeObjectStore
from tests.hostile import drawings

ORG = "acme"
LOGO, FONT = "sgd_resources.drawing.settle.logo:settle_logo", "sgd_resources.drawing.settle.font:settle_font"
MARK = drawings.HARMLESS["a gradient"]


def _item(store: FakeObjectStore, name: str, data: bytes, media_type: str) -> EvidenceItem:
    sha256 = hashlib.sha256(data).hexdigest()
    store.put(evidence_key(ORG, sha256), data)
    return EvidenceItem(
        evidence_sha256=sha256, source_sha256=sha256, file_name=name, media_type=media_type, size_bytes=len(data),
        key=evidence_key(ORG, sha256),
    )  # fmt: skip


def _logo(store: FakeObjectStore, data: bytes = MARK, name: str = "logo.svg") -> EvidenceItem:
    return _item(store, name, data, "image/svg+xml")


def _stored(store: FakeObjectStore, extension: str) -> str:
    [key] = [one.key for one in store.list(f"org/{ORG}/documents/") if one.key.endswith(extension)]
    return key


def test_a_file_is_settled_once() -> None:
    store, jobs = FakeObjectStore(), FakeConfinedJobs()
    items = (_logo(store), _item(store, "a.ttf", drawings.font(), "font/ttf"))
    for _ in range(2):
        assert settle_evidence(EvidenceManifest(org_id=ORG, items=items), store=store, jobs=jobs) == ()
    assert sorted(jobs.called) == [FONT, LOGO]


def test_a_refusal_is_told_by_name_and_remembered() -> None:
    store, jobs = FakeObjectStore(), FakeConfinedJobs()
    manifest = EvidenceManifest(org_id=ORG, items=(_logo(store, drawings.LOGOS["use of use"], "brand mark.svg"),))
    first = settle_evidence(manifest, store=store, jobs=jobs)
    assert settle_evidence(manifest, store=store, jobs=jobs) == first
    assert jobs.called == [LOGO]
    [told] = first
    assert isinstance(told, Undrawn)
    assert told.file_name == "brand mark.svg"
    assert "bomb" in told.reason


def test_a_file_that_is_merely_of_no_use_is_not_told_as_refused() -> None:
    store = FakeObjectStore()
    manifest = EvidenceManifest(org_id=ORG, items=(_logo(store, drawings.SVG.format("<text>a</text>").encode()),))
    assert settle_evidence(manifest, store=store, jobs=FakeConfinedJobs()) == ()


@pytest.mark.parametrize("damage", [b"", b"<svg/>", b"\xff" * 50])
def test_a_damaged_drawing_is_made_anew(damage: bytes) -> None:
    store = FakeObjectStore()
    item, files = _logo(store), SettledFiles(ORG, store=store, jobs=FakeConfinedJobs())
    drawing = files.logo_bytes(files.logo(item), item)
    store.put(_stored(store, ".bin"), damage)
    assert files.logo_bytes(files.logo(item), item) == drawing
    assert store.get(_stored(store, ".bin")) == drawing


def test_a_missing_drawing_is_made_anew() -> None:
    store = FakeObjectStore()
    item, files = _logo(store), SettledFiles(ORG, store=store, jobs=FakeConfinedJobs())
    drawing = files.logo_bytes(files.logo(item), item)
    store.delete(_stored(store, ".bin"))
    assert files.logo_bytes(files.logo(item), item) == drawing


@pytest.mark.parametrize("damage", [b"", b"{}", b"no json", b'{"evidence_sha256": 1}'])
def test_damaged_facts_are_made_anew(damage: bytes) -> None:
    store = FakeObjectStore()
    item, files = _logo(store), SettledFiles(ORG, store=store, jobs=FakeConfinedJobs())
    facts = files.logo(item)
    store.put(_stored(store, ".json"), damage)
    assert files.logo(item) == facts


def test_a_drawing_that_is_refused_when_made_anew_is_not_drawn() -> None:
    store = FakeObjectStore()
    item = _logo(store)
    files = SettledFiles(ORG, store=store, jobs=FakeConfinedJobs())
    facts = files.logo(item)
    store.delete(_stored(store, ".bin"))
    with pytest.raises(RejectedEvidence):
        SettledFiles(ORG, store=store, jobs=FakeConfinedJobs(LOGO)).logo_bytes(facts, item)


def test_a_child_that_cannot_be_started_leaves_no_verdict_behind() -> None:
    class NoChild(FakeConfinedJobs):
        def call(self, target: str, *_: Any, **__: Any) -> FakeAnswer:
            raise Unavailable("no child process could be started to read the file")

    store = FakeObjectStore()
    item = _logo(store)
    with pytest.raises(Unavailable):
        SettledFiles(ORG, store=store, jobs=NoChild()).logo(item)
    assert list(store.list(f"org/{ORG}/documents/")) == []


def test_what_a_child_babbles_is_not_believed() -> None:
    class Babbler(FakeConfinedJobs):
        def call(self, target: str, *_: Any, **__: Any) -> FakeAnswer:
            return FakeAnswer({"unusable": None, "ink": {"frame_aspect": "wide", "box": [], "colours": []}}, (b"x",))

    store = FakeObjectStore()
    settled = SettledFiles(ORG, store=store, jobs=Babbler()).logo(_logo(store))
    assert settled.ink is None
    assert settled.is_refused
