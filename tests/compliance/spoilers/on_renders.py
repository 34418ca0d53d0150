"""The product's own renders spoiled in their pixels, or drawn with other words. `OwnRender -> (image, Verdict, note)`.

Only the plan that comes with a render says where things are; words are found by their colour. What must not live here:
the product's scene or any measure of it.
"""

import random
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.compliance.cards import words
from tests.compliance.cards.card import Box, meets
from tests.compliance.cards.colours import contrast, difference, far_from, hex_of, mixed, rgb, turned
from tests.compliance.cards.layout import plain_face
from tests.compliance.cards.photos import photo
from tests.compliance.cards.schemes import contrast_share
from tests.compliance.cards.space import clear_px, has_clear_space, least_px
from tests.compliance.case import Verdict
from tests.compliance.renders.own import OwnRender, with_words
from tests.compliance.spoilers import logo_art
from tests.compliance.spoilers.spoiled import ALTERED_LOGO, must

RenderSpoiled = tuple[Image.Image, Verdict, str]
RenderSpoiler = Callable[[OwnRender, random.Random], RenderSpoiled | None]
_SAME = 40  # of 255 in any channel: the colour of a drawn form, with a lossy format's grain


def off_palette_block(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """A rectangle far outside the palette on a flat part."""
    image = render.image.copy()
    area = image.width * image.height
    for _ in range(400):
        share, ratio = rng.uniform(0.01, 0.2), rng.uniform(0.4, 2.5)
        wide, high = round((area * share * ratio) ** 0.5), round((area * share / ratio) ** 0.5)
        box = _random_box(image, wide, high, rng)
        if box is None or meets(box, render.logo_box, gap=_kept(render)) or not _is_flat(image, box):
            continue
        colour = far_from(_allowed(render), rng)
        ImageDraw.Draw(image).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=colour)
        return image, must("palette", "proportions"), f"{colour} on {share:.1%}"
    return None


