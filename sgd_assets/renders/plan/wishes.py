"""What of a brief's wishes a plan can meet, decided once: ground, imagery, colours and things that must not be.

From brief, canon and kit to `Wishes`, and to the words on what stays open. What must not live here: words of the copy
that find no room (`compose/`), or how a wish is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief, BriefCopy
from sgd_assets.renders.plan.colour_words import colour_meant

_THINGS = frozenset({"text", "logo", "picture", "pattern", "gradient"})
"""What a brief may forbid beside colours; no layout draws gradients."""


@dataclass(frozen=True)
class Wishes:
    """The wishes in the palette's and the kit's terms."""

    palette: tuple[str, ...]
    """The colours that may be used: without those that must not be."""
    ground: str | None
    has_words: bool
    has_logo: bool
    has_motif: bool
    has_pictures: bool
    unmet: tuple[str, ...]


def wishes_of(brief: Brief, palette: Sequence[str], canon: Canon, *, pictures: int) -> Wishes:
    """The wishes of a brief.

    Args:
        brief: what is asked.
        palette: that the request may use, most primary first.
        canon: for names and roles of colours.
        pictures: how many reference pictures there are to show.
    """
    forbidden = {word.strip().casefold() for word in brief.forbidden}
    kept, lines = _without_colours(forbidden - _THINGS, tuple(palette), canon)
    ground = colour_meant(brief.ground, kept, canon) if brief.ground else None
    if brief.ground and ground is None:
        lines.append(f"ground: {brief.ground}")
    kind = brief.imagery.kind
    has_pictures = pictures > 0 and "picture" not in forbidden and kind not in ("none", "pattern")
    is_asked = kind in ("photo", "illustration", "reference") or (kind == "any" and brief.imagery.subject)
    if is_asked and not has_pictures and "picture" not in forbidden:
        lines.append(f"{kind if kind != 'any' else 'picture'}: {brief.imagery.subject or 'no picture to show'}")
    return Wishes(
        palette=kept,
        ground=ground,
        has_words="text" not in forbidden,
        has_logo="logo" not in forbidden,
        has_motif="pattern" not in forbidden and kind != "none",
        has_pictures=has_pictures,
        unmet=tuple(lines),
    )


def words_of(brief: Brief, wishes: Wishes) -> BriefCopy:
    """The words that may stand on the picture."""
    return brief.words if wishes.has_words else BriefCopy()


def _without_colours(forbidden: set[str], palette: tuple[str, ...], canon: Canon) -> tuple[tuple[str, ...], list[str]]:
    """The palette less what must not be; a colour that is all there is stays, and is told."""
    lines: list[str] = []
    for word in sorted(forbidden):
        left = palette
        while (found := colour_meant(word, left, canon)) is not None:
            left = tuple(value for value in left if value != found)
            if not left:
                break
        if left:
            palette = left
        else:
            lines.append(f"forbidden: {word}")
    return palette, lines
