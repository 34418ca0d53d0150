"""The logo of a card spoiled before the card is drawn. `Card -> (Card, Verdict, note) or None`.

What must not live here: changes of the logo's picture (`logo_art.py`).
"""

import random
from dataclasses import replace

from PIL import Image

from tests.compliance.brands.kit import LogoPicture, OrgKit
from tests.compliance.cards.card import Box, Card, Photo, Placed, Shape, meets
from tests.compliance.cards.colours import contrast, difference, mixed
from tests.compliance.cards.photos import photo
from tests.compliance.cards.schemes import contrast_share
from tests.compliance.cards.space import clear_px, has_clear_space, least_px
from tests.compliance.spoilers import logo_art
from tests.compliance.spoilers.on_cards import CardSpoiler, Spoiled
from tests.compliance.spoilers.spoiled import ALTERED_LOGO, must


def logo_stretched(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """The logo's sides are no longer as they were to one another."""
    if card.logo is None:
        return None
    image, note = logo_art.stretched(card.logo.image, rng)
    return _with_logo(card, _centred(card.logo, image)), must("logo_stretch", *ALTERED_LOGO), note


def logo_rotated(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """The logo is turned."""
    if card.logo is None or _picture(card, kit).plate_hex is not None:
        return None
    x0, y0, x1, y1 = card.logo.box
    grow = round(card.logo.clear_px * 0.9)
    image, note = logo_art.rotated(card.logo.image, rng, (x1 - x0 + 2 * grow, y1 - y0 + 2 * grow))
    verdict = must("logo_rotation", *ALTERED_LOGO, "logo_stretch", "text")
    return _with_logo(card, _centred(card.logo, image)), verdict, note


def logo_recoloured(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """The logo has colours that are not its own."""
    if card.logo is None or _picture(card, kit).plate_hex is not None:
        return None
    made = logo_art.recoloured(card.logo.image, kit, card.logo.ground, rng)
    if made is None:
        return None
    verdict = must("logo_colour", "palette", "logo_missing", "logo_ground")
    return _with_logo(card, replace(card.logo, image=made[0])), verdict, made[1]


def logo_cropped(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """A part of the logo is cut off."""
    if card.logo is None:
        return None
    image, (dx, dy), note = logo_art.cropped(card.logo.image, rng)
    x, y = card.logo.box[0] + dx, card.logo.box[1] + dy
    placed = replace(card.logo, image=image, box=(x, y, x + image.width, y + image.height))
    return _with_logo(card, placed), must("logo_crop", *ALTERED_LOGO, "logo_obstructed", "logo_stretch"), note


def logo_obstructed(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """Something lies over a part of the logo."""
    if card.logo is None:
        return None
    x0, y0, x1, y1 = card.logo.box
    wide, high = x1 - x0, y1 - y0
    colours = [h for h in kit.palette if difference(h, card.logo.ground) > 12]
    if not colours:
        return None
    cover_w = round(wide * rng.uniform(0.2, 0.4))
    cover_h = round(high * rng.uniform(0.55, 1.3))
    x = rng.randint(x0 - cover_w // 4, x1 - cover_w + cover_w // 4)
    y = rng.randint(y0 - cover_h // 5, max(y0, y1 - cover_h + cover_h // 5))
    over = Shape((x, y, x + cover_w, y + cover_h), rng.choice(colours))
    verdict = must("logo_obstructed", *ALTERED_LOGO, "logo_crop", "logo_colour")
    return card.changed(over=(*card.over, over)), verdict, f"{cover_w}x{cover_h} of {wide}x{high} covered"


def logo_missing(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """There is no logo."""
    return (card.changed(logo=None), must("logo_missing"), "no logo") if card.logo is not None else None


def logo_small(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """The logo is smaller than the guide allows."""
    least = least_px(kit)
    if card.logo is None or least is None:
        return None
    width, height = card.logo.image.size
    limit = max(least[0] / width, least[1] / height)
    factor = limit * rng.uniform(0.45, 0.75)
    if factor >= 1 or height * factor < 9:
        return None
    picture = _picture(card, kit)
    image = logo_art.scaled(picture.image, round(width * factor), round(height * factor))
    return (
        _with_logo(card, _centred(card.logo, image)),
        must("logo_size", "logo_missing"),
        f"{image.width}x{image.height}",
    )


def clear_space_crowded(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """A form stands in the space that the logo keeps free, without touching it."""
    if card.logo is None or not has_clear_space(kit):
        return None
    x0, y0, x1, y1 = card.logo.box
    asked = clear_px(kit, x1 - x0, y1 - y0)
    gap = max(3, round(asked * rng.uniform(0.08, 0.4)))
    if asked - gap < 5:
        return None
    colours = [h for h in kit.palette if contrast(h, card.logo.ground) >= 1.7]
    if not colours:
        return None
    wide, high = round((y1 - y0) * rng.uniform(0.5, 2.0)), round((y1 - y0) * rng.uniform(0.5, 1.0))
    along_x, along_y = rng.randint(x0, max(x0, x1 - wide)), rng.randint(y0, max(y0, y1 - high))
    boxes: list[Box] = [
        (along_x, y0 - gap - high, along_x + wide, y0 - gap), (along_x, y1 + gap, along_x + wide, y1 + gap + high),
        (x0 - gap - wide, along_y, x0 - gap, along_y + high), (x1 + gap, along_y, x1 + gap + wide, along_y + high),
    ]  # fmt: skip
    inside = [b for b in boxes if b[0] >= 0 and b[1] >= 0 and b[2] <= card.width and b[3] <= card.height]
    free = [b for b in inside if not any(meets(b, line.box, gap=3) for line in card.lines)]
    if not free:
        return None
    shape = Shape(rng.choice(free), rng.choice(colours))
    return (
        card.changed(shapes=(*card.shapes, shape)),
        must("clear_space", "logo_obstructed"),
        f"{gap} px of {asked:.0f} px",
    )


def logo_bad_ground(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """The logo stands on a colour that swallows it, or on a busy photograph."""
    if card.logo is None or _picture(card, kit).plate_hex is not None:
        return None
    _, y0, _, y1 = card.logo.box
    pad = card.logo.clear_px
    strip = (0, max(0, y0 - pad), card.width, min(card.height, y1 + pad))
    if any(meets(strip, line.box) for line in card.lines):
        return None
    may = ("logo_missing", "palette", "logo_colour", "logo_obstructed", "clear_space", "contrast", "proportions")
    if rng.random() < 0.4:
        patch = Photo(strip, photo(strip[2] - strip[0], strip[3] - strip[1], rng))
        return card.changed(photos=(*card.photos, patch)), must("logo_ground", *may), "on a photograph"
    ground = _swallowing(card, kit, rng)
    if ground is None:
        return None
    return card.changed(shapes=(*card.shapes, Shape(strip, ground))), must("logo_ground", *may), f"on {ground}"


LOGO_SPOILERS: dict[str, CardSpoiler] = {
    "logo_stretched": logo_stretched,
    "logo_rotated": logo_rotated,
    "logo_recoloured": logo_recoloured,
    "logo_cropped": logo_cropped,
    "logo_obstructed": logo_obstructed,
    "logo_missing": logo_missing,
    "logo_small": logo_small,
    "clear_space_crowded": clear_space_crowded,
    "logo_bad_ground": logo_bad_ground,
}


def _swallowing(card: Card, kit: OrgKit, rng: random.Random) -> str | None:
    picture = _picture(card, kit)
    own = logo_art.dominant(picture.image)[:2]
    made = [mixed(colour, "#FFFFFF" if rng.random() < 0.5 else "#000000", rng.uniform(0.05, 0.2)) for colour in own]
    grounds = [*kit.palette, *made]
    rng.shuffle(grounds)
    return next((ground for ground in grounds if contrast_share(picture, ground, least=1.8) <= 0.35), None)


def _picture(card: Card, kit: OrgKit) -> LogoPicture:
    assert card.logo is not None
    return next(logo for logo in kit.logos if logo.file_name == card.logo.file_name)


def _centred(placed: Placed, image: Image.Image) -> Placed:
    x0, y0, x1, y1 = placed.box
    x, y = (x0 + x1 - image.width) // 2, (y0 + y1 - image.height) // 2
    return replace(placed, image=image, box=(x, y, x + image.width, y + image.height))


def _with_logo(card: Card, placed: Placed) -> Card:
    return card.changed(logo=placed)
