"""A finished picture spoiled as a file, or asked for wrongly. `picture, question -> picture, question, Verdict, note`.

What must not live here: what is drawn.
"""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from tests.compliance.case import MediaFormat, Verdict
from tests.compliance.spoilers.spoiled import Question, must

FileSpoiled = tuple[Image.Image, Question, Verdict, str]
FileSpoiler = Callable[[Image.Image, Question, random.Random], FileSpoiled]

_SOFT = ("text", "text_size", "contrast", "palette", "logo_missing", "logo_colour", "logo_obstructed", "logo_crop",
         "logo_ground", "clear_space", "logo_stretch", "text_cut", "proportions")  # fmt: skip
"""What may seem wrong too where nothing is sharp any more."""
_ENCODERS: dict[str, str] = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}


def jpeg_artefacts(image: Image.Image, question: Question, rng: random.Random) -> FileSpoiled:
    """Blocks and fringes of a very low quality, once or several times."""
    quality = rng.randint(4, 16)
    for _ in range(rng.randint(1, 3)):
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=quality, subsampling=rng.choice((0, 2)))
        image = Image.open(out).convert("RGB")
    return image, question, must("artefacts", "blur", *_SOFT), f"quality {quality}"


def blurred(image: Image.Image, question: Question, rng: random.Random) -> FileSpoiled:
    """Out of focus, or enlarged from a small picture."""
    short = min(image.size)
    if rng.random() < 0.5:
        radius = max(2.2, short * rng.uniform(0.003, 0.008))
        made, note = image.filter(ImageFilter.GaussianBlur(radius)), f"radius {radius:.1f}"
    else:
        factor = rng.uniform(4, 7)
        small = image.resize(
            (max(8, round(image.width / factor)), max(8, round(image.height / factor))), Image.Resampling.BOX
        )
        made, note = small.resize(image.size, Image.Resampling.BICUBIC), f"enlarged {factor:.1f} times"
    return made, question, must("blur", "artefacts", *_SOFT), note


def wrong_size(image: Image.Image, question: Question, rng: random.Random) -> FileSpoiled:
    """Another size was asked for."""
    width, height = image.size
    asked = rng.choice((
        (height, width), (width + rng.randint(4, 200), height), (width, height + rng.randint(4, 200)),
        (round(width * rng.choice((0.5, 0.75, 1.25, 2))), round(height * rng.choice((0.5, 0.75, 1.25, 2)))),
    ))  # fmt: skip
    if asked == (width, height):
        asked = (width + 24, height)
    return image, question.asking(size=asked), must("dimensions"), f"asked {asked[0]}x{asked[1]}"


def wrong_format(image: Image.Image, question: Question, rng: random.Random) -> FileSpoiled:
    """Another format was asked for; the true one is told by `encoded` later, so any but that one is asked."""
    return image, question, must("format"), "another format"


def duplicate(image: Image.Image, question: Question, rng: random.Random) -> FileSpoiled:
    """The org has nearly the same picture already: coded anew, scaled, or with a small mark."""
    kind = rng.choice(("coded", "scaled", "marked"))
    other = image.convert("RGB")
    if kind == "scaled":
        factor = rng.uniform(0.6, 1.4)
        other = other.resize((round(other.width * factor), round(other.height * factor)), Image.Resampling.LANCZOS)
    elif kind == "marked":
        other = other.copy()
        side = max(4, min(other.size) // 60)
        x, y = rng.randint(0, other.width - side), rng.randint(0, other.height - side)
        ImageDraw.Draw(other).rectangle((x, y, x + side, y + side), fill=other.getpixel((0, 0)))
    data = encoded(other, rng.choice(("png", "jpg")), rng)
    return image, question.asking(others=(*question.others, data)), must("duplicate"), kind


FILE_SPOILERS: dict[str, FileSpoiler] = {
    "jpeg_artefacts": jpeg_artefacts,
    "blurred": blurred,
    "wrong_size": wrong_size,
    "wrong_format": wrong_format,
    "duplicate": duplicate,
}


def encoded(image: Image.Image, media_format: MediaFormat, rng: random.Random) -> bytes:
    """File bytes: PNG, JPEG of quality 60 to 95, WebP of the same or lossless."""
    out = io.BytesIO()
    if media_format == "png":
        image.save(out, "PNG", compress_level=3)
    elif media_format == "jpg":
        image.convert("RGB").save(out, "JPEG", quality=rng.randint(60, 95), subsampling=rng.choice((0, 2)))
    else:
        image.save(out, "WEBP", quality=rng.randint(60, 95), lossless=rng.random() < 0.2, method=2)
    return out.getvalue()
