"""A logo as a picture, spoiled: stretched, turned, recoloured, cut. `RGBA -> RGBA or None`.

Used for cards and for the product's own renders alike. What must not live here: where it is put.
"""

import random

import numpy as np
from PIL import Image

from tests.compliance.brands.kit import OrgKit
from tests.compliance.cards.colours import contrast, difference, far_from, hex_of

_SOLID = 0.6  # of its box: more ink is a plate with something on it, and in one colour nothing of it is left
_LEAST_CHANGE = 16.0  # CIEDE2000 between the mean of the ink before and after


def stretched(image: Image.Image, rng: random.Random) -> tuple[Image.Image, str]:
    """One side shrunk by 13 to 40 percent."""
    factor = rng.uniform(0.6, 0.87)
    is_wide = rng.random() < 0.5
    size = (round(image.width * factor), image.height) if is_wide else (image.width, round(image.height * factor))
    return scaled(image, *size), f"{'width' if is_wide else 'height'} x {factor:.2f}"


def rotated(image: Image.Image, rng: random.Random, room: tuple[int, int]) -> tuple[Image.Image, str]:
    """Turned by 6 to 35 degrees, or by a quarter or half turn, and made to fit a room."""
    angle = rng.choice((90.0, 180.0, 270.0)) if rng.random() < 0.25 else rng.choice((-1, 1)) * rng.uniform(6, 35)
    turned = image.convert("RGBa").convert("RGBA").rotate(angle, Image.Resampling.BICUBIC, expand=True)
    factor = min(1.0, room[0] / turned.width, room[1] / turned.height)
    return scaled(turned, round(turned.width * factor), round(turned.height * factor)), f"turned by {angle:.0f} degrees"


def recoloured(image: Image.Image, kit: OrgKit, ground: str, rng: random.Random) -> tuple[Image.Image, str] | None:
    """All ink in one colour that no variant has, or all hues turned; None where the change would not show."""
    covered = float((np.asarray(image.getchannel("A")) > 128).mean())
    for _ in range(40):
        if covered < _SOLID and rng.random() < 0.6:
            colours = [*kit.palette, far_from((*kit.palette, ground), rng)]
            colour = rng.choice(colours)
            made, note = _flat(image, colour), f"all ink {colour}"
        else:
            turn = rng.uniform(0.16, 0.84)
            made, note = _hue_turned(image, turn), f"hues turned by {turn * 360:.0f} degrees"
        mean = _mean_ink(made)
        differs = all(_change(made, variant.image) >= _LEAST_CHANGE for variant in kit.logos) and (
            difference(mean, _mean_ink(image)) >= _LEAST_CHANGE or _change(made, image) >= _LEAST_CHANGE
        )
        if differs and contrast(mean, ground) >= 2.6:
            return made, note
    return None


def cropped(image: Image.Image, rng: random.Random) -> tuple[Image.Image, tuple[int, int], str]:
    """The picture without a part at one side, where the rest goes in its box, and what was cut."""
    side = rng.choice(("right", "top", "bottom", "left"))
    share = (
        rng.uniform(0.12, 0.4)
        if side == "right"
        else rng.uniform(0.05, 0.14)
        if side == "left"
        else rng.uniform(0.22, 0.45)
    )
    if side == "left" and image.width < image.height * 2:
        share = rng.uniform(0.2, 0.45)
    w, h = image.size
    dx, dy = round(w * share), round(h * share)
    box = {"right": (0, 0, w - dx, h), "left": (dx, 0, w, h), "top": (0, dy, w, h), "bottom": (0, 0, w, h - dy)}[side]
    return image.crop(box), box[:2], f"{share:.0%} cut at the {side}"


def scaled(image: Image.Image, width: int, height: int) -> Image.Image:
    """Lanczos with premultiplied alpha."""
    return image.convert("RGBa").resize((max(1, width), max(1, height)), Image.Resampling.LANCZOS).convert("RGBA")


def dominant(image: Image.Image) -> list[str]:
    """The colours of the ink, most frequent first."""
    pixels = np.asarray(image.resize((120, max(1, round(120 * image.height / image.width)))))
    ink = pixels[pixels[..., 3] > 200][:, :3] // 24 * 24 + 12
    values, counts = np.unique(ink, axis=0, return_counts=True)
    return [hex_of(values[n].tolist()) for n in np.argsort(-counts)[:4]]


def _flat(image: Image.Image, colour: str) -> Image.Image:
    made = Image.new("RGBA", image.size, colour)
    made.putalpha(image.getchannel("A"))
    return made


def _hue_turned(image: Image.Image, turn: float) -> Image.Image:
    pixels = np.asarray(image).copy()
    hsv = np.asarray(Image.fromarray(pixels[..., :3]).convert("HSV")).copy()
    hsv[..., 0] = (hsv[..., 0].astype(int) + round(turn * 255)) % 256
    pixels[..., :3] = np.asarray(Image.fromarray(hsv, "HSV").convert("RGB"))
    return Image.fromarray(pixels, "RGBA")


def _mean_ink(image: Image.Image) -> str:
    pixels = np.asarray(image, dtype=float)
    ink = pixels[pixels[..., 3] > 200][:, :3]
    return hex_of(ink.mean(axis=0).tolist()) if len(ink) else "#000000"


def _change(first: Image.Image, second: Image.Image) -> float:
    """Mean CIEDE2000 over a coarse grid of ink pixels of two pictures of one drawing."""
    size = (40, 16)
    a, b = (np.asarray(one.resize(size), dtype=float) for one in (first, second))
    both = (a[..., 3] > 128) & (b[..., 3] > 128)
    pairs = list(zip(a[both][:, :3], b[both][:, :3], strict=True))[:120]
    if not pairs:
        return 100.0
    return sum(difference(hex_of(x.tolist()), hex_of(y.tolist())) for x, y in pairs) / len(pairs)
