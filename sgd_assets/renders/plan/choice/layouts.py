"""Which layout a picture takes: by its format, its words, the pictures it shows and the places that are asked for.

What must not live here: what a layout looks like (`compose/layouts/`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sgd_assets.renders.brief.model import Brief, BriefCopy, Corner, Mood
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES, ON_PANELS, FormatKind, format_of, names_for
from sgd_assets.renders.plan.choice.turns import Turn
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
    "wide": (
        "bleed_side",
        "bleed_foot",
        "split",
        "bleed_tones",
        "bleed_head",
        "split_flip",
        "gallery",
        "thirds",
    ),
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
_FOR_FEW_WORDS, _FEW_WORDS_CHARS = ("thirds", "horizon", "medallion", "overlay", "window", "frame"), 130
_FOR_SOME_WORDS, _SOME_WORDS_CHARS = ("centred", "corner_block", "plinth", "poster", "poster_flip"), 220
"""Families whose art leaves little room, and the most letters that it holds at a good size."""
_OF_MOOD: dict[Mood, tuple[str, ...]] = {
    "calm": (
        "centred", "framed", "swiss", "statement", "statement_foot", "plinth", "column", "spine", "frieze", "gallery",
        "ledger", "window", "banner_type", "banner_type_flip", "tower_type", "tower_type_flip",
    ),
    "vivid": (
        "split", "split_flip", "overlay", "medallion", "cards", "band", "poster", "poster_flip", "quadrants", "thirds",
        "horizon", "corner_block", "sidebar", "banner", "banner_flip", "banner_block", "tower", "tower_flip",
        "tower_block",
    ),
}  # fmt: skip
"""Families with much empty ground, and those of large fields of colour."""
_CHOICE = 3  # families at least that a mood leaves


def choose_layout(
    width: int, height: int, brief: Brief, words: BriefCopy, wishes: Wishes, prompts: Mapping[str, Any], turn: Turn,
    *, has_art: bool, pictures: int, is_coloured: bool = False,
) -> str:  # fmt: skip
    """The name of the layout of one output.

    Args:
        width, height: of the canvas, in pixels.
        brief: what is asked.
        words: that stand on the picture.
        wishes: what may be shown.
        prompts: of the request.
        turn: of the output; families that serve alike take turns, from a start that is the request's own.
        has_art: whether the palette has colours for a pattern.
        pictures: how many there are to show.
        is_coloured: whether parts of the copy have a colour of their own, chosen for the page's ground.
    """
    place = logo_place(width, height, brief)
    if not words.elements() and not (wishes.has_pictures or (has_art and wishes.has_motif)):
        return "mark"
    kind = format_of(width, height)
    if kind == "tiny":
        return "mini" if words.headline else "mark"
    able = names_for(kind, logo_place=place, has_motif=has_art and wishes.has_motif, has_pictures=wishes.has_pictures)
    if is_coloured:
        able = tuple(name for name in able if name not in ON_PANELS) or able
    if not able:
        return "mark"
    first, others = _turns(kind, brief, words, wishes, prompts, pictures)
    made_for = _rotated([name for name in first if name in able], turn.start)[:1]
    rest = [name for name in others if name in able and name not in made_for]
    if turn.is_seeded:
        turns = [*made_for, *rest] or list(able)
        return turns[turn.number % len(turns)]
    turns = [*made_for, *_rotated(rest, turn.start)] or list(able)
    return turns[turn.index % len(turns)]


def _rotated(names: Sequence[str], start: int) -> list[str]:
    at = start % len(names) if names else 0
    return [*names[at:], *names[:at]]


def logo_place(width: int, height: int, brief: Brief) -> Corner | None:
    """Where the logo was asked to stand, in the terms of the format: a very tall one has rows only."""
    wish = brief.placement.logo
    if wish in ("left", "right") and format_of(width, height) in ("tower", "tiny"):
        return "top-left" if wish == "left" else "top-right"
    return wish


def _turns(
    kind: FormatKind, brief: Brief, words: BriefCopy, wishes: Wishes, prompts: Mapping[str, Any], pictures: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Families that are made for what is asked, and those that serve it too, in the order of their turns."""
    usual = _TURNS[kind]
    if brief.placement.logo == "centre":
        return (), ("emblem", "banner_emblem")
    if wishes.has_pictures:
        showing = _SHOWING_IN.get(kind, _SHOWING)
        if pictures > 1:
            showing = tuple(name for name in showing if name in _SEVERAL)
        if len(words.elements()) > _FEW:
            showing = tuple(name for name in showing if name != "bleed_ends")
        return ("frame",) if prompts["task"] == "edit" else (), showing
    if not words.elements():
        return (), tuple(name for name in usual if FAMILIES[name].art != "none")
    has_particulars = any(part not in ("headline", "body") for part, _ in words.elements())
    rest = [name for name in usual if has_particulars or name not in _FOR_PARTICULARS]
    if kind in ("wide", "square", "tall"):
        rest = _with_room(rest, words)
    return _fitting(kind, brief, words, prompts), tuple(_in_mood(rest, brief.mood))


def _with_room(names: Sequence[str], words: BriefCopy) -> list[str]:
    """Families whose words have room for these."""
    elements = words.elements()
    letters = sum(len(text) for _, text in elements)
    crowded: tuple[str, ...] = ()
    if len(elements) > _FEW or letters > _FEW_WORDS_CHARS:
        crowded += _FOR_FEW_WORDS
    if len(elements) > _FEW + 1 or letters > _SOME_WORDS_CHARS:
        crowded += _FOR_SOME_WORDS
    return [name for name in names if name not in crowded]


def _in_mood(names: Sequence[str], mood: Mood | None) -> list[str]:
    """Those that suit a mood; all where too few would be left."""
    suited = [name for name in names if mood is None or name in _OF_MOOD.get(mood, names)]
    return suited if len(suited) >= _CHOICE else list(names)


def _fitting(kind: FormatKind, brief: Brief, words: BriefCopy, prompts: Mapping[str, Any]) -> tuple[str, ...]:
    """Families that are made for such words."""
    if kind in ("banner", "tower"):
        return ()
    if brief.is_quotation and words.headline:
        return ("quote", "statement", "framed")
    if len(words.extra) >= _MANY_LINES:
        return ("agenda", "sidebar", "agenda", "ledger")
    if words.price and not (words.date or words.body):
        # A sale; of an event or a course the price is one particular among others.
        return ("numeral", "footer", "numeral", "band", "cards")
    if re.search(
        r"\btypographic\b|\btype[- ]only\b|\btext[- ]only\b|\bminimal", prompts.get("instruction") or "", re.I
    ):
        return ("statement", "swiss", "statement_foot", "framed", "ledger")
    return ()
