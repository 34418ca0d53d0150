"""Lays out a card that keeps every rule of its brand: logo with its clear space, legible words, the brand's colours.

What must not live here: colours that suit (`schemes.py`), drawing, or any fault.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from sgd_resources.font_shelf import font_shelf
from tests.compliance.brands.kit import LogoPicture, OrgKit
from tests.compliance.cards import words
from tests.compliance.cards.card import Box, Card, Face, Line, Photo, Placed, Shape
from tests.compliance.cards.colours import contrast
from tests.compliance.cards.photos import photo
from tests.compliance.cards.schemes import Scheme, inks, scheme, schemes
from tests.compliance.cards.space import clear_px, least_px

SIZES = (
    (300, 250), (300, 600), (320, 480), (728, 300), (600, 600), (800, 418), (1080, 1080), (1080, 1350), (1200, 628),
    (1080, 1920), (1280, 720), (1920, 1080), (970, 500), (640, 960), (1500, 1000), (2000, 1200), (1400, 2000),
    (512, 512),
)  # fmt: skip
_STATIC = ("Lato", "Poppins")
"""Families with one file per weight, which every tool sets alike."""
_FAMILIES = (*_STATIC, "Inter", "Work Sans", "Open Sans", "Source Sans 3", "Roboto", "Montserrat", "Source Serif 4")
_LEAST_TEXT_PX = 14


@dataclass(frozen=True)
class _Region:
    box: Box
    ground: str
    ink: str


def random_size(rng: random.Random) -> tuple[int, int]:
    """A usual format, or any between 300 and 2000 px."""
    if rng.random() < 0.65:
        return rng.choice(SIZES)
    while True:
        width, height = rng.randint(300, 2000), rng.randint(300, 2000)
        if 0.4 <= width / height <= 2.6:
            return width, height


def random_card(
    kit: OrgKit, rng: random.Random, *, is_chart: bool = False, size: tuple[int, int] | None = None
) -> Card | None:
    """A clean card; None where this size and logo leave no room for words, or the brand has no right pair."""
    pairs = schemes(kit)
    if not pairs:
        return None
    for _ in range(12):
        width, height = size or random_size(rng)
        card = _laid_out(kit, scheme(kit, pairs, rng), width, height, rng, is_chart=is_chart)
        if card is not None:
            return card
    return None


def _laid_out(
    kit: OrgKit, colours: Scheme, width: int, height: int, rng: random.Random, *, is_chart: bool
) -> Card | None:
    margin = max(10, round(rng.uniform(0.04, 0.07) * min(width, height)))
    sized = _logo_size(kit, colours.logo, width, height, rng)
    if sized is None:
        return None
    logo_width, logo_height = sized
    clear = round(clear_px(kit, logo_width, logo_height) * 1.12) + 3
    pad = max(clear, margin)
    band = logo_height + 2 * pad
    if band > 0.5 * height or logo_width + 2 * pad > width:
        return None
    is_top = rng.random() < 0.5
    top = 0 if is_top else height - band
    x = rng.choice((pad, width - pad - logo_width, (width - logo_width) // 2))
    placed = Placed(
        _scaled(colours.logo.image, logo_width, logo_height), (x, top + pad, x + logo_width, top + pad + logo_height),
        colours.logo_ground, clear, colours.logo.file_name,
    )  # fmt: skip
    rest = (0, band, width, height) if is_top else (0, 0, width, height - band)
    shapes: list[Shape] = []
    if colours.ground != colours.logo_ground:
        shapes.append(Shape(rest, colours.ground))
    region, photos = _split(rest, colours, margin, rng, shapes, is_chart=is_chart)
    static = is_chart
    heading, body = _face(rng, rng.choice((600, 700)), static=static), _face(rng, 400, static=static)
    lines, copy, free = _written(kit, region, heading, body, margin, rng, shapes)
    if not lines:
        return None
    shapes_before = len(shapes)
    if is_chart:
        more = _bars(kit, free, region, body, rng, shapes, len(copy))
        lines += more
        copy += [line.text for line in more]
        if len(shapes) == shapes_before:
            return None
    elif colours.accents and rng.random() < 0.7:
        _decorate(free, colours, rng, shapes)
    return Card(
        width, height, colours.logo_ground, tuple(photos), tuple(shapes), placed, tuple(lines), copy=tuple(copy)
    )


def _logo_size(kit: OrgKit, logo: LogoPicture, width: int, height: int, rng: random.Random) -> tuple[int, int] | None:
    least_w, least_h = least_px(kit) or (0.0, 0.0)
    least_h = max(least_h * 1.25, 26 if logo.aspect > 2.2 else 40)
    high = max(least_h, rng.uniform(0.06, 0.13) * height, least_w * 1.2 / logo.aspect)
    wide = high * logo.aspect
    if wide > 0.5 * width:
        wide = 0.5 * width
        high = wide / logo.aspect
    is_small = high < least_h or wide < least_w * 1.2
    return None if is_small or high > 0.34 * height else (round(wide), round(high))


def _scaled(image: Image.Image, width: int, height: int) -> Image.Image:
    return image.convert("RGBa").resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0).convert("RGBA")


def _split(
    rest: Box, colours: Scheme, margin: int, rng: random.Random, shapes: list[Shape], *, is_chart: bool
) -> tuple[_Region, list[Photo]]:
    """Where the words go, and the photographs beside or below them."""
    x0, y0, x1, y1 = rest
    kind = "none" if is_chart else rng.choice(("none", "none", "side", "stack", "panel"))
    region, photos = rest, []
    if kind == "side" and x1 - x0 > 560:
        cut = x0 + round((x1 - x0) * rng.uniform(0.35, 0.5))
        box, region = (
            ((x0, y0, cut, y1), (cut, y0, x1, y1)) if rng.random() < 0.5 else ((cut, y0, x1, y1), (x0, y0, cut, y1))
        )
        photos.append(Photo(box, photo(box[2] - box[0], box[3] - box[1], rng)))
    elif kind == "stack" and y1 - y0 > 420:
        cut = y0 + round((y1 - y0) * rng.uniform(0.35, 0.55))
        photos.append(Photo((x0, y0, x1, cut), photo(x1 - x0, cut - y0, rng)))
        region = (x0, cut, x1, y1)
    elif kind == "panel" and min(x1 - x0, y1 - y0) > 380:
        photos.append(Photo(rest, photo(x1 - x0, y1 - y0, rng)))
        inset_x, inset_y = round((x1 - x0) * rng.uniform(0.08, 0.2)), round((y1 - y0) * rng.uniform(0.08, 0.16))
        region = (x0 + inset_x, y0 + inset_y, x1 - inset_x, y1 - inset_y)
        shapes[:] = [Shape(region, colours.ground)]  # on the photograph, in place of the ground below it
    a, b, c, d = region
    return _Region((a + margin, b + margin, c - margin, d - margin), colours.ground, colours.text), photos


def _written(
    kit: OrgKit, region: _Region, heading: Face, body: Face, margin: int, rng: random.Random, shapes: list[Shape]
) -> tuple[list[Line], list[str], Box]:
    """Headline, body and call as far as there is room, and the room below them."""
    x0, y0, x1, y1 = region.box
    parts = [(rng.choice(words.HEADLINES), heading, rng.uniform(0.06, 0.1))]
    if rng.random() < 0.85:
        parts.append((rng.choice(words.BODIES), body, rng.uniform(0.032, 0.042)))
    lines: list[Line] = []
    copy: list[str] = []
    y = y0 + round(max(0, (y1 - y0)) * rng.uniform(0, 0.1))
    for text, face, share in parts:
        least = max(_LEAST_TEXT_PX, margin * 0.42) * (1.6 if face is heading else 1.0)
        size = round(max(least, share * min(x1 - x0 + 2 * margin, (y1 - y0) * 1.6)))
        set_lines, bottom = _set(text, face, size, region, x0, y, x1, len(copy))
        if not set_lines or bottom > y1:
            break
        lines += set_lines
        copy.append(text)
        y = bottom + round(size * 0.7)
    call = (
        _call(kit, region, body, x0, y, x1, y1, rng, shapes, len(copy), margin * 0.42)
        if copy and rng.random() < 0.6
        else None
    )
    if call is not None:
        lines.append(call[0])
        copy.append(call[0].text)
        y = call[1]
    return lines, copy, (x0, min(y + margin // 2, y1), x1, y1)


def _set(
    text: str, face: Face, size: int, region: _Region, x0: int, y: int, x1: int, part: int
) -> tuple[list[Line], int]:
    """A text broken to a width; nothing where one word is too long."""
    font = face.at(size)
    rows: list[str] = []
    for word in text.split():
        joined = f"{rows[-1]} {word}" if rows else word
        if rows and font.getlength(joined) <= x1 - x0:
            rows[-1] = joined
        elif font.getlength(word) <= x1 - x0:
            rows.append(word)
        else:
            return [], y
    step = round(size * 1.28)
    lines = [Line(row, x0, y + n * step, size, region.ink, region.ground, face, part) for n, row in enumerate(rows)]
    return lines, y + len(rows) * step


def _call(
    kit: OrgKit, region: _Region, face: Face, x0: int, y: int, x1: int, y1: int, rng: random.Random,
    shapes: list[Shape], part: int, least: float,
) -> tuple[Line, int] | None:  # fmt: skip
    """A line on a button, and where the button ends."""
    fills = [h for h in kit.palette if contrast(h, region.ground) >= 1.6 and inks(kit, h)]
    text, size = rng.choice(words.CALLS), round(max(_LEAST_TEXT_PX + 1, least, 0.038 * min(x1 - x0, (y1 - y) * 3)))
    wide = round(face.at(size).getlength(text))
    pad_x, pad_y = round(size * 0.9), round(size * 0.5)
    box = (x0, y, x0 + wide + 2 * pad_x, y + round(size * 1.3) + 2 * pad_y)
    if not fills or box[2] > x1 or box[3] > y1:
        return None
    fill = rng.choice(fills)
    shapes.append(Shape(box, fill))
    return Line(text, x0 + pad_x, y + pad_y, size, rng.choice(inks(kit, fill)), fill, face, part), box[3]


def _decorate(free: Box, colours: Scheme, rng: random.Random, shapes: list[Shape]) -> None:
    """A few plain forms in the room that is left."""
    x0, y0, x1, y1 = free
    if min(x1 - x0, y1 - y0) < 40:
        return
    for _ in range(rng.randint(1, 4)):
        side = round(min(x1 - x0, y1 - y0) * rng.uniform(0.3, 0.95))
        wide = min(x1 - x0, round(side * rng.choice((1, 1, 2, 3))))
        x, y = rng.randint(x0, x1 - wide), rng.randint(y0, y1 - side)
        is_round = rng.random() < 0.4
        shapes.append(Shape((x, y, x + (side if is_round else wide), y + side), rng.choice(colours.accents), is_round))


def _bars(
    kit: OrgKit, free: Box, region: _Region, face: Face, rng: random.Random, shapes: list[Shape], part: int
) -> list[Line]:
    """Bars on a base line, each with its label; nothing where there is no room."""
    x0, y0, x1, y1 = free
    size = max(_LEAST_TEXT_PX, round(0.02 * (x1 - x0)))
    names = rng.sample(words.LABELS, rng.randint(3, 5))
    step = (x1 - x0) / len(names)
    font = face.at(size)
    base = y1 - round(size * 1.7)
    if base - y0 < 60 or max(font.getlength(name) for name in names) > step * 0.92:
        return []
    fills: Sequence[str] = [h for h in kit.palette if contrast(h, region.ground) >= 1.5] or [region.ink]
    several = rng.random() < 0.5
    fill = rng.choice(fills)
    lines = []
    for number, name in enumerate(names):
        left = round(x0 + number * step + step * 0.14)
        high = round((base - y0) * rng.uniform(0.25, 1.0))
        shapes.append(
            Shape((left, base - high, round(left + step * 0.7), base), rng.choice(fills) if several else fill)
        )
        lines.append(Line(name, left, base + round(size * 0.25), size, region.ink, region.ground, face, part + number))
    return lines


def _face(rng: random.Random, weight: int, *, static: bool) -> Face:
    family = font_shelf().family(rng.choice(_STATIC if static else _FAMILIES))
    assert family is not None
    return Face(family.nearest_file(weight, is_italic=False).path, weight)


def plain_face(rng: random.Random) -> Face:
    """A text face that every tool sets alike."""
    return _face(rng, 400, static=True)
