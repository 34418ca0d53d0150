"""Pictures that are a guide page themselves, read where an engine is installed."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from sgd_resources.parsers.pictures.picture_words import may_be_guide_page, picture_words
from sgd_resources.parsers.pixels import ocr
from tests.sgd_resources.parsers.parsing import only, parse

needs_engine = pytest.mark.skipif(not ocr.is_ocr_installed(), reason="no OCR engine is installed")


def guide(height: int = 500) -> Image.Image:
    image = Image.new("RGB", (900, height), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=36)
    draw.text((60, 40), "Colour palette", fill="black", font=font)
    draw.rectangle((60, 120, 260, 260), fill="#0086BF")
    draw.text((60, 290), "Ocean #0086BF", fill="black", font=font)
    return image


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.slow
@needs_engine
def test_words_of_a_drawn_page_are_blocks_in_pixels_and_their_values_colours() -> None:
    document = parse(png(guide()), "image/png")
    assert [block.text for block in document.text_blocks] == ["Colour palette", "Ocean #0086BF"]
    assert all(block.is_recognised for block in document.text_blocks)
    assert document.text_blocks[0].location.bbox == pytest.approx((60, 45, 300, 85), abs=14)
    assert only(document, "#0086BF", "text").label == "Ocean"
    assert only(document, "#0086BF", "pixels")


@pytest.mark.slow
@needs_engine
def test_a_tall_page_is_read_to_its_end_and_keeps_its_places() -> None:
    image = guide(2600)
    ImageDraw.Draw(image).text((60, 2400), "Voice and tone", fill="black", font=ImageFont.load_default(size=36))
    found = picture_words(np.asarray(image), 1.0)
    assert [block.text for block in found] == ["Colour palette", "Ocean #0086BF", "Voice and tone"]
    assert found[-1].location.bbox is not None
    assert found[-1].location.bbox[1] == pytest.approx(2405, abs=14)


@needs_engine
def test_a_logo_has_too_few_letters_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "load_models", lambda: pytest.fail("the engine was asked"))
    image = Image.new("RGB", (900, 500), "white")
    ImageDraw.Draw(image).text((60, 120), "logo", fill="black", font=ImageFont.load_default(size=200))
    assert parse(png(image), "image/png").text_blocks == ()


def test_photographs_small_pictures_and_cut_outs_are_passed_over() -> None:
    assert may_be_guide_page(900, 500, flat_ratio=0.9, opaque_ratio=1.0)
    assert not may_be_guide_page(900, 500, flat_ratio=0.3, opaque_ratio=1.0)
    assert not may_be_guide_page(900, 500, flat_ratio=0.9, opaque_ratio=0.4)
    assert not may_be_guide_page(300, 200, flat_ratio=0.9, opaque_ratio=1.0)


def test_without_an_engine_the_rest_is_read_and_a_warning_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_ocr_installed", lambda: False)
    document = parse(png(guide()), "image/png")
    assert document.text_blocks == ()
    assert only(document, "#0086BF", "pixels")
    assert "no OCR engine" in document.warnings[0]
