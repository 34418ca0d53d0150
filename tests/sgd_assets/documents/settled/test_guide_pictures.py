"""A guide's pictures are looked for once, and what no render is offered is told by the guide's name."""

import base64
import hashlib

import pytest

from sgd_assets.documents.settled.guide_pictures import JOB, GuidePictures, settle_guides
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.drawing.guide_pictures import find
from sgd_resources.storage.keys import evidence_key
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.object_store import FakeObjectStore
from tests.sgd_assets.renders.imagery.pictures import photo

ORG = "acme"


def _guides(store: FakeObjectStore, *pages: bytes) -> EvidenceManifest:
    items = []
    for number, data in enumerate(pages):
        sha256 = hashlib.sha256(data).hexdigest()
        store.put(evidence_key(ORG, sha256), data)
        items.append(
            EvidenceItem(
                evidence_sha256=sha256, source_sha256=sha256, file_name=f"guide-{number}.html", media_type="text/html",
                size_bytes=len(data), key=evidence_key(ORG, sha256),
            )
        )  # fmt: skip
    return EvidenceManifest(org_id=ORG, items=tuple(items))


def _page(*seeds: int) -> bytes:
    coded = [base64.b64encode(photo(400, 400, seed=seed)).decode() for seed in seeds]
    return "".join(f'<img alt="x" src="data:image/jpeg;base64,{one}">' for one in coded).encode()


def test_a_guide_that_kills_its_reader_is_told_by_name_and_not_read_again() -> None:
    store, jobs = FakeObjectStore(), FakeConfinedJobs(JOB)
    manifest = _guides(store, _page(1))
    first = settle_guides(manifest, store=store, jobs=jobs)
    assert settle_guides(manifest, store=store, jobs=jobs) == first
    assert jobs.called == [JOB]
    [told] = first
    assert told.file_name == "guide-0.html"
    assert "bomb: too slow to read" in told.reason


def test_pictures_that_were_not_looked_at_are_told_and_those_of_other_guides_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(find, "_MOST", 1)
    store, jobs = FakeObjectStore(), FakeConfinedJobs()
    [told] = settle_guides(_guides(store, _page(11), _page(12, 13, 14)), store=store, jobs=jobs)
    assert (told.file_name, told.reason) == (
        "guide-1.html", "1 picture in it is offered to renders, 2 more were not looked at",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "note"),
    [(GuidePictures(), None),
     (GuidePictures(is_cut=True), "0 pictures in it are offered to renders, further places with pictures were not "
      "looked at")],
)  # fmt: skip
def test_a_guide_whose_places_were_not_all_walked_says_so(found: GuidePictures, note: str | None) -> None:
    assert found.note() == note
