"""What of a brief's wishes a plan can meet, decided once: ground, imagery, colours and things that must not be.

From brief, canon and kit to `Wishes`, and to the words on what stays open; or, of a client's plan, which goes before
wishes, on what it has otherwise. What must not live here: words of the copy
that find no room (`compose/`), or how a wish is drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief, BriefCopy
from sgd_assets.renders.compose.letter_case import in_case
from sgd_assets.renders.plan.colour_words import colour_meant
from sgd_resources.colour import contrast

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
    is_unphotographed = (
        "photo" in forbidden and kind != "illustration"
    )  # the pictures that are there may be photographs
    has_pictures = pictures > 0 and "picture" not in forbidden and kind not in ("none", "pattern")
    has_pictures = has_pictures and not is_unphotographed
    is_asked = kind in ("photo", "illustration", "reference") or (kind == "any" and brief.imagery.subject)
    if is_asked and not has_pictures and "picture" not in forbidden:
        lines.append(f"{kind if kind != 'any' else 'picture'}: {brief.imagery.subject or 'no picture to show'}")
    lines += brief.lost_copy
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


def contradicted(brief: Brief, plan: Mapping[str, Any], canon: Canon) -> tuple[str, ...]:
    """`what: which` of each wish that the fields of a plan do otherwise; nothing for a plan made for the brief.

    Args:
        brief: what is asked.
        plan: a document of the contract `render_plan`, with all that was planned in it.
        canon: for names and roles of colours.
    """
    why = "the request's own plan has it otherwise"
    lines = [*_of_ground(brief, plan, canon), *_of_placement(brief, plan), *_of_prohibitions(brief, plan, canon)]
    return tuple(f"{line}: {why}" for line in lines)


def _of_ground(brief: Brief, plan: Mapping[str, Any], canon: Canon) -> list[str]:
    ground = plan.get("background_hex")
    if ground is None:
        return []
    if brief.ground is not None:
        meant = colour_meant(brief.ground, tuple(plan.get("palette_hex") or ()), canon)
        return [f"ground: {brief.ground}"] if meant is not None and meant.upper() != ground.upper() else []
    is_dark = contrast(ground, "#FFFFFF") > contrast(ground, "#000000")
    return [f"mood: {brief.mood}"] if (brief.mood, is_dark) in (("dark", False), ("light", True)) else []


def _of_placement(brief: Brief, plan: Mapping[str, Any]) -> list[str]:
    wished = brief.placement
    pairs = (("logo", wished.logo, "logo_corner"), ("alignment", wished.alignment, "alignment"))
    lines = [f"{what}: {wish}" for what, wish, field in pairs if wish is not None and plan.get(field) != wish]
    words = BriefCopy(**{part: plan[part] for part in BriefCopy.model_fields if plan.get(part)})
    # A plan's own words stand as it has them, whatever case it names.
    return [*lines, *([f"case: {wished.case}"] if in_case(words, wished.case, brief.language) != words else [])]


def _of_prohibitions(brief: Brief, plan: Mapping[str, Any], canon: Canon) -> list[str]:
    forbidden = {word.strip().casefold() for word in brief.forbidden}
    shown = {
        "text": any(plan.get(part) for part in BriefCopy.model_fields),
        "logo": plan.get("logo_sha256"),
        "pattern": plan.get("motif"),
        "picture": plan.get("imagery") or plan.get("reference_keys"),
    }
    lines = [f"forbidden: {what}" for what, is_shown in shown.items() if what in forbidden and is_shown]
    painted = {plan.get(name) for name in ("background_hex", "text_hex", "accent_hex", "surface_hex")}
    painted = {value.upper() for value in (*painted, *(plan.get("art_hex") or ())) if value is not None}
    palette = tuple(plan.get("palette_hex") or ())
    for word in sorted(forbidden - shown.keys()):
        meant = colour_meant(word, palette, canon)
        if meant is not None and meant.upper() in painted:
            lines.append(f"forbidden: {word}")
    return lines


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
