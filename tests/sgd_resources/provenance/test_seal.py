import random

import pytest

from sgd_resources.ports import Ingredient
from sgd_resources.provenance.containers import manifest_of, with_manifest
from tests.sgd_resources.provenance.signers import LABEL, read, sealed, signer
from tests.sgd_resources.sealing.pictures import MEDIA_TYPES, picture, pixels

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="9" height="9"/></svg>'


@pytest.mark.parametrize("picture_format", MEDIA_TYPES)
def test_a_sealed_picture_is_trusted_by_our_authority_and_says_what_it_is(picture_format: str) -> None:
    plain = picture(picture_format)
    made = sealed(plain, MEDIA_TYPES[picture_format])
    assert made.unsigned == plain
    assert pixels(made.data) == pixels(plain)
    told = read(made.data)["manifest"]
    assert (told["state"], told["failures"]) == ("Trusted", [])
    assert told["assertions"][LABEL] == {"render_id": "r", "index": 0}


@pytest.mark.parametrize("picture_format", MEDIA_TYPES)
def test_without_our_authority_as_anchor_it_is_sound_and_not_trusted(picture_format: str) -> None:
    made = sealed(picture(picture_format), MEDIA_TYPES[picture_format])
    assert read(made.data, anchors_pem="")["manifest"]["state"] == "Valid"


@pytest.mark.parametrize("picture_format", MEDIA_TYPES)
def test_the_manifest_taken_out_and_put_back_gives_the_same_file(picture_format: str) -> None:
    kind = MEDIA_TYPES[picture_format]
    made = sealed(picture(picture_format), kind)
    assert manifest_of(made.data) == made.manifest
    assert with_manifest(made.unsigned, made.manifest, kind) == made.data


@pytest.mark.slow
@pytest.mark.parametrize("picture_format", MEDIA_TYPES)
def test_a_manifest_longer_than_one_jpeg_segment_is_put_where_the_library_puts_it(picture_format: str) -> None:
    long = [{"label": LABEL, "data": {"noise": [random.Random(at).random() for at in range(9_000)]}}]  # not a secret
    made = sealed(picture(picture_format), MEDIA_TYPES[picture_format], assertions=[*_actions(), *long])
    assert len(made.manifest) > 70_000
    assert read(made.data)["manifest"]["state"] == "Trusted"
    assert manifest_of(made.data) == made.manifest


@pytest.mark.parametrize("picture_format", MEDIA_TYPES)
def test_a_changed_pixel_byte_breaks_the_hash(picture_format: str) -> None:
    made = sealed(picture(picture_format), MEDIA_TYPES[picture_format])
    at = len(made.data) - 40 if picture_format != "WEBP" else 120
    changed = made.data[:at] + bytes([made.data[at] ^ 1]) + made.data[at + 1 :]
    told = read(changed)["manifest"]
    assert told["state"] != "Trusted" or told["failures"]


def test_a_manifest_that_a_picture_brought_along_is_taken_over_with_it() -> None:
    first = sealed(picture("JPEG"), "image/jpeg")
    definition = {"title": "the first", "relationship": "componentOf", "label": "first"}
    second = sealed(picture("PNG"), "image/png", Ingredient(definition, "image/jpeg", first.data))
    told = read(second.data)["manifest"]
    assert told["state"] == "Trusted"
    assert told["ingredients"] == [{"title": "the first", "assertions": {LABEL: {"render_id": "r", "index": 0}}}]


def test_a_drawing_keeps_its_bytes_and_has_its_manifest_beside_it() -> None:
    made = sealed(SVG, "image/svg+xml")
    assert made.data == SVG
    assert read(made.data, made.manifest)["manifest"]["state"] == "Trusted"
    assert read(made.data.replace(b"40", b"41"), made.manifest)["manifest"]["state"] == "Invalid"
    assert read(made.data)["manifest"] is None


def test_what_has_no_manifest_is_told_so() -> None:
    assert read(picture())["manifest"] is None
    assert read(b"plain text")["manifest"] is None


def test_the_signature_is_put_in_where_the_key_is_and_the_child_never_sees_a_key() -> None:
    assert "PRIVATE" not in signer().chain_pem + signer().anchors_pem


def _actions() -> list[dict[str, object]]:
    source = "http://cv.iptc.org/newscodes/digitalsourcetype/composite"
    return [
        {"label": "c2pa.actions.v2", "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": source}]}}
    ]
