import io
from typing import Any

import pytest
from PIL import Image

from sgd_resources.drawing.model_pictures import draw_swatches, has_c2pa, read_generated, shrink
from sgd_resources.errors import RejectedEvidence


def coded(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "#204060" if mode == "RGB" else (0, 0, 0, 0)).save(out, kind, **more)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def places(count: int) -> list[tuple[int, int]]:
    return [(at % 4 * 160 + 80, at // 4 * 160 + 80) for at in range(count)]


@pytest.mark.parametrize("count", [1, 4, 5, 12])
def test_a_card_shows_every_colour_once_in_order(count: int) -> None:
    hexes = [f"#{at * 20:02X}4060" for at in range(count)]
    _, (data,) = draw_swatches(b"", {"hexes": hexes})
    card = opened(data)
    pixels = [card.crop((x, y, x + 1, y + 1)).tobytes() for x, y in places(count)]
    seen = [f"#{pixel.hex().upper()}" for pixel in pixels]
    assert seen == hexes


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_a_model_sent_is_known_by_its_bytes(kind: str) -> None:
    told, _ = read_generated(coded(kind), {"max_pixels": 10_000})
    assert told == {"media_type": f"image/{kind.lower()}", "width_px": 40, "height_px": 30, "has_c2pa": False}


@pytest.mark.parametrize("data", [b"", b"<svg/>", coded("PNG")[:60], coded("GIF"), coded("PNG", (200, 200))])
def test_what_is_no_whole_picture_in_bounds_is_refused(data: bytes) -> None:
    with pytest.raises(RejectedEvidence):
        read_generated(data, {"max_pixels": 10_000})


def test_a_small_copy_is_a_jpeg_on_white_without_metadata() -> None:
    _, (data,) = shrink(coded("PNG", (400, 100), "RGBA"), {"longest_side_px": 100})
    copy = Image.open(io.BytesIO(data))
    assert (copy.format, copy.size) == ("JPEG", (100, 25))
    assert copy.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_manifest_of_c2pa_is_seen_in_each_kind_of_file() -> None:
    png, jpeg, webp = coded("PNG"), coded("JPEG"), coded("WEBP")
    box = b"jumbc2pa"
    marked_png = png[:33] + len(box).to_bytes(4) + b"caBX" + box + b"\0\0\0\0" + png[33:]
    marked_jpeg = jpeg[:2] + b"\xff\xeb" + (len(box) + 2).to_bytes(2) + box + jpeg[2:]
    marked_webp = webp + b"C2PA" + len(box).to_bytes(4, "little") + box
    assert [has_c2pa(data) for data in (marked_png, marked_jpeg, marked_webp)] == [True] * 3
    assert [has_c2pa(data) for data in (png, jpeg, webp, b"\xff\xd8\xff\xeb", b"RIFF")] == [False] * 5


def test_the_word_c2pa_in_the_pixels_is_no_manifest() -> None:
    png = coded("PNG")
    assert not has_c2pa(png + b"caBX c2pa")
