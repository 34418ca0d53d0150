"""Images are re-encoded: pixels stay, words, places and thumbnails go, and a picture stands upright, not too large."""

import io
import struct
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.gate import EvidenceGate
from sgd_resources.cleaning.pictures.images import clean_image
from sgd_resources.cleaning.pictures.segments import without_metadata
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Limits
from sgd_resources.settings import Settings
from tests.hostile import made

LIMITS = Limits()
CANARY = b"c4n4ry"


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def picture(mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (40, 20), (0, 134, 191))
    image.paste((255, 102, 0), (0, 0, 40, 10))
    return image.convert(mode)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def with_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("TIFF", "image/tiff"), ("GIF", "image/gif")])
def test_lossless_formats_lose_no_pixel(kind: str, media_type: str) -> None:
    source = encoded(picture("P" if kind == "GIF" else "RGB"), kind)
    cleaned = clean_image(source, media_type, LIMITS)
    assert opened(cleaned.data).convert("RGB").tobytes() == opened(source).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_metadata_goes_and_orientation_is_applied(kind: str) -> None:
    source = encoded(picture(), kind, exif=with_exif(6))
    cleaned = clean_image(source, f"image/{kind.lower()}", LIMITS)
    upright = opened(cleaned.data)
    assert upright.size == (20, 40)
    assert CANARY not in cleaned.data
    assert not {0x0112, 0x010E, 0x8825} & set(upright.getexif())
    red, _, blue = upright.convert("RGB").getpixel((15, 20))  # type: ignore[misc] # an RGB pixel has three parts
    assert red > 200 > 100 > blue


@pytest.mark.parametrize("quality", [60, 83, 100])
@pytest.mark.parametrize("colour", [(178, 232, 255), (255, 210, 63), (0, 134, 191)])
def test_a_jpeg_keeps_the_exact_colour_of_flat_areas(quality: int, colour: tuple[int, int, int]) -> None:
    source = encoded(Image.new("RGB", (64, 64), colour), "JPEG", quality=quality)
    cleaned = clean_image(source, "image/jpeg", LIMITS).data
    assert opened(cleaned).tobytes() == opened(source).tobytes()


def test_a_jpeg_keeps_nearly_every_pixel() -> None:
    source = encoded(Image.linear_gradient("L").convert("RGB"), "JPEG", quality=83)
    cleaned = opened(clean_image(source, "image/jpeg", LIMITS).data)
    differences = [abs(a - b) for a, b in zip(cleaned.tobytes(), opened(source).tobytes(), strict=True)]
    assert sum(differences) / len(differences) < 1


def test_a_wide_colour_profile_becomes_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    found = clean_image(encoded(picture(), "PNG", icc_profile=lab), "image/png", LIMITS)
    assert "icc_profile" not in opened(found.data).info


def test_transparency_stays() -> None:
    source = Image.new("RGBA", (4, 4), (0, 134, 191, 0))
    assert opened(clean_image(encoded(source, "PNG"), "image/png", LIMITS).data).getpixel((0, 0)) == (0, 134, 191, 0)


def test_words_in_chunks_and_bytes_after_the_end_go() -> None:
    told = PngInfo()
    told.add_text("Comment", CANARY.decode(), zip=True)
    source = encoded(picture(), "PNG", pnginfo=told) + b"<?php " + CANARY
    cleaned = clean_image(source, "image/png", LIMITS).data
    assert (CANARY in cleaned, b"<?php" in cleaned, b"zTXt" in cleaned) == (False, False, False)


def test_an_animation_keeps_its_frames() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    source = encoded(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=[100, 200, 300], comment=CANARY
    )
    cleaned = clean_image(source, "image/gif", LIMITS)
    assert (cleaned.details["frames"], CANARY in cleaned.data) == (3, False)


def test_pixels_are_counted_over_all_frames() -> None:
    frames = [Image.new("L", (100, 100), shade) for shade in range(5)]
    source = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(RejectedEvidence, match="bomb"):
        clean_image(source, "image/gif", Limits(max_pixels=30_000))


def test_a_large_claim_is_refused_before_decoding() -> None:
    with pytest.raises(RejectedEvidence, match="bomb"):
        clean_image(made.png_header(60_000, 60_000), "image/png", LIMITS)


SCALING = Limits(max_pixels=30_000, max_scaled_pixels=60_000)


