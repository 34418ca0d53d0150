"""Words in pictures, where an engine is installed."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from sgd_resources.parsers.ocr import is_ocr_installed, recognise_lines
from sgd_resources.parsers.pdf import parse_pdf

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
