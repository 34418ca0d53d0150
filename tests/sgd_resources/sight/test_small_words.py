"""Writing a few pixels high is seen; forms as small are none."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from sgd_resources.parsers.pixels.ocr import is_ocr_installed
from sgd_resources.sight.small_words import read_small_words

pytestmark = pytest.mark.skipif(not is_ocr_installed(), reason="the reader of words is not installed")


def _page(words: str = "", size: int = 7) -> NDArray[np.uint8]:
    page = Image.new("RGB", (400, 300), (247, 240, 227))
    pen = ImageDraw.Draw(page)
    pen.text((40, 120), words, fill=(20, 20, 30), font=ImageFont.load_default(size))
    pen.text((40, 30), "Open day", fill=(20, 20, 30), font=ImageFont.load_default(36))
    return np.asarray(page, np.uint8)


def test_a_line_a_few_pixels_high_is_seen_with_its_height() -> None:
    [line] = read_small_words(_page("Terms and conditions apply to every ticket"))
    assert line.box == pytest.approx((38, 120, 185, 130), abs=14)
    assert 3 <= line.ink_px <= 8


def test_words_that_read_as_they_stand_are_not_told_as_small() -> None:
    assert read_small_words(_page("Terms and conditions", size=20)) == ()


def test_a_row_of_dots_or_a_thin_rule_is_no_writing() -> None:
    page = Image.fromarray(_page())
    pen = ImageDraw.Draw(page)
    for left in range(40, 340, 9):
        pen.ellipse((left, 200, left + 4, 204), fill=(20, 20, 30))
    pen.line((40, 250, 340, 250), fill=(20, 20, 30), width=2)
    assert read_small_words(np.asarray(page, np.uint8)) == ()
