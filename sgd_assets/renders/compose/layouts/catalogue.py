"""Every layout family by name: for which formats it is made, whether it shows art, which logo places it can give.

What must not live here: geometry (the modules beside it), or which family comes first (`plan/choice/layouts.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sgd_assets.renders.brief.model import Corner
from sgd_assets.renders.compose.layouts import bleeds, blocks, narrow, pictured, sided, small, stacked, type_led
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.scene import Scene

FormatKind = Literal["banner", "tower", "tiny", "small", "wide", "square", "tall"]
ArtKind = Literal["none", "panel", "shapes", "backdrop"]
"""What a family shows beside words: nothing; a panel that takes pictures or a motif; a panel for motifs only.
A backdrop is one picture under the words."""

_CORNERS: frozenset[Corner] = frozenset({"top-left", "top-right", "bottom-left", "bottom-right"})
_ROWS: frozenset[Corner] = _CORNERS | frozenset[Corner]({"top", "bottom"})
_COLUMNS: frozenset[Corner] = _CORNERS | frozenset[Corner]({"left", "right"})
_ROUND = _ROWS | _COLUMNS
_ALL: frozenset[Corner] = _ROUND | frozenset[Corner]({"centre"})


def _of(*kinds: FormatKind) -> frozenset[FormatKind]:
    return frozenset(kinds)


_LARGE: frozenset[FormatKind] = _of("wide", "square", "tall")
_SMALL_TOO = _LARGE | _of("small")


@dataclass(frozen=True)
class Family:
    """One layout family."""

    draw: Callable[[Canvas], Scene]
    formats: frozenset[FormatKind]
    art: ArtKind = "none"
    places: frozenset[Corner] = _ROUND
    """Places of the logo that it can give."""


FAMILIES: dict[str, Family] = {
    "poster": Family(stacked.poster, _SMALL_TOO, "panel", _ROWS),
    "poster_flip": Family(stacked.poster_flip, _SMALL_TOO, "panel", _ROWS),
    "frieze": Family(stacked.frieze, _SMALL_TOO, "panel", _ROWS),
    "plinth": Family(stacked.plinth, _LARGE, "panel", _ROWS),
    "horizon": Family(stacked.horizon, _of("square", "tall"), "panel", _ROWS),
    "frame": Family(stacked.caption, _of("square", "tall", "small"), "panel", _ROUND),
    "footer": Family(stacked.footer, _SMALL_TOO, "none", _ROWS),
    "split": Family(sided.split, _of("wide", "square", "small"), "panel", _COLUMNS),
    "split_flip": Family(sided.split_flip, _of("wide", "square", "small"), "panel", _COLUMNS),
    "column": Family(sided.column, _LARGE, "panel", _COLUMNS),
    "spine": Family(sided.spine, _SMALL_TOO, "panel", _COLUMNS),
    "thirds": Family(sided.thirds, _of("wide"), "panel", _COLUMNS),
    "sidebar": Family(sided.sidebar, _of("wide", "square"), "none", _COLUMNS),
    "statement": Family(type_led.statement, _SMALL_TOO),
    "statement_foot": Family(type_led.statement_foot, _SMALL_TOO),
    "swiss": Family(type_led.swiss, _LARGE, "none", _ROWS),
    "centred": Family(type_led.centred, _SMALL_TOO, "none", _ROWS),
    "numeral": Family(type_led.numeral, _SMALL_TOO, "none", _ROWS),
    "agenda": Family(type_led.agenda, _LARGE, "none", _ROWS),
    "quote": Family(type_led.quote, _SMALL_TOO, "none", _ROWS),
    "ledger": Family(type_led.ledger, _SMALL_TOO),
    "band": Family(blocks.band, _LARGE, "none", _ROWS),
    "cards": Family(blocks.cards, _LARGE, "none", _ROWS),
    "framed": Family(blocks.framed, _SMALL_TOO),
    "corner_block": Family(blocks.corner_block, _LARGE, "none", _CORNERS),
    "quadrants": Family(blocks.quadrants, _of("square", "tall"), "panel", _ROWS),
    "emblem": Family(blocks.emblem, _LARGE | _of("small", "tower"), "none", frozenset({"centre"})),
    "overlay": Family(pictured.overlay, _LARGE, "shapes", _CORNERS),
    "window": Family(pictured.window, _of("square", "tall"), "panel", _ROWS),
    "gallery": Family(pictured.gallery, _of("wide", "square"), "panel", _COLUMNS),
    "medallion": Family(pictured.medallion, _LARGE, "shapes", _CORNERS),
    "bleed_foot": Family(bleeds.bleed_foot, _SMALL_TOO | _of("tower"), "backdrop", _ROWS),
    "bleed_head": Family(bleeds.bleed_head, _SMALL_TOO | _of("tower"), "backdrop", _ROWS),
    "bleed_ends": Family(bleeds.bleed_ends, _of("square", "tall", "tower"), "backdrop", _ROWS),
    "bleed_side": Family(bleeds.bleed_side, _of("wide", "square", "small"), "backdrop", _COLUMNS),
    "bleed_tones": Family(bleeds.bleed_tones, _LARGE, "backdrop", _CORNERS),
    "picture": Family(bleeds.picture, _SMALL_TOO | _of("tiny", "banner", "tower"), "backdrop", _ALL),
    "banner_bleed": Family(bleeds.banner_bleed, _of("banner"), "backdrop", _COLUMNS),
    "banner_bleed_tones": Family(bleeds.banner_bleed_tones, _of("banner"), "backdrop", _COLUMNS),
    "banner": Family(narrow.banner, _of("banner"), "panel", _ROUND),
    "banner_flip": Family(narrow.banner_flip, _of("banner"), "panel", _ROUND),
    "banner_type": Family(narrow.banner_type, _of("banner"), "none", _ROUND),
    "banner_type_flip": Family(narrow.banner_type_flip, _of("banner"), "none", _ROUND),
    "banner_block": Family(narrow.banner_block, _of("banner"), "none", _ROUND),
    "banner_emblem": Family(narrow.banner_emblem, _of("banner"), "none", frozenset({"centre"})),
    "tower": Family(narrow.tower, _of("tower"), "panel", _ROWS),
    "tower_flip": Family(narrow.tower_flip, _of("tower"), "panel", _ROWS),
    "tower_type": Family(narrow.tower_type, _of("tower"), "none", _ROWS),
    "tower_type_flip": Family(narrow.tower_type_flip, _of("tower"), "none", _ROWS),
    "tower_block": Family(narrow.tower_block, _of("tower"), "none", _ROWS),
    "card": Family(small.card, _of("small"), "none", _ROUND),
    "mini": Family(small.mini, _of("tiny"), "none", _ROUND),
    "mark": Family(small.mark, _SMALL_TOO | _of("tiny", "banner", "tower"), "none", _ALL),
}


ON_PANELS = frozenset({
    "band", "cards", "corner_block", "quadrants", "sidebar", "footer", "banner_block", "tower_block",
})  # fmt: skip
"""Families with a field of another colour: where none carries words, it would be a hole in the page."""
_NOT_BY_TURNS = ("mark", "picture")
"""Families of one thing alone: taken where it is all that is asked for."""


def format_of(width: int, height: int) -> FormatKind:
    """The kind of a format of `width` x `height` pixels."""
    short, aspect = min(width, height), width / height
    if aspect > 2.2 and short >= 36:
        return "banner"
    if short < 100:
        return "tiny"
    if aspect < 0.45 or (short < 400 and aspect < 0.7):
        return "tower"
    if short < 400:
        return "small"
    return "wide" if aspect >= 1.25 else "tall" if aspect < 0.8 else "square"


def names_for(kind: FormatKind, *, logo_place: Corner | None, has_motif: bool, has_pictures: bool) -> tuple[str, ...]:
    """The families that serve a format and the wishes, in the catalogue's order, without those of one thing alone."""
    return tuple(
        name
        for name, family in FAMILIES.items()
        if name not in _NOT_BY_TURNS
        and kind in family.formats
        and (logo_place is None or logo_place in family.places)
        and shows(family.art, has_motif=has_motif, has_pictures=has_pictures)
    )


def shows(art: ArtKind, *, has_motif: bool, has_pictures: bool) -> bool:
    """Whether a family of this kind of art is right for what there is: pictures are shown, motifs only where wanted."""
    if has_pictures:
        return art in ("panel", "backdrop")
    return art == "none" or (has_motif and art != "backdrop")
