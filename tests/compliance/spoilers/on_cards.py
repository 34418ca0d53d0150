"""Colours, words and whole pictures of a card spoiled before it is drawn. `Card -> (Card, Verdict, note) or None`.

None where this card offers nothing to spoil in that way. What must not live here: the logo (`logo_on_cards.py`).
"""

import random
from collections.abc import Callable
from dataclasses import replace

from tests.compliance.brands.kit import OrgKit
from tests.compliance.cards import words
from tests.compliance.cards.card import Box, Card, Line, Shape, meets
from tests.compliance.cards.colours import contrast, far_from, mixed, turned
from tests.compliance.case import Verdict
from tests.compliance.spoilers.spoiled import must

Spoiled = tuple[Card, Verdict, str]
CardSpoiler = Callable[[Card, OrgKit, random.Random], Spoiled | None]


def off_palette_block(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """A rectangle of 1 to 20 percent in a colour far outside the palette, away from logo, words and photographs."""
    box = _free_box(card, rng, least=0.01, most=0.2)
    if box is None:
        return None
    colour = far_from(_allowed(kit), rng)
    share = (box[2] - box[0]) * (box[3] - box[1]) / (card.width * card.height)
    shape = Shape(box, colour, is_round=share > 0.02 and rng.random() < 0.3)
    return card.changed(shapes=(*card.shapes, shape)), must("palette", "proportions"), f"{colour} on {share:.1%}"


def off_palette_tint(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """One form in a colour that is near its own and outside the palette."""
    at = [
        n for n, shape in enumerate(card.shapes) if _shown_share(card, n) >= 0.015 and not _is_under_logo(card, shape)
    ]
    if not at:
        return None
    index = rng.choice(at)
    colour = turned(card.shapes[index].hex, _allowed(kit), rng)
    if colour is None:
        return None
    old = card.shapes[index].hex
    shapes = tuple(replace(s, hex=colour) if n == index else s for n, s in enumerate(card.shapes))
    return card.changed(shapes=shapes), must("palette", "contrast", "proportions"), f"{old} -> {colour}"


def low_contrast(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """One part of the copy hardly stands out from its ground."""
    part = rng.choice(sorted({line.part for line in card.lines}))
    ground = next(line.ground for line in card.lines if line.part == part)
    ink = next(line.hex for line in card.lines if line.part == part)
    faint = [h for h in kit.palette if 1.2 <= contrast(h, ground) <= 2.3]
    colour = rng.choice(faint) if faint and rng.random() < 0.6 else None
    may = ["text"]
    if colour is None:
        aim = rng.uniform(1.3, 2.2)
        colour = next(c for c in (mixed(ground, ink, n / 40) for n in range(1, 41)) if contrast(c, ground) >= aim)
        may.append("palette")
    lines = tuple(replace(line, hex=colour) if line.part == part else line for line in card.lines)
    return card.changed(lines=lines), must("contrast", *may), f"{colour} on {ground}: {contrast(colour, ground):.2f}"


def misspelt_word(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """One word has a mistake."""
    choice = _a_word(card, rng)
    if choice is None:
        return None
    at, word = choice
    wrong = words.misspelt(word, rng)
    return _with_text(card, at, card.lines[at].text.replace(word, wrong, 1)), must("text"), f"{word} -> {wrong}"


def missing_word(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """One word is not there."""
    at = [n for n, line in enumerate(card.lines) if len(line.text.split()) > 1]
    if not at:
        return None
    index = rng.choice(at)
    left = card.lines[index].text.split()
    gone = left.pop(rng.randrange(len(left)))
    return _with_text(card, index, " ".join(left)), must("text"), f"without {gone}"


def stray_text(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """Words that nobody asked for, in the style of the others."""
    model = rng.choice(card.lines)
    text, size = rng.choice(words.STRAY), max(15, round(model.size_px * rng.uniform(0.7, 1.0)))
    wide, high = round(model.face.at(size).getlength(text)) + 4, round(size * 1.3)
    region = _flat_region(card, model)
    for _ in range(200):
        if region[2] - region[0] <= wide or region[3] - region[1] <= high:
            return None
        x, y = rng.randint(region[0], region[2] - wide), rng.randint(region[1], region[3] - high)
        box = (x, y, x + wide, y + high)
        if not _is_taken(card, box, gap=6):
            line = Line(text, x, y, size, model.hex, model.ground, model.face, part=99)
            return card.changed(lines=(*card.lines, line)), must("text"), f"stray: {text}"
    return None


def text_cut(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """A line runs out of the picture."""
    part = rng.choice(sorted({line.part for line in card.lines}))
    lines = [line for line in card.lines if line.part == part]
    longest = max(lines, key=lambda line: line.box[2] - line.box[0])
    x0, y0, x1, y1 = longest.box
    share = rng.uniform(0.12, 0.4)
    moves = [(-x0 - round((x1 - x0) * share), 0), (card.width - x1 + round((x1 - x0) * share), 0)]
    moves += [(0, -lines[0].box[1] - round((y1 - y0) * rng.uniform(0.35, 0.6)))]
    moves += [(0, card.height - lines[-1].box[3] + round((y1 - y0) * rng.uniform(0.35, 0.6)))]
    rng.shuffle(moves)
    for dx, dy in moves:
        moved = [replace(line, x=line.x + dx, y=line.y + dy) for line in lines]
        others = [line.box for line in card.lines if line.part != part]
        if card.logo is not None and any(meets(m.box, card.logo.box, gap=card.logo.clear_px) for m in moved):
            continue
        if any(meets(m.box, other, gap=2) for m in moved for other in others):
            continue
        kept = tuple(line for line in card.lines if line.part != part)
        may = ("text", "contrast", "text_size", "logo_ground")
        return card.changed(lines=(*kept, *moved)), must("text_cut", *may), f"moved by {dx}, {dy}"
    return None


def text_small(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """One part of the copy in letters that are too small for anybody."""
    part = rng.choice(sorted({line.part for line in card.lines}))
    lines = [line for line in card.lines if line.part == part]
    size = rng.choice((5, 6, 7, 8))
    small = [replace(line, size_px=size, y=lines[0].y + n * (size + 3)) for n, line in enumerate(lines)]
    kept = tuple(line for line in card.lines if line.part != part)
    return card.changed(lines=(*kept, *small)), must("text_size", "text", "contrast"), f"{size} px"


def banned_words(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """A line that the canon's voice forbids; it stands in the expected copy too."""
    if not kit.banned and not kit.bans_exclamation:
        return None
    at = next((n for n, line in enumerate(card.lines) if line.part == 0), None)
    if at is None:
        return None
    line = card.lines[at]
    shout = kit.bans_exclamation and (not kit.banned or rng.random() < 0.35)
    text = f"{line.text}!" if shout else words.banned_line(kit.banned, rng)
    kept = [one for one in card.lines if one.part != 0]
    whole = " ".join(one.text for one in card.lines if one.part == 0)
    shown = [one for one in card.lines if one.part == 0] if shout else [replace(line, text=text)]
    if shout:
        shown[-1] = replace(shown[-1], text=f"{shown[-1].text}!")
        text = f"{whole}!"
    if any(one.box[2] > card.width - 4 for one in shown):
        return None
    return card.changed(lines=(*shown, *kept), copy=(text, *card.copy[1:])), must("words"), text


def wrong_proportions(card: Card, kit: OrgKit, rng: random.Random) -> Spoiled | None:
    """A colour that the guide keeps for accents covers half of the picture."""
    accents = [hex_value for hex_value, share in kit.proportions if share <= 0.1]
    if not accents or card.photos:
        return None
    accent = rng.choice(accents)
    ink = next((h for h in (*kit.palette, "#000000", "#FFFFFF") if contrast(h, accent) >= 4.6), None)
    if ink is None or card.logo is None:
        return None
    _, y0, _, y1 = card.logo.box
    is_top = y0 < card.height / 2
    edge = card.logo.clear_px
    rest = (0, y1 + edge, card.width, card.height) if is_top else (0, 0, card.width, y0 - edge)
    on_shapes = {n for n, line in enumerate(card.lines) if line.ground != _ground_of_words(card)}
    lines = tuple(
        line if n in on_shapes else replace(line, hex=ink, ground=accent) for n, line in enumerate(card.lines)
    )
    buttons = tuple(
        s
        for s in card.shapes
        if any(line.ground == s.hex and meets(line.box, s.box) for n, line in enumerate(card.lines) if n in on_shapes)
    )
    return card.changed(shapes=(Shape(rest, accent), *buttons), lines=lines), must("proportions"), f"{accent} over half"


CARD_SPOILERS: dict[str, CardSpoiler] = {
    "off_palette_block": off_palette_block,
    "off_palette_tint": off_palette_tint,
    "low_contrast": low_contrast,
    "misspelt_word": misspelt_word,
    "missing_word": missing_word,
    "stray_text": stray_text,
    "text_cut": text_cut,
    "text_small": text_small,
    "banned_words": banned_words,
    "wrong_proportions": wrong_proportions,
}


def _allowed(kit: OrgKit) -> tuple[str, ...]:
    return (*kit.palette, "#FFFFFF", "#000000")


def _ground_of_words(card: Card) -> str:
    return card.lines[0].ground


def _with_text(card: Card, index: int, text: str) -> Card:
    return card.changed(
        lines=tuple(replace(line, text=text) if n == index else line for n, line in enumerate(card.lines))
    )


def _a_word(card: Card, rng: random.Random) -> tuple[int, str] | None:
    found = [(n, word) for n, line in enumerate(card.lines) for word in words.long_words(line.text)]
    return rng.choice(found) if found else None


def _is_taken(card: Card, box: Box, *, gap: int) -> bool:
    taken = [line.box for line in card.lines] + [photo.box for photo in card.photos if photo.box != box]
    taken += [shape.box for shape in card.shapes[1:]]
    near_logo = card.logo is not None and meets(box, card.logo.box, gap=card.logo.clear_px + gap)
    return near_logo or any(meets(box, other, gap=gap) for other in taken)


def _flat_region(card: Card, model: Line) -> Box:
    """Where the ground of a line goes on: the form below it, or the whole card."""
    under = [s.box for s in card.shapes if s.hex == model.ground and meets(s.box, model.box)]
    x0, y0, x1, y1 = under[0] if under else (0, 0, card.width, card.height)
    return x0 + 8, y0 + 6, x1 - 8, y1 - 6


def _free_box(card: Card, rng: random.Random, *, least: float, most: float) -> Box | None:
    """A box of a share of the card that touches neither logo nor words nor photographs; as large as is drawn."""
    area = card.width * card.height
    blocked = [line.box for line in card.lines] + [photo.box for photo in card.photos]
    shares = sorted((rng.uniform(least, most) for _ in range(5)), reverse=rng.random() < 0.5)
    for share in (*shares, least * 1.3):
        for _ in range(60):
            ratio = rng.uniform(0.4, 2.5)
            wide, high = round((area * share * ratio) ** 0.5), round((area * share / ratio) ** 0.5)
            if wide >= card.width or high >= card.height:
                continue
            x, y = rng.randint(0, card.width - wide), rng.randint(0, card.height - high)
            box = (x, y, x + wide, y + high)
            near_logo = card.logo is not None and meets(box, card.logo.box, gap=card.logo.clear_px + 4)
            if not near_logo and not any(meets(box, other, gap=4) for other in blocked):
                return box
    return None


def _shown_share(card: Card, index: int) -> float:
    """Share of the card that a form shows, at least: what others above it may cover is taken off."""
    x0, y0, x1, y1 = card.shapes[index].box
    area = (x1 - x0) * (y1 - y0) * (0.78 if card.shapes[index].is_round else 1.0)
    for over in card.shapes[index + 1 :]:
        a, b, c, d = over.box
        area -= max(0, min(x1, c) - max(x0, a)) * max(0, min(y1, d) - max(y0, b))
    return area / (card.width * card.height)


def _is_under_logo(card: Card, shape: Shape) -> bool:
    return card.logo is not None and meets(shape.box, card.logo.box)
