"""Citations name the file as uploaded beside the clean one."""

from sgd_assets.canon.cited import name_sources
from sgd_assets.canon.model import Canon
from tests.sgd_assets.canon.made_evidence import canon_of

DERIVED = canon_of(guide_md="# Colours\n\n- Harbour: #12355B\n- Sand: #F2A541\n")


def test_every_citation_names_the_uploaded_bytes_that_it_is_known_of() -> None:
    (evidence,) = DERIVED.evidence_sha256s
    found = name_sources(DERIVED, {evidence: "b" * 64})
    assert {one.source_sha256 for fact in found.facts for one in fact.citations} == {"b" * 64}
    assert found.palette_hex == DERIVED.palette_hex
    assert name_sources(found, {evidence: "b" * 64}) == found
    assert Canon.model_validate_json(found.canonical_json()) == found


def test_a_file_of_which_the_upload_is_not_known_is_cited_as_before() -> None:
    (evidence,) = DERIVED.evidence_sha256s
    assert name_sources(DERIVED, {evidence: None}).canonical_json() == DERIVED.canonical_json()
    assert name_sources(DERIVED, {}).canonical_json() == DERIVED.canonical_json()
    assert "source_sha256" not in DERIVED.facts[0].citations[0].model_dump()
