"""Which layout a picture takes: by its format, its words, the pictures it shows and the places that are asked for.

What must not live here: what a layout looks like (`compose/layouts/`).
"""

import re
from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.brief.model import Brief, BriefCopy, Corner
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES, FormatKind, format_of, names_for, shows
from sgd_assets.renders.plan.wishes import Wishes

# The order in which variations of one request take turns: neighbours differ in kind, the plainest come first.
_TURNS: dict[FormatKind, tuple[str, ...]] = {
    "banner": ("banner", "banner_block", "banner_flip", "banner_type", "banner_type_flip"),
    "tower": ("tower", "tower_block", "tower_flip", "tower_type", "tower_type_flip"),
    "tiny": ("mini",),
    "small": (
        "card", "split", "statement", "framed", "frieze", "split_flip", "footer", "centred", "statement_foot", "spine",
    ),
    "wide": (
        "split", "statement", "sidebar", "medallion", "split_flip", "swiss", "gallery", "band", "overlay", "thirds",
        "statement_foot", "frieze", "cards", "column", "framed", "corner_block", "centred", "footer", "spine", "ledger",
        "plinth",
    ),
    "square": (
        "poster", "statement", "window", "cards", "poster_flip", "swiss", "overlay", "band", "split", "medallion",
        "statement_foot", "quadrants", "framed", "horizon", "corner_block", "frieze", "centred", "footer", "column",
        "sidebar", "gallery", "spine", "ledger", "plinth",
    ),
    "tall": (
        "poster", "statement", "window", "cards", "poster_flip", "swiss", "overlay", "band", "horizon", "medallion",
        "statement_foot", "quadrants", "framed", "corner_block", "frieze", "centred", "footer", "spine", "ledger",
        "plinth", "column",
    ),
}  # fmt: skip
_SHOWING = (
    "bleed_side", "bleed_foot", "split", "poster", "bleed_tones", "frame", "bleed_ends", "bleed_head", "split_flip",
    "window", "poster_flip", "gallery", "thirds", "horizon",
)  # fmt: skip
"""Turns of large formats that show pictures: under the words, and in a panel beside them."""
_SHOWING_IN: dict[FormatKind, tuple[str, ...]] = {
    "banner": ("banner_bleed", "banner", "banner_bleed_tones", "banner_flip"),
    "tower": ("bleed_ends", "tower", "bleed_foot", "tower_flip", "bleed_head"),
    "small": ("bleed_foot", "split", "bleed_side", "frame", "bleed_head", "poster", "split_flip"),
}
_SEVERAL = frozenset(name for name, family in FAMILIES.items() if family.art != "backdrop")
"""Families that show more than one picture."""
_MANY_LINES = 3
_FEW = 4  # elements: with more, words at both ends leave nothing of a picture between them
_FOR_PARTICULARS = ("sidebar", "footer", "quadrants", "banner_block", "tower_block")
"""Families with a field of their own for particulars: without any it would stand empty."""


def choose_layout(
    width: int, height: int, brief: Brief, words: BriefCopy, wishes: Wishes, prompts: Mapping[str, Any], index: int,
    *, has_art: bool, pictures: int,
) -> str:  # fmt: skip
    """The name of the layout of output `index`.

    Args:
        width, height: of the canvas, in pixels.
        brief: what is asked.
        words: that stand on the picture.
        wishes: what may be shown.
        prompts: of the request.
        index: 0-based; layouts take turns.
        has_art: whether the palette has colours for a pattern.
        pictures: how many there are to show.
    """
    place = logo_place(width, height, brief)
    if not words.elements() and not (wishes.has_pictures or (has_art and wishes.has_motif)):
        return "mark"
    kind = format_of(width, height)
    if kind == "tiny":
        return "mini" if words.headline else "mark"
    able = names_for(kind, logo_place=place, has_motif=has_art and wishes.has_motif, has_pictures=wishes.has_pictures)
    if not able:
        return "mark"
    turns = [name for name in _turns(kind, brief, words, wishes, prompts, pictures) if name in able] or list(able)
    return turns[index % len(turns)]


def logo_place(width: int, height: int, brief: Brief) -> Corner | None:
    """Where the logo was asked to stand, in the terms of the format: a very tall one has rows only."""
    wish = brief.placement.logo
    if wish in ("left", "right") and format_of(width, height) in ("tower", "tiny"):
        return "top-left" if wish == "left" else "top-right"
    return wish


def _turns(
    kind: FormatKind, brief: Brief, words: BriefCopy, wishes: Wishes, prompts: Mapping[str, Any], pictures: int
) -> tuple[str, ...]:
    usual = _TURNS[kind]
    if brief.placement.logo == "centre":
        return ("emblem", "banner_emblem")
    if wishes.has_pictures:
        showing = _SHOWING_IN.get(kind, _SHOWING)
        if pictures > 1:
            showing = tuple(name for name in showing if name in _SEVERAL)
        if len(words.elements()) > _FEW:
            showing = tuple(name for name in showing if name != "bleed_ends")
        return ("frame", *showing) if prompts["task"] == "edit" else showing
    if not words.elements():
        return tuple(
            name
            for name in usual
            if FAMILIES[name].art != "none" and shows("panel", has_motif=True, has_pictures=False)
        )
    first = _fitting(kind, brief, words, prompts)
    has_particulars = any(part not in ("headline", "body") for part, _ in words.elements())
    rest = (name for name in usual if name not in first and (has_particulars or name not in _FOR_PARTICULARS))
    return (*first, *rest)


def _fitting(kind: FormatKind, brief: Brief, words: BriefCopy, prompts: Mapping[str, Any]) -> tuple[str, ...]:
    """Families that are made for such words."""
    if kind in ("banner", "tower"):
        return ()
    if brief.is_quotation and words.headline:
        return ("quote", "statement")
    if len(words.extra) >= _MANY_LINES:
        return ("agenda",)
    if words.price and not (words.date or words.body):
        return ("numeral",)  # a sale; of an event or a course the price is one particular among others
    if re.search(
        r"\btypographic\b|\btype[- ]only\b|\btext[- ]only\b|\bminimal", prompts.get("instruction") or "", re.I
    ):
        return ("statement",)
    return ()
