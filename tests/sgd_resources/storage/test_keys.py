"""Keys are made from validated parts only."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.errors import InvalidInput
from sgd_resources.storage import keys

SHA = "a" * 64


def test_every_key_lies_below_its_org() -> None:
    upload = UUID(int=7)
    made = [
        keys.quarantine_key("acme", upload),
        keys.evidence_key("acme", SHA),
        keys.document_key("acme", SHA, "pdfium@3"),
        keys.claims_key("acme", "2"),
        keys.chunks_key("acme", "2"),
        keys.canon_key("acme", SHA),
        keys.manifest_key("acme", "brand_canon"),
        keys.render_key("acme", upload, 0, ".png"),
    ]
    assert all(key.startswith("org/acme/") for key in made)
    assert all(keys.validate_key(key) == key for key in made)
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("org_id", ["", "a", "A1", "-ab", "a/b", "..", "ab\n", "a" * 64, "ab ", "åb"])
def test_a_bad_org_id_names_nothing(org_id: str) -> None:
    with pytest.raises(InvalidInput):
        keys.org_prefix(org_id)


@pytest.mark.parametrize(
    "key",
    ["", "/a", "a//b", "a/../b", "..", "./a", "a/", "a\x00b", "a\nb", "a\\b", "x" * 201, "a/" * 600 + "a", "\ud800"],
)
def test_an_unsafe_key_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput):
        keys.validate_key(key)


@pytest.mark.parametrize("key", ["a", "org/acme/quarantine/Brand Guide (final) – ü.pdf", "a/.hidden", "a/..b"])
def test_names_of_people_are_fine_keys(key: str) -> None:
    assert keys.validate_key(key) == key


@pytest.mark.parametrize("part", ["", "../x", "a/b", "a b", "é"])
def test_a_version_cannot_leave_its_folder(part: str) -> None:
    with pytest.raises(InvalidInput):
        keys.document_key("acme", SHA, part)


def test_ids_and_hashes_are_checked() -> None:
    with pytest.raises(InvalidInput):
        keys.evidence_key("acme", "A" * 64)
    with pytest.raises(InvalidInput):
        keys.quarantine_key("acme", "../../x")
    with pytest.raises(InvalidInput):
        keys.render_key("acme", UUID(int=1), -1, "png")
    with pytest.raises(InvalidInput):
        keys.render_key("acme", UUID(int=1), 0, "p/ng")


@given(st.text(max_size=80))
def test_an_accepted_key_has_no_way_up(key: str) -> None:
    try:
        keys.validate_key(key)
    except InvalidInput:
        return
    assert not key.startswith("/")
    assert ".." not in key.split("/")
    assert "\x00" not in key
