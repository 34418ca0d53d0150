"""Adobe swatch exchange: every colour model, groups, damage."""

import struct

import pytest

from sgd_resources.cleaning.swatches import clean_swatches
from sgd_resources.errors import RejectedEvidence
from sgd_resources.filetype import ASE, detect
from sgd_resources.parsers.palettes.adobe_swatches import parse_adobe_swatches
from sgd_resources.ports.examination import Limits


def text(words: str) -> bytes:
    return struct.pack(">H", len(words) + 1) + (words + "\0").encode("utf-16-be")


def block(kind: int, body: bytes) -> bytes:
    return struct.pack(">HI", kind, len(body)) + body


def swatch(name: str, model: bytes, *values: float, way: int = 2) -> bytes:
    return block(1, text(name) + model + struct.pack(f">{len(values)}f", *values) + struct.pack(">H", way))


def file_of(*blocks: bytes) -> bytes:
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


BOOK = file_of(
    block(0xC001, text("Brand palette")),
    swatch("Harbour", b"RGB ", 18 / 255, 53 / 255, 91 / 255),
    swatch("PANTONE 144 C", b"CMYK", 0.0, 0.5, 1.0, 0.0, way=1),
    block(0xC002, b""),
    swatch("Ash", b"Gray", 0.5),
    swatch("Sky", b"LAB ", 0.6, -5.0, -30.0),
)


def test_a_swatch_is_a_colour_by_its_name_and_its_group_is_the_label() -> None:
    first, second, *_ = parse_adobe_swatches(BOOK, ".ase").colours
    assert (first.hex, first.name, first.label) == ("#12355B", "Harbour", "Brand palette")
    assert (second.space, second.components, second.spot_name) == ("cmyk", (0.0, 0.5, 1.0, 0.0), "PANTONE 144 C")


def test_grey_and_lab_are_converted_and_stand_outside_the_group_that_ended() -> None:
    *_, ash, sky = parse_adobe_swatches(BOOK, ".ase").colours
    assert (ash.hex, ash.label, sky.label) == ("#808080", None, None)
    assert (sky.space, sky.components) == ("lab", (60.0, -5.0, -30.0))


def test_a_colour_model_nobody_knows_is_told_and_not_guessed() -> None:
    found = parse_adobe_swatches(file_of(swatch("X", b"HSB ", 1.0, 1.0, 1.0)), ".ase")
    assert found.colours == []
    assert found.warnings == ["swatches of a colour model nobody knows: 1"]


def test_a_number_that_is_none_is_no_colour() -> None:
    assert parse_adobe_swatches(file_of(swatch("X", b"RGB ", float("nan"), 0.0, 0.0)), ".ase").colours == []


def test_the_bytes_say_what_they_are() -> None:
    assert detect(BOOK).media_type == ASE


def test_what_hangs_behind_the_last_block_goes() -> None:
    found = clean_swatches(BOOK + b"PK\x03\x04", ASE, Limits())
    assert (found.data, found.how) == (BOOK, "stripped")
    assert clean_swatches(BOOK, ASE, Limits()).data is not None
    assert clean_swatches(found.data, ASE, Limits()).how == ""


@pytest.mark.parametrize("length", [3, 11, 14, 40, len(BOOK) - 1])
def test_a_file_that_ends_early_is_refused(length: int) -> None:
    with pytest.raises(RejectedEvidence) as refusal:
        clean_swatches(BOOK[:length], ASE, Limits())
    assert refusal.value.reason == "malformed"


def test_a_count_of_blocks_beyond_any_library_is_a_bomb() -> None:
    with pytest.raises(RejectedEvidence) as refusal:
        clean_swatches(b"ASEF" + struct.pack(">HHI", 1, 0, 4_000_000_000), ASE, Limits())
    assert refusal.value.reason == "bomb"


def test_a_swatch_whose_name_is_longer_than_its_block_is_refused() -> None:
    with pytest.raises(RejectedEvidence):
        parse_adobe_swatches(file_of(block(1, b"\xff\xff")), ".ase")
