"""The deterministic planner: brief + canon -> RenderPlan (contract `render_plan`). No model, no clock, no chance.

Puts together what the modules beside it decide: colours, logo, layout, words, notes. What must not live here: geometry
(`compose/layouts/`), drawing (`compose/draw.py`), or what a request asks for (`brief/`).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES
from sgd_assets.renders.compose.letter_case import in_case
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.compose.type.settable import cleaned
from sgd_assets.renders.compose.typefaces import BODY_WEIGHT, HEADING_WEIGHT, choose_font
from sgd_assets.renders.model import ColourWish, PlannedImagery, RenderPlan, RenderSafety
from sgd_assets.renders.plan.asked.fonts import families_for, unmet_weight
from sgd_assets.renders.plan.asked.part_colours import asked_in, showing, unmet_colours, wishes_for_parts
from sgd_assets.renders.plan.choice.layouts import choose_layout, logo_place
from sgd_assets.renders.plan.choice.motifs import choose_motif, floats, traits_of
from sgd_assets.renders.plan.choice.turns import Turn, turn_of
from sgd_assets.renders.plan.clear_space import minimum_height_px
from sgd_assets.renders.plan.grounds import (
    art_colours,
    first_ground,
    ground_turn,
    legible_for_logo,
    on_ground,
    palette_of,
    strong_for_picture,
)
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.logo_choice import clear_ratio, has_small_print, logo_in
from sgd_assets.renders.plan.schemes import Scheme, schemes
from sgd_assets.renders.plan.told import goal_of, notes_of, ops_of
from sgd_assets.renders.plan.wishes import Wishes, wishes_of, words_of
from sgd_resources.colour import BLACK, WHITE
from sgd_resources.errors import ValidationFailed

_SMALL_PRINT = ("the logo's strapline is too small to read at this size, and there is no variant without it",)
MIN_SIDE_PX, MAX_SIDE_PX, MAX_PIXELS = 16, 4096, 4096 * 4096


def plan_render(
    request: Mapping[str, Any],
    canon: Canon,
    kit: BrandKit,
    *,
    brief: Brief,
    index: int = 0,
    imagery: PlannedImagery | None = None,
) -> RenderPlan:
    """The plan of output `index` of a request. The same request, canon, kit and brief give the same plan.

    Args:
        request: a valid `render_request`.
        canon: the brand's canon; needs colours and fonts.
        kit: logos and fonts of the org.
        brief: what the request asks for.
        index: 0-based; each index varies layout, ground and pattern.
        imagery: the picture that is to be shown; it decides the layout as a reference does.

    Returns:
        The plan; what the brief asks and the plan does not do stands in its `unmet`.

    Raises:
        ValidationFailed: the canon lacks colours or fonts, or the constraints contradict it; `details` names which.
    """
    prompts, constraints = request["prompts"], request.get("constraints") or {}
    width, height = dimensions(request["outputs"]["dimensions"])
    references = tuple(prompts.get("references") or ())
    allowed = palette_of(canon, constraints.get("palette_hex") or ())
    shown = imagery.keys if imagery is not None and imagery.keys else references
    turn = turn_of(request, brief, index)
    wishes = wishes_of(brief, allowed, canon, pictures=len(shown))
    words, palette = words_of(brief, wishes), wishes.palette
    logos = kit.logos if wishes.has_logo else ()
    asked = asked_in(request, brief, canon)
    coloured = wishes_for_parts(asked, palette, canon)
    layouts = tuple(
        choose_layout(
            width,
            height,
            brief,
            words,
            wishes,
            prompts,
            each,
            has_art=len(palette) > 1,
            pictures=len(shown),
            is_coloured=bool(coloured),
        )
        for each in turn.before()
    )
    scheme = _scheme(canon, brief, wishes, logos, layouts, turn, coloured)
    (heading, body), other_fonts = families_for(request, brief, canon, kit)
    heading_font = choose_font(heading, weight=HEADING_WEIGHT, brand_fonts=kit.brand_fonts, fonts=kit.fonts)
    body_font = choose_font(body, weight=BODY_WEIGHT, brand_fonts=kit.brand_fonts, fonts=kit.fonts)
    logo, logo_ground = logo_in(scheme, logos, palette, width, height)
    traits = traits_of(canon, kit.logos)
    motif = choose_motif(traits, turn.number, brief.mood)
    surface = scheme.background if floats(motif, turn.number) else scheme.surface
    neutrals = _neutrals(scheme, logo_ground, palette)
    plan = RenderPlan(
        goal=goal_of(prompts["task"], prompts.get("instruction"), width, height),
        ops=ops_of(prompts["task"], references),
        safety=RenderSafety(respect_logo_safe_zone=True, palette_only=not neutrals),
        layout=layouts[-1],
        **in_case(words, brief.placement.case, brief.language).model_dump(),
        attribution=brief.attribution if wishes.has_words else None,
        is_verbatim=brief.is_verbatim,
        palette_hex=palette,
        background_hex=scheme.background,
        text_hex=scheme.text,
        accent_hex=scheme.accent,
        surface_hex=surface,
        art_hex=art_colours(scheme, surface, palette),
        motif=motif if wishes.has_motif else None,
        motif_traits=traits,
        font_family=heading_font.family,
        heading_font=heading_font,
        body_font=body_font,
        logo_sha256=logo.sha256 if logo else None,
        logo_safe_zone_ratio=clear_ratio(canon, logo, constraints, width, height),
        logo_minimum_px=minimum_height_px(canon, aspect=logo.aspect) if logo else None,
        logo_ground_hex=logo_ground,
        reference_keys=references if wishes.has_pictures else (),
        seed=seed_of(request, canon, index),
        width_px=width,
        height_px=height,
        neutral_hex=neutrals,
        brief=brief,
        imagery=imagery if wishes.has_pictures else None,
        logo_corner=logo_place(width, height, brief) if logo else None,
        alignment=brief.placement.alignment,
        letter_case=brief.placement.case,
        colour_wishes=coloured,
        unmet=wishes.unmet,
        notes=(
            *notes_of(
                canon, kit, scheme, logo, logo_ground, heading_font.reason, prompts["task"], has_logo=wishes.has_logo
            ),
            *(_SMALL_PRINT if logo is not None and has_small_print(logo, width, height) else ()),
            *brief.notes,
        ),
    )
    unmet = (*unmet_colours(asked, plan, canon), *other_fonts, *unmet_weight(request, brief, heading_font.weight))
    return cleaned(plan.model_copy(update={"unmet": (*plan.unmet, *unmet)}))


def _scheme(
    canon: Canon,
    brief: Brief,
    wishes: Wishes,
    logos: Sequence[LogoArt],
    layouts: Sequence[str],
    turn: Turn,
    coloured: Sequence[ColourWish],
) -> Scheme:
    """The colours of output `index`: on the ground asked for, else by turns on one that shows the logo."""
    roles = {fact.colour.hex: fact.role for fact in canon.facts if fact.colour is not None and fact.role is not None}
    options = schemes(wishes.palette, roles, mood=brief.mood)
    if wishes.ground is not None:
        return on_ground(options, wishes.ground, wishes.palette)[0]
    options = showing(legible_for_logo(options, logos, wishes.palette), coloured)
    if FAMILIES[layouts[-1]].art == "backdrop":
        options = strong_for_picture(options)
    return options[ground_turn(layouts, first_ground(turn, options), len(options))]


def _neutrals(scheme: Scheme, logo_ground: str | None, palette: Sequence[str]) -> tuple[str, ...]:
    """Black or white that the picture shows although the palette has it not."""
    under_logo = [logo_ground] if logo_ground in (WHITE, BLACK) and logo_ground not in palette else []
    page = [scheme.background] if scheme.background not in palette else []
    return tuple(dict.fromkeys([*page, *scheme.neutrals, *under_logo]))


def dimensions(text: str) -> tuple[int, int]:
    """Width and height in pixels of `WIDTHxHEIGHT`.

    Raises:
        ValidationFailed: smaller or larger than can be drawn.
    """
    width, height = (int(part) for part in text.split("x"))
    if min(width, height) < MIN_SIDE_PX or max(width, height) > MAX_SIDE_PX or width * height > MAX_PIXELS:
        raise ValidationFailed(
            f"{text} cannot be drawn: sides from {MIN_SIDE_PX} to {MAX_SIDE_PX} px, at most {MAX_PIXELS} px",
            details={"path": "$.outputs.dimensions", "min_side_px": MIN_SIDE_PX, "max_side_px": MAX_SIDE_PX},
        )
    return width, height


def seed_of(request: Mapping[str, Any], canon: Canon, index: int) -> int:
    """A number that follows from what is asked, of which brand, and the output's index; 0 to 2^32 - 1."""
    parts = [
        request["prompts"],
        request["outputs"]["dimensions"],
        request.get("constraints") or {},
        canon.version,
        index,
        *([request["copy"]] if request.get("copy") else []),
        *([request["seed"]] if request.get("seed") is not None else []),
    ]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
