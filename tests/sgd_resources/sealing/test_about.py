import io

import pytest
from PIL import Image, ImageCms

from sgd_resources.sealing.about import About, with_about, xmp_packet
from sgd_resources.sealing.srgb_profile import srgb_profile
from tests.sgd_resources.sealing.pictures import MEDIA_TYPES, picture, pixels

ABOUT = About(
    dpi=300, title="Sümmer <sale> & more", alt="A yellow box.", credit="Larkfold", rights="\N{COPYRIGHT SIGN} L"
)


@pytest.mark.parametrize("picture_format", MEDIA_TYPES)
def test_profile_resolution_and_words_are_in_the_file_and_its_pixels_are_untouched(picture_format: str) -> None:
    plain = picture(picture_format)
    told = with_about(plain, MEDIA_TYPES[picture_format], ABOUT)
    assert pixels(told) == pixels(plain)
    opened = Image.open(io.BytesIO(told))
    assert opened.info["icc_profile"] == srgb_profile()
    assert xmp_packet(ABOUT) in told
    if picture_format == "WEBP":
        exif = opened.getexif()
        assert (exif[0x11A], exif[0x11B], exif[0x128]) == (300, 300, 2)
    else:
        assert tuple(round(value) for value in opened.info["dpi"]) == (300, 300)


@pytest.mark.parametrize("picture_format", MEDIA_TYPES)
def test_the_same_picture_and_words_are_the_same_bytes_and_a_second_time_takes_the_place_of_the_first(
    picture_format: str,
) -> None:
    kind = MEDIA_TYPES[picture_format]
    once = with_about(picture(picture_format), kind, ABOUT)
    assert once == with_about(picture(picture_format), kind, ABOUT)
    if picture_format != "PNG":
        assert with_about(once, kind, ABOUT) == once


def test_the_profile_is_srgb_to_the_last_bit_for_whoever_converts_by_it() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert (ImageCms.getProfileDescription(profile) or "").strip() == "sRGB"
    ramp = Image.merge("RGB", [Image.linear_gradient("L").rotate(angle) for angle in (0, 90, 180)])
    converted = ImageCms.profileToProfile(ramp, profile, ImageCms.createProfile("sRGB"))
    assert converted is not None
    apart = max(abs(a - b) for a, b in zip(ramp.tobytes(), converted.tobytes(), strict=True))
    assert apart <= 1


def test_words_that_xml_cannot_hold_are_left_out_and_marks_are_escaped() -> None:
    packet = xmp_packet(About(dpi=96, title='a < b & "c" \x00\x07', alt="", credit="", rights="")).decode()
    assert "a &lt; b &amp;" in packet
    assert "\x00" not in packet
    assert "AltText" not in packet


def test_a_see_through_webp_stays_see_through() -> None:
    image = Image.new("RGBA", (40, 30), (10, 20, 30, 90))
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=True)
    told = with_about(out.getvalue(), "image/webp", ABOUT)
    assert Image.open(io.BytesIO(told)).convert("RGBA").getpixel((5, 5)) == (10, 20, 30, 90)
