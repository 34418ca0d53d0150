import io

import pytest
from PIL import Image

from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import PictureFormat, Raster

PAINTER = ResvgPainter()
RED = Raster(6, 4, bytes((200, 30, 40, 255)) * 24)


def test_an_svg_is_drawn_at_its_own_size_and_twice_the_same() -> None:
    rect = '<rect width="30" height="20" fill="#0C1938"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">{rect}</svg>'
    first, second = PAINTER.draw(svg), PAINTER.draw(svg)
    assert (first.width_px, first.height_px) == (30, 20)
    assert first.rgba[:4] == bytes((0x0C, 0x19, 0x38, 255))
    assert first == second


@pytest.mark.parametrize(
    "svg", ["", "<svg", "<svg/>", '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="9"/>', "not xml"]
)
def test_what_cannot_be_drawn_is_an_error_and_never_a_crash(svg: str) -> None:
    with pytest.raises(ValidationFailed):
        PAINTER.draw(svg)


@pytest.mark.parametrize("picture_format", ["png", "jpg", "webp"])
def test_pictures_survive_a_round_trip(picture_format: PictureFormat) -> None:
    back = PAINTER.decode(PAINTER.encode(RED, picture_format))
    assert (back.width_px, back.height_px) == (6, 4)
    assert all(abs(a - b) <= 3 for a, b in zip(back.rgba[:3], RED.rgba[:3], strict=True))


def test_flat_webp_is_exact() -> None:
    assert PAINTER.decode(PAINTER.encode(RED, "webp")).rgba == RED.rgba


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n broken"])
def test_unreadable_pictures_are_refused(data: bytes) -> None:
    with pytest.raises(ValidationFailed):
        PAINTER.decode(data)


def test_a_picture_over_the_pixel_cap_is_refused_before_it_is_decoded() -> None:
    small = ResvgPainter(max_pixels=20)
    with pytest.raises(ValidationFailed, match="cap"):
        small.decode(PAINTER.encode(RED, "png"))


def test_clear_pixels_lend_no_colour_when_resized() -> None:
    half = Raster(2, 1, bytes((255, 0, 0, 255, 0, 255, 0, 0)))
    one = PAINTER.resize(half, 1, 1)
    assert one.rgba[0] > 240
    assert one.rgba[1] < 15


def test_a_picture_in_four_inks_is_shown_as_print_shows_it() -> None:
    sink = io.BytesIO()
    Image.new("CMYK", (16, 16), (255, 0, 0, 0)).save(sink, "JPEG", quality=95)
    red, green, blue, _ = PAINTER.decode(sink.getvalue()).rgba[:4]
    assert red < 40
    assert 150 < green < 200
    assert blue > 220