def off_palette_tint(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """All forms of one colour in a near one outside the palette; ground and logo stay."""
    pixels = np.asarray(render.image).copy()
    spared = _outside(pixels, render.logo_box)
    for colour in rng.sample(render.plan.palette_hex, len(render.plan.palette_hex)):
        if colour in (render.plan.background_hex, render.logo_ground, render.plan.text_hex):
            continue
        mask = _near(pixels, colour) & spared
        if mask.mean() < 0.015:
            continue
        other = turned(colour, _allowed(render), rng)
        if other is None:
            continue
        pixels[mask] = np.clip(pixels[mask].astype(int) - rgb(colour) + rgb(other), 0, 255)
        return Image.fromarray(pixels), must("palette", "contrast", "proportions"), f"{colour} -> {other}"
    return None


def low_contrast(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """The words fade into their ground."""
    ink, ground = render.plan.text_hex, render.plan.background_hex
    if ink is None or ground is None or ink in render.plan.art_hex or contrast(ink, ground) < 3:
        return None
    pixels = np.asarray(render.image).astype(float)
    toward = np.array(rgb(ink), float) - rgb(ground)
    along = ((pixels - rgb(ground)) @ toward) / float(toward @ toward)
    off_line = np.abs(pixels - (np.array(rgb(ground)) + along[..., None] * toward)).max(axis=2)
    mask = (along > 0.04) & (off_line < 30) & _outside(pixels, render.logo_box)
    if not 0.002 < mask.mean() < 0.2:
        return None
    aim = rng.uniform(1.3, 2.1)
    share = next(n / 50 for n in range(1, 51) if contrast(mixed(ground, ink, n / 50), ground) >= aim)
    pixels[mask] = np.array(rgb(ground)) + (along[mask] * share)[:, None] * toward
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return image, must("contrast", "text", "palette", "text_size"), f"contrast {aim:.2f}"


def misspelt_word(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """The same plan drawn with a mistake in one word."""
    part = rng.choice([p for p in ("headline", "body") if words.long_words(getattr(render.plan, p) or "")] or [""])
    if not part:
        return None
    text = getattr(render.plan, part)
    word = rng.choice(words.long_words(text))
    wrong = words.misspelt(word, rng)
    image = with_words(render, **{part: text.replace(word, wrong, 1)})
    return (image, must("text"), f"{word} -> {wrong}") if image is not None else None


def missing_word(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """The same plan drawn without one word."""
    part = rng.choice([p for p in ("headline", "body") if len((getattr(render.plan, p) or "").split()) > 2] or [""])
    if not part:
        return None
    left = getattr(render.plan, part).split()
    gone = left.pop(rng.randrange(len(left)))
    image = with_words(render, **{part: " ".join(left)})
    return (image, must("text"), f"without {gone}") if image is not None else None


def stray_text(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """Words that nobody asked for, set on a flat part in the colour of the others."""
    image = render.image.copy()
    face, size = plain_face(rng), max(16, round(min(image.size) * rng.uniform(0.025, 0.045)))
    text = rng.choice(words.STRAY)
    wide, high = round(face.at(size).getlength(text)) + 8, round(size * 1.4)
    for _ in range(400):
        box = _random_box(image, wide, high, rng)
        if box is None or meets(box, render.logo_box, gap=_kept(render)) or not _is_flat(image, box):
            continue
        ground = hex_of(image.getpixel(box[:2]))  # type: ignore[arg-type]  # three channels of an RGB picture
        ink = next(
            (h for h in (*render.plan.palette_hex, *render.plan.neutral_hex) if contrast(h, ground) >= 4.7), None
        )
        if ink is None:
            continue
        ImageDraw.Draw(image).text((box[0] + 4, box[1]), text, fill=ink, font=face.at(size))
        return image, must("text"), f"stray: {text}"
    return None


def text_cut(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """Everything is shifted until the words run out of the picture; the ground goes on where it came from."""
    ink, ground = render.plan.text_hex, render.plan.background_hex
    if ink is None or ground is None or ink in render.plan.art_hex:
        return None
    pixels = np.asarray(render.image)
    mask = _near(pixels, ink) & _outside(pixels, render.logo_box)
    if mask.sum() < 50:
        return None
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    wide = int(columns[-1] - columns[0])
    if rng.random() < 0.5:
        shift = (-int(columns[0]) - round(wide * rng.uniform(0.08, 0.25)), 0)
    else:
        shift = (render.image.width - int(columns[-1]) + round(wide * rng.uniform(0.08, 0.25)), 0)
    made = Image.new("RGB", render.image.size, ground)
    made.paste(render.image, shift)
    if len(rows) == 0:
        return None
    may = ("text", *ALTERED_LOGO, "logo_crop", "logo_obstructed", "proportions", "palette", "contrast", "duplicate")
    return made, must("text_cut", *may), f"shifted by {shift[0]}"


def logo_stretched(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards."""
    image, note = logo_art.stretched(_art(render), rng)
    return _pasted(render, image), must("logo_stretch", *ALTERED_LOGO), note


def logo_rotated(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards."""
    x0, y0, x1, y1 = render.logo_box
    grow = round(_kept(render) * 0.8)
    image, note = logo_art.rotated(_art(render), rng, (x1 - x0 + 2 * grow, y1 - y0 + 2 * grow))
    return _pasted(render, image), must("logo_rotation", *ALTERED_LOGO, "logo_stretch", "text"), note


def logo_recoloured(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards."""
    made = logo_art.recoloured(_art(render), render.kit, render.logo_ground, rng)
    if made is None:
        return None
    return _pasted(render, made[0]), must("logo_colour", "palette", "logo_missing", "logo_ground"), made[1]


def logo_cropped(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards."""
    image, offset, note = logo_art.cropped(_art(render), rng)
    x, y = render.logo_box[0] + offset[0], render.logo_box[1] + offset[1]
    made = _erased(render)
    made.paste(image, (x, y), image)
    return made, must("logo_crop", *ALTERED_LOGO, "logo_obstructed", "logo_stretch"), note


def logo_obstructed(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards."""
    x0, y0, x1, y1 = render.logo_box
    wide, high = round((x1 - x0) * rng.uniform(0.2, 0.4)), round((y1 - y0) * rng.uniform(0.55, 1.2))
    colours = [h for h in render.plan.palette_hex if difference(h, render.logo_ground) > 12]
    if not colours:
        return None
    x, y = rng.randint(x0, x1 - wide), rng.randint(y0 - high // 6, max(y0, y1 - high))
    image = render.image.copy()
    ImageDraw.Draw(image).rectangle((x, y, x + wide, y + high), fill=rng.choice(colours))
    return image, must("logo_obstructed", *ALTERED_LOGO, "logo_crop", "logo_colour"), f"{wide}x{high} covered"


def logo_missing(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards."""
    return _erased(render), must("logo_missing"), "no logo"


def logo_small(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards."""
    least = least_px(render.kit)
    art = _art(render)
    if least is None:
        return None
    factor = max(least[0] / art.width, least[1] / art.height) * rng.uniform(0.45, 0.75)
    if factor >= 0.95 or art.height * factor < 9:
        return None
    image = logo_art.scaled(render.logo.image, round(art.width * factor), round(art.height * factor))
    return _pasted(render, image), must("logo_size", "logo_missing"), f"{image.width}x{image.height}"


def clear_space_crowded(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards."""
    x0, y0, x1, y1 = render.logo_box
    asked = clear_px(render.kit, x1 - x0, y1 - y0)
    gap = max(3, round(asked * rng.uniform(0.08, 0.4)))
    colours = [h for h in render.plan.palette_hex if contrast(h, render.logo_ground) >= 1.7]
    if not has_clear_space(render.kit) or asked - gap < 5 or not colours:
        return None
    side = round((y1 - y0) * rng.uniform(0.5, 0.9))
    boxes = [(x0, y0 - gap - side, x0 + side, y0 - gap), (x0, y1 + gap, x0 + side, y1 + gap + side),
             (x0 - gap - side, y0, x0 - gap, y0 + side), (x1 + gap, y0, x1 + gap + side, y0 + side)]  # fmt: skip
    image = render.image.copy()
    inside = [b for b in boxes if b[0] >= 0 and b[1] >= 0 and b[2] <= image.width and b[3] <= image.height]
    free = [b for b in inside if _is_flat(image, b)]
    if not free:
        return None
    ImageDraw.Draw(image).rectangle(rng.choice(free), fill=rng.choice(colours))
    return image, must("clear_space", "logo_obstructed"), f"{gap} px of {asked:.0f} px"


def logo_bad_ground(render: OwnRender, rng: random.Random) -> RenderSpoiled | None:
    """As on cards: the logo's surroundings get another colour or a photograph."""
    x0, y0, x1, y1 = render.logo_box
    pad = round(_kept(render) * 0.9)
    box = (max(0, x0 - pad), max(0, y0 - pad), min(render.image.width, x1 + pad), min(render.image.height, y1 + pad))
    may = ("logo_missing", "palette", "logo_colour", "logo_obstructed", "clear_space", "contrast", "proportions")
    image = render.image.copy()
    if rng.random() < 0.4:
        image.paste(photo(box[2] - box[0], box[3] - box[1], rng), box[:2])
        note = "on a photograph"
    else:
        own = [
            mixed(c, rng.choice(("#FFFFFF", "#000000")), rng.uniform(0.05, 0.2))
            for c in logo_art.dominant(render.logo.image)[:2]
        ]
        ground = next(
            (g for g in (*own, *render.kit.palette) if contrast_share(render.logo, g, least=1.8) <= 0.35), None
        )
        if ground is None:
            return None
        image.paste(ground, box)
        note = f"on {ground}"
    art = _art(render)
    image.paste(art, (x0, y0), art)
    return image, must("logo_ground", *may), note


RENDER_SPOILERS: dict[str, RenderSpoiler] = {
    spoiler.__name__: spoiler
    for spoiler in (
        off_palette_block, off_palette_tint, low_contrast, misspelt_word, missing_word, stray_text, text_cut,
        logo_stretched, logo_rotated, logo_recoloured, logo_cropped, logo_obstructed, logo_missing, logo_small,
        clear_space_crowded, logo_bad_ground,
    )
}  # fmt: skip


def _allowed(render: OwnRender) -> tuple[str, ...]:
    return (*render.kit.palette, *render.plan.neutral_hex, "#FFFFFF", "#000000")


def _kept(render: OwnRender) -> int:
    """What is surely free around the logo: what the canon asks, or a little."""
    x0, y0, x1, y1 = render.logo_box
    return max(4, round(clear_px(render.kit, x1 - x0, y1 - y0)))


def _art(render: OwnRender) -> Image.Image:
    """The logo at the size that it has on the picture."""
    x0, y0, x1, y1 = render.logo_box
    return logo_art.scaled(render.logo.image, x1 - x0, y1 - y0)


def _erased(render: OwnRender) -> Image.Image:
    x0, y0, x1, y1 = render.logo_box
    image = render.image.copy()
    image.paste(render.logo_ground, (x0 - 2, y0 - 2, x1 + 2, y1 + 2))
    return image


def _pasted(render: OwnRender, art: Image.Image) -> Image.Image:
    x0, y0, x1, y1 = render.logo_box
    made = _erased(render)
    made.paste(art, ((x0 + x1 - art.width) // 2, (y0 + y1 - art.height) // 2), art)
    return made


def _near(pixels: NDArray[np.uint8], hex_value: str) -> NDArray[np.bool_]:
    away: NDArray[np.bool_] = np.abs(pixels.astype(np.int16) - np.array(rgb(hex_value), np.int16)).max(axis=2) <= _SAME
    return away


def _outside(pixels: NDArray[np.generic], box: Box) -> NDArray[np.bool_]:
    mask = np.ones(pixels.shape[:2], bool)
    mask[max(0, box[1] - 3) : box[3] + 3, max(0, box[0] - 3) : box[2] + 3] = False
    return mask


def _random_box(image: Image.Image, wide: int, high: int, rng: random.Random) -> Box | None:
    if wide >= image.width or high >= image.height:
        return None
    x, y = rng.randint(0, image.width - wide), rng.randint(0, image.height - high)
    return x, y, x + wide, y + high


def _is_flat(image: Image.Image, box: Box) -> bool:
    """Whether nothing is drawn there: one colour but for a lossy format's grain."""
    cut = np.asarray(image.crop(box)).reshape(-1, 3)
    return bool(np.ptp(np.percentile(cut, (0.2, 99.8), axis=0), axis=0).max() < 16)
