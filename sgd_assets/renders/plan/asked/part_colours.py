"""The colours that single parts are to have, in the palette's terms; and what is asked that the picture does not show.

From what an instruction asks (`brief/coloured.py`) to `ColourWish`es of a plan. What must not live here: drawing them
(`compose/parts/`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.coloured import ColourAsked, colours_asked
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.model import ColourWish, RenderPlan
from sgd_assets.renders.plan.colour_words import colour_meant
from sgd_assets.renders.plan.schemes import LARGE_TEXT_CONTRAST, TEXT_CONTRAST, Scheme
from sgd_resources.colour import contrast

_PAINTED = ("background_hex", "text_hex", "accent_hex", "surface_hex", "logo_ground_hex")


def asked_in(request: Mapping[str, Any], brief: Brief, canon: Canon) -> tuple[ColourAsked, ...]:
    """The colours that a request's instruction asks for; nothing of an edit, whose changes are its brief's."""
    instruction = (request["prompts"].get("instruction") or "").strip()
    if not instruction or brief.edits or request["prompts"]["task"] == "edit":
        return ()
    names = [f.colour.name for f in canon.facts if f.colour is not None and f.colour.name and len(f.colour.name) > 2]
    return colours_asked(instruction, brief, names=names)


def wishes_for_parts(asked: Sequence[ColourAsked], palette: Sequence[str], canon: Canon) -> tuple[ColourWish, ...]:
    """Those of single parts that the palette has; the first of each part."""
    found: dict[str, ColourWish] = {}
    for part, colour in asked:
        meant = colour_meant(colour, palette, canon) if part is not None else None
        if part is not None and meant is not None:
            found.setdefault(part, ColourWish(element=part, hex=meant, asked=colour))
    return tuple(found.values())


def showing(options: tuple[Scheme, ...], wishes: Sequence[ColourWish]) -> tuple[Scheme, ...]:
    """The schemes on whose ground all wished colours can be read, else the most of them; all without wishes."""
    met = [sum(can_be_read(wish, scheme.background) for wish in wishes) for scheme in options]
    return tuple(scheme for scheme, count in zip(options, met, strict=True) if count == max(met))


def can_be_read(wish: ColourWish, ground: str) -> bool:
    """Whether a part of that colour stands out from a ground: words by WCAG 1.4.3, a button as large words."""
    least = LARGE_TEXT_CONTRAST if wish.element in ("headline", "price", "call_to_action") else TEXT_CONTRAST
    return contrast(wish.hex, ground) >= least


def unmet_colours(asked: Sequence[ColourAsked], plan: RenderPlan, canon: Canon) -> tuple[str, ...]:
    """`colour: which` of each that the palette lacks, or that a plan paints nowhere."""
    palette = plan.palette_hex
    painted = {getattr(plan, name) for name in _PAINTED} | {*plan.art_hex} | {wish.hex for wish in plan.colour_wishes}
    lines: list[str] = []
    for part, colour in asked:
        meant = colour_meant(colour, palette, canon)
        name = f"{part} {colour}" if part is not None else colour
        if meant is None:
            lines.append(f"colour: {name}: the palette has none")
        elif part is None and meant not in painted:
            lines.append(f"colour: {name}: this picture does not show it")
        elif part is not None and all((wish.element, wish.hex) != (part, meant) for wish in plan.colour_wishes):
            lines.append(f"colour: {name}: a part has one colour, and another was asked for first")
    return tuple(dict.fromkeys(lines))
