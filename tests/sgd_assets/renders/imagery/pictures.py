"""Made-up pictures: what a camera, a drawing hand, a logo tool and a screen give, without any of them."""

import io
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Pixels = NDArray[np.uint8]


@cache
def photo(width: int = 960, height: int = 640, *, subject: tuple[float, float] = (0.5, 0.5), seed: int = 1) -> bytes:
    """Soft light, sensor noise, and a round subject in a strong colour; `subject` in shares of the frame."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    light = 90 + 70 * np.sin(x / width * 3.1) * np.cos(y / height * 2.3) + 40 * y / height
    base = np.stack([light * 0.7, light * 0.95, light * 1.05], axis=2)
    for scale in (6, 17, 41):
        coarse = rng.normal(0, 14, (height // scale + 2, width // scale + 2, 3))
        base += np.kron(coarse, np.ones((scale, scale, 1)))[:height, :width]
    reach = np.hypot(x - subject[0] * width, y - subject[1] * height) / (0.11 * min(width, height))
    base[reach < 1] = np.array([216, 84, 48]) + (1 - reach[reach < 1])[:, None] * 40
    base += rng.normal(0, 5, base.shape)
    return _jpeg(base.clip(0, 255).astype(np.uint8))


@cache
def still_life(width: int = 960, height: int = 640, *, subject: tuple[float, float] = (0.5, 0.5)) -> bytes:
    """One strong subject before a soft, slightly noisy backdrop."""
    rng = np.random.default_rng(3)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    light = 150 + 30 * np.sin(x / width * 2.1) + 20 * y / height
    base = np.stack([light * 0.9, light, light * 1.02], axis=2) + rng.normal(0, 2, (height, width, 3))
    reach = np.hypot(x - subject[0] * width, y - subject[1] * height) / (0.12 * min(width, height))
    base[reach < 1] = np.array([206, 74, 38]) + (1 - reach[reach < 1])[:, None] * 50
    return _jpeg(base.clip(0, 255).astype(np.uint8))


@cache
def wall_photo(width: int = 960, height: int = 640) -> bytes:
    """A subject before a plain, slightly uneven wall."""
    picture = np.asarray(Image.open(io.BytesIO(photo(width, height))).convert("RGB")).copy()
    wall = np.linspace(222, 238, width)[None, : int(width * 0.45), None]
    picture[:, : int(width * 0.45)] = np.broadcast_to(wall, (height, int(width * 0.45), 3)).astype(np.uint8)
    return _jpeg(picture)


@cache
def illustration(width: int = 960, height: int = 720) -> bytes:
    """Hills in graded colours under a sun: many colours, no noise, nothing to read."""
    image = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(image)
    for row in range(height):
        pen.line(
            (0, row, width, row), fill=(40 + row * 160 // height, 90 + row * 90 // height, 190 - row * 80 // height)
        )
    pen.ellipse((width * 0.6, height * 0.1, width * 0.8, height * 0.1 + width * 0.2), fill=(250, 196, 84))
    for number in range(7):
        top, shade = height * (0.4 + 0.08 * number), 30 + number * 24
        points = [(x, top + 50 * np.sin(x / 90 + number * 1.3)) for x in range(0, width + 20, 20)]
        pen.polygon([*points, (width, height), (0, height)], fill=(shade, 90 + number * 16, 140 - number * 14))
    return _png(image)


def logo() -> bytes:
    """A mark on transparency."""
    image = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((80, 80, 520, 520), fill=(20, 90, 200, 255))
    pen.rectangle((250, 180, 350, 420), fill=(255, 255, 255, 255))
    return _png(image)


def swatches() -> bytes:
    """Six colour fields on white."""
    image = Image.new("RGB", (900, 600), "#FFFFFF")
    pen = ImageDraw.Draw(image)
    for number, colour in enumerate(("#123456", "#E4572E", "#17BEBB", "#FFC914", "#2E282A", "#76B041")):
        x, y = 40 + number % 3 * 290, 40 + number // 3 * 280
        pen.rectangle((x, y, x + 240, y + 240), fill=colour)
    return _png(image)


@cache
def page_of_text() -> bytes:
    """A screen or guide page: a bar, and lines of dark strokes on white."""
    image = Image.new("RGB", (1200, 900), "#FFFFFF")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 1200, 110), fill="#1F3A5F")
    for row in range(22):
        for column in range(130):
            if (row * 7 + column * 3) % 11:
                pen.rectangle((60 + column * 8, 150 + row * 33, 64 + column * 8, 166 + row * 33), fill="#222222")
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _jpeg(pixels: Pixels) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=90)
    return out.getvalue()
