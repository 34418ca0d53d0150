"""What is told of the reading of files: read, read in part, refused, or not yet looked at."""

import pytest

from sgd_api.http.stored.reading_results import latest_documents, parse_results, reading_notes
from sgd_assets.documents.manifest import DocumentEntry, DocumentFailure, DocumentsManifest
from sgd_assets.documents.settled.model import Undrawn
from sgd_resources.storage.keys import manifest_key
from tests.fakes.object_store import FakeObjectStore

WARNING = "read up to page 50 of 80"
ENTRY = DocumentEntry(
    evidence_sha256="a" * 64, file_name="b.pdf", media_type="application/pdf", evidence_key="e", document_key="d",
    parser="pdfium", parser_version="1", pages=80, text_blocks=1, colours=1, fonts=1, images=0, warnings=(WARNING,),
)  # fmt: skip
FAILURE = DocumentFailure(evidence_sha256="b" * 64, file_name="a.html", reason="bomb", message="too long")
MANIFEST = DocumentsManifest(org_id="acme", documents=(ENTRY,), failures=(FAILURE,))


def test_an_upload_is_told_what_the_parser_said() -> None:
    results = parse_results(MANIFEST)
    assert (results["a" * 64].state, results["a" * 64].notes) == ("read", (WARNING,))
    refused = results["b" * 64]
    assert (refused.state, refused.reason, refused.notes) == ("refused", "bomb", ("too long",))


def test_a_file_that_no_render_uses_says_so_on_its_upload_and_beside_the_canon() -> None:
    undrawn = Undrawn(evidence_sha256="a" * 64, file_name="logo.svg", reason="it costs too much")
    manifest = MANIFEST.model_copy(update={"undrawn": (undrawn,)})
    assert parse_results(manifest)["a" * 64].notes == (WARNING, "no render uses it: it costs too much")
    assert "logo.svg: no render uses it: it costs too much" in reading_notes(manifest)


def test_a_guide_whose_pictures_are_not_all_offered_says_so_on_its_upload_and_beside_the_canon() -> None:
    guide = Undrawn(evidence_sha256="a" * 64, file_name="b.pdf", reason="24 pictures in it are offered, 3 more are not")
    manifest = MANIFEST.model_copy(update={"partly_shown": (guide,)})
    assert parse_results(manifest)["a" * 64].notes == (WARNING, guide.reason)
    assert f"b.pdf: {guide.reason}" in reading_notes(manifest)


def test_a_canon_is_told_what_it_could_not_be_read_from() -> None:
    assert reading_notes(MANIFEST) == ("a.html: not read: bomb (too long)", f"b.pdf: {WARNING}")


@pytest.mark.parametrize("stored", [None, b"{}", b"no json"])
def test_before_the_first_run_and_after_a_change_of_shape_nothing_is_told(stored: bytes | None) -> None:
    store = FakeObjectStore()
    if stored is not None:
        store.put(manifest_key("acme", "parsed_documents"), stored)
    assert reading_notes(latest_documents(store, "acme")) == ()


def test_the_latest_manifest_is_read_from_the_store() -> None:
    store = FakeObjectStore()
    store.put(manifest_key("acme", "parsed_documents"), MANIFEST.model_dump_json().encode())
    assert latest_documents(store, "acme") == MANIFEST
