"""Words in pictures, where an engine is installed."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from sgd_resources.parsers.pdf.document import parse_pdf
from sgd_resources.parsers.pixels import ocr, ocr_lines, ocr_models, ocr_regions
from sgd_resources.parsers.pixels.ocr import is_ocr_installed, recognise_lines

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_ocr_installed(), reason="no OCR engine is installed"),
]


def picture(*lines: tuple[str, int]) -> Image.Image:
    """Black words on white, each at its height."""
    image = Image.new("RGB", (900, 400), "white")
    draw = ImageDraw.Draw(image)
    for words, top in lines:
        draw.text((60, top), words, fill="black", font=ImageFont.load_default(size=44))
    return image


def test_words_are_read_top_to_bottom_with_their_boxes() -> None:
    lines = recognise_lines(np.asarray(picture(("Colour palette", 60), ("HEX #73C3D5", 220))))
    assert [line.text for line in lines] == ["Colour palette", "HEX #73C3D5"]
    assert lines[0].bbox[1] < lines[1].bbox[1]
    assert all(line.confidence > 0.8 for line in lines)


def test_the_same_picture_gives_the_same_words() -> None:
    pixels = np.asarray(picture(("Typeface - Quorum", 120)))
    assert recognise_lines(pixels) == recognise_lines(pixels)


@pytest.mark.parametrize("hands", [1, 3])
def test_the_number_of_threads_does_not_change_the_words(monkeypatch: pytest.MonkeyPatch, hands: int) -> None:
    pixels = np.asarray(picture(("Colour palette", 20), ("HEX #73C3D5", 120), ("Typeface - Quorum", 300)))
    expected = recognise_lines(pixels)
    monkeypatch.setattr(ocr, "_HANDS", hands)
    monkeypatch.setattr(ocr, "_LARGE", 0)
    assert recognise_lines(pixels) == expected


def test_only_what_surrounds_letters_is_shown_to_the_line_finder(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    find_lines = ocr_lines.find_lines

    def watched(pixels: ocr_lines.Pixels, region: ocr_regions.Region, threads: int) -> list[ocr_lines.Corners]:
        seen.append(int(region.pixels))
        return find_lines(pixels, region, threads)

    monkeypatch.setattr(ocr_lines, "find_lines", watched)
    pixels = np.full((1200, 1600, 3), 255, dtype=np.uint8)
    pixels[700:1100, 100:900] = (0, 134, 191)
    pixels[:400, :900] = np.asarray(picture(("Colour palette", 60)))
    assert [line.text for line in recognise_lines(pixels)] == ["Colour palette"]
    assert sum(seen) < pixels[..., 0].size / 50


def test_large_and_small_words_are_read_beside_each_other() -> None:
    image = Image.new("RGB", (1600, 700), "white")
    draw = ImageDraw.Draw(image)
    draw.text((80, 60), "Harbour", fill="#0086BF", font=ImageFont.load_default(size=180))
    draw.text((80, 420), "Clear space is one anchor on every side.", fill="black", font=ImageFont.load_default(size=16))
    assert [line.text for line in recognise_lines(np.asarray(image))] == [
        "Harbour",
        "Clear space is one anchor on every side.",
    ]


def test_a_page_too_full_to_look_at_in_one_piece_is_read_once_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_regions, "_MOST_PIXELS", 120_000)
    image = Image.new("RGB", (700, 900), "white")
    words = [f"Line {number} of the guide has words enough" for number in range(10, 40)]
    for number, line in enumerate(words):
        ImageDraw.Draw(image).text((20, 10 + 29 * number), line, fill="black", font=ImageFont.load_default(size=24))
    assert len(ocr_regions.text_regions(np.asarray(image))) > 2
    assert [line.text for line in recognise_lines(np.asarray(image))] == words


def test_wide_forms_of_letters_are_written_as_people_type_them() -> None:
    assert ocr._tidy("nopqｒ　ｓ，Ｔ") == "nopqr s, T"


def test_without_models_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_models, "_model_file", lambda pattern: None)
    assert not is_ocr_installed()
    assert recognise_lines(np.asarray(picture(("Colour palette", 60)))) == []


def test_an_empty_picture_has_no_words() -> None:
    assert recognise_lines(np.full((200, 300, 3), 255, dtype=np.uint8)) == []


def test_a_page_without_text_is_read_and_its_words_are_marked() -> None:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(450, 200), invariant=1)
    page.drawImage(ImageReader(picture(("Typeface - Quorum", 120))), 0, 0, 450, 200)
    page.save()
    blocks = parse_pdf(buffer.getvalue(), ".pdf").text_blocks
    assert [block.text for block in blocks] == ["Typeface - Quorum"]
    assert blocks[0].is_recognised
