"""Previews are small, upright in shape, and refuse what is no picture."""

import base64
import io
import random

import pytest
from PIL import Image

from sgd_resources.errors import ValidationFailed
from sgd_resources.thumbnails import LONGEST_SIDE_PX, thumbnail_url
from tests.fakes.confined import FakeConfinedJobs


def picture(width: int, height: int, picture_format: str) -> bytes:
    noise = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))
    out = io.BytesIO()
    noise.save(out, picture_format)
    return out.getvalue()


@pytest.mark.parametrize("picture_format", ["PNG", "JPEG", "WEBP"])
def test_even_noise_becomes_a_small_preview_of_the_same_shape(picture_format: str) -> None:
    url = thumbnail_url(picture(800, 400, picture_format), FakeConfinedJobs())
    head, _, data = url.partition(",")
    assert head == "data:image/webp;base64"
    assert len(url) <= 15_000
    with Image.open(io.BytesIO(base64.b64decode(data))) as small:
        assert small.size == (LONGEST_SIDE_PX, LONGEST_SIDE_PX // 2)


def test_bytes_that_are_no_picture_are_refused() -> None:
    with pytest.raises(ValidationFailed):
        thumbnail_url(b"no picture", FakeConfinedJobs())
