import io

import pytest
from PIL import Image

from sgd_resources.sealing.look import look_of, pixels_apart
from tests.sgd_resources.sealing.pictures import picture


def _saved_anew(data: bytes, picture_format: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").save(out, picture_format, **options)
    return out.getvalue()


def _bits_apart(first: int | None, second: int | None) -> int:
    assert first is not None
    assert second is not None
    return ((first ^ second) & (1 << 64) - 1).bit_count()


@pytest.mark.parametrize("quality", [35, 60, 90])
def test_a_picture_saved_anew_still_looks_the_same(quality: int) -> None:
    plain = picture(size=(480, 320))
    again = _saved_anew(plain, "JPEG", quality=quality)
    assert _bits_apart(look_of(plain), look_of(again)) <= 6
    apart = pixels_apart(plain, again)
    assert apart is not None
    assert apart < 3


def test_another_picture_looks_different() -> None:
    other = _saved_anew(picture(), "PNG")
    turned = io.BytesIO()
    Image.open(io.BytesIO(other)).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(turned, "PNG")
    assert _bits_apart(look_of(picture()), look_of(turned.getvalue())) > 12
    apart = pixels_apart(picture(), turned.getvalue())
    assert apart is not None
    assert apart > 10


def test_what_is_no_picture_has_no_look() -> None:
    assert look_of(b"%PDF-1.7") is None
    assert pixels_apart(b"nothing", picture()) is None
