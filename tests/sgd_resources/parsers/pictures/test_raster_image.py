import io
import random

import pytest
from PIL import Image, ImageCms, ImageDraw

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsers.colours.cmyk import cmyk_to_hex
from sgd_resources.parsers.pixels.cmyk_image import cmyk_image_to_rgb
from sgd_resources.parsers.pixels.srgb_image import to_srgb
from tests.sgd_resources.parsers.parsing import hexes, only, parse


def encoded(image: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, quality=85) if kind in ("JPEG", "WEBP") else image.save(buffer, kind)
    return buffer.getvalue()


def swatches(mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (400, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 119, 179), fill="#0086BF")
    draw.rectangle((220, 20, 319, 179), fill="#E50E99")
    return image


@pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF"])
def test_flat_colours_are_exact_with_share_and_box(kind: str) -> None:
    document = parse(encoded(swatches(), kind), f"image/{kind.lower()}")
    assert hexes(document)[0] == "#FFFFFF"
    use = only(document, "#0086BF")
    assert use.area_ratio == pytest.approx(0.2, abs=0.01)
    assert use.location.bbox == pytest.approx((21, 21, 119, 179), abs=1)
    assert (document.images[0].width_px, document.images[0].height_px) == (400, 200)


def test_jpeg_noise_does_not_split_a_colour() -> None:
    assert len(hexes(parse(encoded(swatches(), "JPEG"), "image/jpeg"))) == 3


def test_transparent_pixels_are_no_colour() -> None:
    image = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((10, 10, 60, 60), fill=(0, 134, 191, 255))
    document = parse(encoded(image, "PNG"), "image/png")
    assert hexes(document) == ["#0086BF"]
    assert document.images[0].has_alpha


def test_a_photograph_gives_no_colours_and_says_so() -> None:
    noise = random.Random(1).randbytes(120 * 120 * 3)
    document = parse(encoded(Image.frombytes("RGB", (120, 120), noise), "PNG"), "image/png")
    assert document.colours == ()
    assert "photograph" in document.warnings[0]


def test_damaged_images_are_rejected() -> None:
    for data in (b"\x89PNG\r\n\x1a\n", encoded(swatches(), "PNG")[:80]):
        with pytest.raises(RejectedEvidence):
            parse(data, "image/png")


def inks(*values: int, size: tuple[int, int] = (120, 80)) -> Image.Image:
    return Image.new("CMYK", size, values)


@pytest.mark.parametrize("kind", ["TIFF", "JPEG"])
def test_four_inks_without_a_profile_are_what_a_pdf_of_them_shows(kind: str) -> None:
    document = parse(encoded(inks(26, 230, 204, 0), kind), f"image/{kind.lower()}")
    expected = cmyk_to_hex(26 / 255, 230 / 255, 204 / 255, 0)
    ours, theirs = ([int(value[at : at + 2], 16) for at in (1, 3, 5)] for value in (hexes(document)[0], expected))
    assert ours == pytest.approx(theirs, abs=1 if kind == "TIFF" else 6)
    assert hexes(document)[0] != "#E51933"


def test_every_pixel_of_four_inks_keeps_its_place_over_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    image = inks(0, 0, 0, 0, size=(7, 50))
    image.putpixel((3, 41), (0, 0, 0, 255))
    whole = cmyk_image_to_rgb(image)
    monkeypatch.setattr("sgd_resources.parsers.pixels.cmyk_image._STRIP_PIXELS", 70)
    assert cmyk_image_to_rgb(image).tobytes() == whole.tobytes()
    assert whole.size == (7, 50)
    assert whole.getpixel((3, 41)) != (255, 255, 255)
    assert whole.getpixel((3, 40)) == (255, 255, 255)


def test_a_profile_that_does_not_fit_its_picture_is_passed_over() -> None:
    image = inks(26, 230, 204, 0)
    image.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert to_srgb(image).tobytes() == cmyk_image_to_rgb(image).tobytes()
