"""A canon of some of an org's files: what it is of is told, and the org's memory stays as it is."""

import hashlib

import pytest

from sgd_assets.canon.derive import claims_version
from sgd_assets.canon.draft import Draft, derive_draft
from sgd_resources.errors import NotFound
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import AvReport, EvidenceRecord
from sgd_resources.storage.keys import claims_key
from tests.fakes.canon_model import FakeCanonModel
from tests.fakes.object_store import FakeObjectStore

GUIDE = "# Colours\n\n- Lake `#005F73`\n- Coral `#EE6C4D`\n"
VOICE = "# Voice and tone\n\nWarm, plain and practical.\n\n- Use short words.\n"


def record(store: FakeObjectStore, name: str, text: str) -> EvidenceRecord:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    store.put(f"org/acme/evidence/{sha256}", text.encode())
    return EvidenceRecord(
        evidence_sha256=sha256, source_sha256="c" * 64, file_name=name, media_type="text/markdown",
        size_bytes=len(text), key=f"org/acme/evidence/{sha256}", av=AvReport("clean", "test", "1"),
    )  # fmt: skip


def draft(store: FakeObjectStore, records: list[EvidenceRecord], *wanted: str, statements: int = 0) -> Draft:
    model = FakeCanonModel(is_cloud=False)
    return derive_draft(
        "acme", records, wanted, store=store, parser=LocalParser(), gateway=model, run_id="j", statements=statements
    )


def test_a_draft_says_of_how_many_files_it_is_and_what_it_leaves_out() -> None:
    store = FakeObjectStore()
    records = [record(store, "guide.md", GUIDE), record(store, "voice.md", VOICE)]
    found = draft(store, records, records[0].evidence_sha256, statements=2)
    assert (found.canon.palette_hex, found.canon.voice) == (("#005F73", "#EE6C4D"), None)
    assert found.notes == (
        "a draft of 1 of the org's 2 files; its current canon is unchanged",
        "2 decisions of people on the org's canon are not applied",
    )
    with pytest.raises(NotFound):
        store.get(claims_key("acme", claims_version()))


def test_a_file_that_was_taken_back_meanwhile_makes_no_draft() -> None:
    store = FakeObjectStore()
    with pytest.raises(NotFound, match="any more"):
        draft(store, [record(store, "guide.md", GUIDE)], "a" * 64)