def scan(mode: str) -> Image.Image:
    """A picture of two flat areas, larger than is kept and of odd sides."""
    image = Image.new("RGB", (251, 201), (0, 134, 191))
    image.paste((255, 102, 0), (0, 0, 251, 100))
    if mode == "I;16":
        return image.convert("L").convert("I").convert("I;16")
    return image.quantize(4) if mode == "P" else image.convert(mode, dither=Image.Dither.NONE)


@pytest.mark.parametrize(
    ("mode", "kind", "media_type"),
    [
        ("RGB", "PNG", "image/png"), ("RGBA", "PNG", "image/png"), ("L", "PNG", "image/png"), ("P", "PNG", "image/png"),
        ("1", "PNG", "image/png"), ("LA", "PNG", "image/png"), ("I;16", "PNG", "image/png"),
        ("RGB", "JPEG", "image/jpeg"), ("L", "JPEG", "image/jpeg"), ("CMYK", "JPEG", "image/jpeg"),
        ("RGB", "WEBP", "image/webp"), ("RGBA", "WEBP", "image/webp"),
        ("RGB", "TIFF", "image/tiff"), ("CMYK", "TIFF", "image/tiff"), ("P", "GIF", "image/gif"),
    ],
)  # fmt: skip
def test_a_picture_of_too_many_pixels_is_halved_and_says_so(mode: str, kind: str, media_type: str) -> None:
    source = scan(mode)
    chosen: dict[str, dict[str, Any]] = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}
    options = chosen.get(kind, {})
    cleaned = clean_image(encoded(source, kind, **options), media_type, SCALING)
    found = opened(cleaned.data)
    assert (found.size, cleaned.details["scaled_from_px"]) == ((126, 101), [251, 201])
    assert (cleaned.details["width_px"], cleaned.details["height_px"]) == (126, 101)
    for at, before in (((60, 20), (120, 40)), ((60, 80), (120, 160))):
        shown, meant = found.convert("RGB").getpixel(at), source.convert("RGB").getpixel(before)
        assert isinstance(shown, tuple)
        assert isinstance(meant, tuple)
        assert max(abs(a - b) for a, b in zip(shown, meant, strict=True)) <= (2 if kind == "JPEG" else 0)


def test_a_halved_picture_stands_upright() -> None:
    cleaned = clean_image(encoded(scan("RGB"), "JPEG", exif=with_exif(6)), "image/jpeg", SCALING)
    assert (opened(cleaned.data).size, cleaned.details["orientation_applied"]) == ((101, 126), 6)
    for kind in ("PNG", "WEBP"):
        cleaned = clean_image(encoded(scan("RGB"), kind, exif=with_exif(6)), f"image/{kind.lower()}", SCALING)
        assert opened(cleaned.data).size == (101, 126)
        assert CANARY not in cleaned.data


def test_what_lies_under_transparent_pixels_does_not_show_when_halved() -> None:
    image = Image.new("RGBA", (252, 202), (255, 0, 0, 0))
    image.paste((0, 134, 191, 255), (1, 0, 252, 202))
    cleaned = clean_image(encoded(image, "PNG"), "image/png", SCALING)
    assert opened(cleaned.data).getpixel((0, 50)) == (0, 133, 191, 128)
    cleaned = clean_image(encoded(image, "WEBP", lossless=True, exact=True), "image/webp", SCALING)
    assert opened(cleaned.data).getpixel((0, 50)) == (0, 133, 191, 128)


def test_a_moving_webp_of_too_many_pixels_is_refused_and_a_cut_off_one_is_malformed() -> None:
    frames = [Image.new("RGB", (251, 201), colour) for colour in ("red", "blue")]
    moving = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(RejectedEvidence, match="bomb"):
        clean_image(moving, "image/webp", SCALING)
    noise = Image.effect_noise((251, 201), 90).convert("RGB")
    with pytest.raises(RejectedEvidence, match="malformed"):
        clean_image(encoded(noise, "WEBP")[:4_000], "image/webp", SCALING)


