"""Wishes of a brief that a finished plan contradicts: a client's plan goes before them, and each is named as not done.

What must not live here: wishes that no plan can meet (`wishes.py`), or words that find no room (`compose/`).
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief, BriefCopy
from sgd_assets.renders.compose.letter_case import in_case
from sgd_assets.renders.plan.colour_words import colour_meant
from sgd_resources.colour import contrast


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
