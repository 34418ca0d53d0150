import hashlib
from typing import Any

import pytest

from sgd_assets.renders.prove.manifest import ALGORITHMIC, COMPOSITE, LABEL, LOCAL_MODEL
from sgd_resources.provenance.containers import manifest_of
from sgd_resources.sealing.about import About, xmp_packet
from sgd_resources.storage.keys import provenance_key
from tests.sgd_assets.renders.brand import SampleBrand, canon_of, request
from tests.sgd_assets.renders.prove.sealed_renders import sealed_render
from tests.sgd_resources.provenance.signers import read

OTHER = "00000000-0000-4000-8000-000000000002"


def _manifest(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = read(data)["manifest"]
    return found


@pytest.mark.parametrize("picture_format", ["png", "jpg", "webp"])
def test_every_output_is_sealed_and_its_hash_is_that_of_the_sealed_file(picture_format: str) -> None:
    brand = SampleBrand("larkfold")
    record = sealed_render(brand, request('Post "Open day"', "300x250", format=picture_format))
    output = record.outputs[0]
    stored = brand.store.get(output.key)
    assert hashlib.sha256(stored).hexdigest() == output.sha256 != output.unsigned_sha256
    told = _manifest(stored)
    assert (told["state"], told["failures"]) == ("Trusted", [])
    ours = told["assertions"][LABEL]
    assert (ours["render_id"], ours["index"], ours["canon_version"]) == (record.render_id, 0, brand.canon.version)
    assert ours["model_served"] == ours["model_requested"] == LOCAL_MODEL
    assert manifest_of(stored) == brand.store.get(provenance_key(output.key))


def test_a_picture_with_the_brands_logo_is_a_composite_and_one_of_forms_alone_is_algorithmic() -> None:
    brand = SampleBrand("larkfold")
    with_logo = brand.store.get(sealed_render(brand, request('Post "Open day"', "300x250")).outputs[0].key)
    assert COMPOSITE.encode() in with_logo
    brand.canon = canon_of(brand.canon.palette_hex, brand.canon.fonts)
    brand.items.clear()
    without = brand.store.get(
        sealed_render(brand, request('Post "Open day"', "300x250"), render_id=OTHER).outputs[0].key
    )
    assert ALGORITHMIC.encode() in without
    assert COMPOSITE.encode() not in without


def test_no_org_key_or_file_name_of_the_brand_goes_public_with_a_picture() -> None:
    brand = SampleBrand("larkfold")
    output = sealed_render(brand, request('Post "Open day"', "300x250")).outputs[0]
    stored = brand.store.get(output.key)
    assert b"acme" not in stored
    for item in brand.items:
        assert item.file_name.encode() not in stored


def test_evidence_behind_a_picture_is_named_by_its_hash() -> None:
    brand = SampleBrand("larkfold")
    record = sealed_render(brand, request('Post "Open day"', "300x250"))
    stored = brand.store.get(record.outputs[0].key)
    logo = record.outputs[0].plan.logo_sha256
    assert logo is not None
    assert f"urn:sha256:{logo}".encode() in stored
    assert record.evidence_used[logo] == ("logo",)
    assert "fact" in record.evidence_used["0" * 64]


def test_what_a_request_says_of_its_pictures_stands_in_their_files() -> None:
    brand = SampleBrand("larkfold")
    told: dict[str, Any] = {"title": "Open day", "alt": "A poster.", "credit": "Larkfold", "rights": "all", "dpi": 144}
    body = {**request('Post "Open day"', "300x250", format="jpg"), "metadata": told}
    stored = brand.store.get(sealed_render(brand, body).outputs[0].key)
    assert xmp_packet(About(**told, source_type=COMPOSITE)) in stored


def test_a_second_try_of_a_request_delivers_the_very_same_file() -> None:
    brand = SampleBrand("larkfold")
    body = request('Post "Open day"', "300x250")
    first = sealed_render(brand, body).outputs[0]
    assert sealed_render(brand, body).outputs[0].sha256 == first.sha256


def test_an_edit_of_our_own_picture_has_that_picture_as_its_parent() -> None:
    brand = SampleBrand("larkfold")
    first = sealed_render(brand, request('Post "Open day"', "300x250")).outputs[0]
    body = request('Change the headline to "Closing day"', "300x250")
    body["prompts"] = {**body["prompts"], "task": "edit", "references": [first.key]}
    edited = sealed_render(brand, body, render_id=OTHER).outputs[0]
    told = _manifest(brand.store.get(edited.key))
    assert told["state"] == "Trusted"
    assert [one["assertions"][LABEL]["index"] for one in told["ingredients"]] == [0]
    assert b"c2pa.opened" in brand.store.get(edited.key)