@pytest.mark.parametrize(
    ("kind", "media_type", "size", "most"),
    [
        ("PNG", "image/png", (300, 201), 60_000),
        ("JPEG", "image/jpeg", (300, 201), 60_000),
        ("WEBP", "image/webp", (300, 201), 60_000),
    ],
)
def test_more_pixels_than_can_be_halved_are_refused_in_words(
    kind: str, media_type: str, size: tuple[int, int], most: int
) -> None:
    with pytest.raises(RejectedEvidence) as caught:
        clean_image(encoded(Image.new("RGB", size), kind), media_type, SCALING)
    assert (caught.value.reason, caught.value.details["max_pixels"]) == ("bomb", most)
    assert "megapixels; at most" in caught.value.details["message"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sides", "kind"), [((6600, 9300), "png"), ((8400, 11800), "png"), ((8400, 11800), "jpg")], ids=str
)
def test_a_scanned_letterhead_is_read_in_the_confined_child(sides: tuple[int, int], kind: str) -> None:
    letterhead = Image.new("RGB", sides, (255, 255, 255))
    letterhead.paste((0, 85, 170), (0, 0, sides[0], 1000))
    source = encoded(letterhead, "PNG", compress_level=1) if kind == "png" else encoded(letterhead, "JPEG")
    with build_gate(Settings(_env_file=None), processes=1) as gate:
        found = gate.inspect(source, file_name=f"letterhead.{kind}")
    assert (found.verdict, found.details["scaled_from_px"]) == ("accept", list(sides))
    assert found.clean_bytes is not None
    with Image.open(io.BytesIO(found.clean_bytes)) as cleaned:
        assert cleaned.size == (sides[0] // 2, sides[1] // 2)


LARGE: dict[str, dict[str, Any]] = {
    "png": {"kind": "PNG", "compress_level": 1},
    "jpg": {"kind": "JPEG", "quality": 85},
    "progressive.jpg": {"kind": "JPEG", "quality": 85, "progressive": True},
    "webp": {"kind": "WEBP", "quality": 80, "method": 0},
    "lossless.webp": {"kind": "WEBP", "lossless": True, "quality": 0, "method": 0},
    "tif": {"kind": "TIFF", "compression": "tiff_lzw"},
}


TAKEN, TOO_LARGE = (11_500, 8_600), (11_500, 8_900)
"""Pixels: 99 million, and 102."""


@pytest.fixture(scope="module")
def roomy_gate() -> Iterator[EvidenceGate]:
    with build_gate(Settings(_env_file=None, sgd_max_upload_bytes=200_000_000), processes=1) as gate:
        yield gate


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_a_photograph_of_a_hundred_megapixels_is_read_in_the_confined_child(
    roomy_gate: EvidenceGate, name: str
) -> None:
    grain = Image.effect_noise((TAKEN[0] // 50, TAKEN[1] // 50), 40).convert("RGB")
    photograph = encoded(grain.resize(TAKEN, Image.Resampling.NEAREST), **LARGE[name])
    found = roomy_gate.inspect(photograph, file_name=f"photo.{name}")
    assert (found.verdict, found.details["scaled_from_px"]) == ("accept", list(TAKEN)), found.details


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_a_larger_photograph_is_refused_by_its_size_whatever_it_shows(roomy_gate: EvidenceGate, name: str) -> None:
    empty = encoded(Image.new("RGB", TOO_LARGE, (90, 120, 150)), **LARGE[name])
    found = roomy_gate.inspect(empty, file_name=f"photo.{name}")
    assert (found.verdict, found.reason) == ("reject", "bomb")
    assert found.details["message"] == "102 megapixels; at most 100 are read"


def test_upstream_c2pa_is_recorded_before_it_goes() -> None:
    label = b"urn:c2pa:12345678-1234-1234-1234-123456789abc"
    described = b"\x00" * 16 + b"\x03" + label + b"\x00"
    inner = struct.pack(">I", 8 + len(described)) + b"jumd" + described
    store = struct.pack(">I", 8 + len(inner) + 4) + b"jumb" + inner + b"c2pa"
    plain = encoded(picture(), "JPEG")
    segment = b"JP\x00\x01\x00\x00\x00\x01" + store
    source = plain[:2] + b"\xff\xeb" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]
    cleaned = clean_image(source, "image/jpeg", LIMITS)
    assert cleaned.details["c2pa"]["labels"] == [label.decode()]
    assert b"c2pa" not in cleaned.data


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_taking_segments_out_leaves_the_pixels_alone(kind: str) -> None:
    source = encoded(picture(), kind, exif=with_exif(), comment=CANARY) + CANARY
    bare = without_metadata(source)
    assert bare is not None
    assert CANARY not in bare
    assert opened(bare).tobytes() == opened(source).tobytes()
    assert without_metadata(bare) == bare
