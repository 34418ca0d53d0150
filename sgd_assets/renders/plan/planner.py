"""The deterministic planner: request + canon -> RenderPlan (contract `render_plan`). No model, no clock, no chance.

Decides layout, words, colours, fonts and logo; every decision a person may wonder about is in `notes`. What must not
live here: geometry (`compose/layouts.py`) and drawing (`compose/draw.py`).
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compose.logos import BARELY, COMFORTABLE, LogoArt, choose_logo
from sgd_assets.renders.compose.motifs import MOTIFS
from sgd_assets.renders.compose.typefaces import BODY_WEIGHT, HEADING_WEIGHT, BrandFont, choose_font, heading_and_body
from sgd_assets.renders.model import Op, RenderPlan, RenderSafety
from sgd_assets.renders.plan.clear_space import DEFAULT_CLEAR_SPACE_RATIO, clear_space_ratio, minimum_height_px
from sgd_assets.renders.plan.schemes import Scheme, schemes, visible_on
from sgd_assets.renders.plan.wording import Wording, read_wording
from sgd_resources.colour import BLACK, WHITE, delta_e_2000, oklch_of
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import FontCatalogue

MIN_SIDE_PX, MAX_SIDE_PX, MAX_PIXELS = 16, 8192, 40_000_000
_PALETTE_TOLERANCE = 3.0  # CIEDE2000; as `canon/swatch_check._LIMIT_RGB`: the same colour, written otherwise
_MOODS = (
    ("dark", r"\bdark\b|\bnight\b|\bmoody\b"),
    ("light", r"\blight\b|\bwhite\b|\bairy\b|\bminimal(?:ist)?\b|\bclean\b"),
    ("vivid", r"\bbold\b|\bbright\b|\bvivid\b|\bcolou?rful\b|\bplayful\b"),
)


@dataclass(frozen=True)
class BrandKit:
    """What the org has to draw with, found once per request."""

    logos: tuple[LogoArt, ...]
    brand_fonts: tuple[BrandFont, ...]
    fonts: FontCatalogue
    left_out: tuple[str, ...] = ()
    """Files that would be drawn with and cannot be, each with its reason."""


def plan_render(request: Mapping[str, Any], canon: Canon, kit: BrandKit, *, index: int = 0) -> RenderPlan:
    """The plan of output `index` of a request. The same request, canon and kit give the same plan.

    Args:
        request: a valid `render_request`.
        canon: the brand's canon; needs colours and fonts.
        kit: logos and fonts of the org.
        index: 0-based; each index varies layout, ground and pattern.

    Raises:
        ValidationFailed: the canon lacks colours or fonts, or the constraints contradict it; `details` names which.
    """
    prompts, constraints = request["prompts"], request.get("constraints") or {}
    width, height = dimensions(request["outputs"]["dimensions"])
    instruction = prompts.get("instruction")
    palette = _palette(canon, constraints.get("palette_hex") or ())
    roles = {fact.colour.hex: fact.role for fact in canon.facts if fact.colour is not None and fact.role is not None}
    wording = _wording(prompts["task"], instruction)
    seed = _seed(request, canon, index)
    options = _legible_for_logo(schemes(palette, roles, mood=_mood(instruction)), kit.logos)
    # Layouts repeat after four: the extra step keeps a repeated layout off the ground it had.
    scheme = options[(index + index // 4) % len(options)]
    heading, body = heading_and_body(canon, constraints.get("fonts") or ())
    heading_font = choose_font(heading, weight=HEADING_WEIGHT, brand_fonts=kit.brand_fonts, fonts=kit.fonts)
    body_font = choose_font(body, weight=BODY_WEIGHT, brand_fonts=kit.brand_fonts, fonts=kit.fonts)
    references = tuple(prompts.get("references") or ())
    logo, logo_ground = _logo_on(scheme, _fitting(kit.logos, width, height), palette)
    usable = (
        MOTIFS
        if len([value for value in palette if delta_e_2000(value, scheme.background) >= 11]) > 1
        else ("rings", "bars", "leaves")
    )
    motif = usable[(_seed(request, canon, 0) + index) % len(usable)]
    # A pattern that floats on the page's own ground is calmer; tiles need a ground of their own.
    floats = motif in ("discs", "bars") or (motif == "leaves" and seed % 2 == 0)
    surface = scheme.background if floats else scheme.surface
    neutrals = tuple(
        dict.fromkeys(
            [*scheme.neutrals, *([logo_ground] if logo_ground in (WHITE, BLACK) and logo_ground not in palette else [])]
        )
    )
    return RenderPlan(
        goal=_goal(prompts["task"], instruction, width, height),
        ops=_ops(prompts["task"], references),
        safety=RenderSafety(respect_logo_safe_zone=True, palette_only=not neutrals),
        layout=_layout(
            width, height, wording, prompts["task"], references, instruction, index, has_art=len(palette) > 1
        ),
        headline=wording.headline,
        body=wording.body,
        attribution=wording.attribution,
        is_verbatim=wording.is_verbatim,
        palette_hex=palette,
        background_hex=scheme.background,
        text_hex=scheme.text,
        accent_hex=scheme.accent,
        surface_hex=surface,
        art_hex=_art_colours(scheme, surface, palette),
        motif=motif,
        font_family=heading_font.family,
        heading_font=heading_font,
        body_font=body_font,
        logo_sha256=logo.sha256 if logo else None,
        logo_safe_zone_ratio=_clear_ratio(canon, logo, constraints, width, height),
        logo_minimum_px=minimum_height_px(canon, aspect=logo.aspect) if logo else None,
        logo_ground_hex=logo_ground,
        reference_keys=references,
        seed=seed,
        width_px=width,
        height_px=height,
        neutral_hex=neutrals,
        notes=_notes(canon, kit, scheme, logo, logo_ground, heading_font.reason, prompts["task"]),
    )


def dimensions(text: str) -> tuple[int, int]:
    """Width and height in pixels of `WIDTHxHEIGHT`.

    Raises:
        ValidationFailed: smaller or larger than can be drawn.
    """
    width, height = (int(part) for part in text.split("x"))
    if min(width, height) < MIN_SIDE_PX or max(width, height) > MAX_SIDE_PX or width * height > MAX_PIXELS:
        raise ValidationFailed(
            f"{text} cannot be drawn: sides from {MIN_SIDE_PX} to {MAX_SIDE_PX} px, "
            f"at most {MAX_PIXELS // 1_000_000} million pixels",
            details={"path": "$.outputs.dimensions", "min_side_px": MIN_SIDE_PX, "max_side_px": MAX_SIDE_PX},
        )
    return width, height


def _palette(canon: Canon, wanted: Sequence[str]) -> tuple[str, ...]:
    own = tuple(dict.fromkeys(value.upper() for value in canon.palette_hex))
    if not own:
        raise ValidationFailed("the canon states no colours", details={"missing": "palette_hex"})
    if not wanted:
        return own
    stated = tuple(dict.fromkeys([*own, *(f.colour.hex for f in canon.facts if f.kind == "colour" and f.colour)]))
    nearest = {value: min(stated, key=lambda mine: delta_e_2000(mine, value.upper())) for value in wanted}
    conflicts = [value for value, near in nearest.items() if delta_e_2000(near, value.upper()) > _PALETTE_TOLERANCE]
    if conflicts:
        raise ValidationFailed(
            f"constraints.palette_hex names {', '.join(conflicts)}, which the canon does not hold",
            details={"path": "$.constraints.palette_hex", "conflicts": conflicts, "allowed": list(own)},
        )
    return tuple(dict.fromkeys(nearest.values()))


def _wording(task: str, instruction: str | None) -> Wording:
    wording = read_wording(instruction)
    # An edit's plain words speak to the editor, not to the reader: only quoted text goes on the picture.
    return wording if task != "edit" or wording.is_verbatim else Wording(None, None, is_verbatim=False)


def _mood(instruction: str | None) -> str | None:
    unquoted = re.sub(r'["“„«].*?["”»]', "", instruction or "")
    return next((mood for mood, pattern in _MOODS if re.search(pattern, unquoted, re.I)), None)


def _seed(request: Mapping[str, Any], canon: Canon, index: int) -> int:
    parts = [
        request["prompts"],
        request["outputs"]["dimensions"],
        request.get("constraints") or {},
        canon.version,
        index,
    ]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def _legible_for_logo(options: tuple[Scheme, ...], logos: Sequence[LogoArt]) -> tuple[Scheme, ...]:
    """Schemes whose ground shows the logo; all of them where there is no logo, or none shows it."""
    if not options:
        raise ValidationFailed("no colour of the palette carries legible text", details={"missing": "palette_hex"})
    readable = tuple(scheme for scheme in options if choose_logo(logos, scheme.background) is not None)
    return readable or options


def _fitting(logos: Sequence[LogoArt], width: int, height: int) -> tuple[LogoArt, ...]:
    """For tiny formats the compact variants, where there are any: a wordmark would be too small to read."""
    if min(width, height) >= 100 or max(width, height) > 2.2 * min(width, height):
        return tuple(logos)
    compact = tuple(art for art in logos if 0.6 <= art.aspect <= 1.7)
    return compact or tuple(logos)


def _logo_on(scheme: Scheme, logos: Sequence[LogoArt], palette: Sequence[str]) -> tuple[LogoArt | None, str | None]:
    """The logo, and the ground it needs under it where the scheme's own does not do."""
    if not logos:
        return None, None
    if logo := choose_logo(logos, scheme.background):
        return logo, None
    grounds = sorted(palette, key=lambda value: oklch_of(value)[1] - oklch_of(value)[0])
    for least in (COMFORTABLE, BARELY):
        if least == BARELY and (logo := choose_logo(logos, scheme.background, least=BARELY)):
            return logo, None
        for ground in (*grounds, WHITE, BLACK):
            if logo := choose_logo(logos, ground, least=least):
                return logo, ground
    plated = next((art for art in logos if art.plate_hex), None)
    return (plated, plated.plate_hex) if plated else (None, None)


def _clear_ratio(
    canon: Canon, logo: LogoArt | None, constraints: Mapping[str, Any], width: int, height: int
) -> float | None:
    if logo is None:
        return None
    expected_height = math.sqrt(0.0105 * width * height / logo.aspect)
    stated, _ = clear_space_ratio(canon, aspect=logo.aspect, logo_height_px=expected_height)
    return round(max(stated, float(constraints.get("logo_safe_zone_pct") or 0) / 100), 4)


def _art_colours(scheme: Scheme, surface: str, palette: Sequence[str]) -> tuple[str, ...]:
    if surface == scheme.surface:
        return scheme.art
    lively = sorted(palette, key=lambda value: (oklch_of(value)[1] <= 0.05, palette.index(value)))
    return tuple(visible_on(surface, lively)[:3]) or scheme.art


def _layout(
    width: int,
    height: int,
    wording: Wording,
    task: str,
    references: Sequence[str],
    instruction: str | None,
    index: int,
    *,
    has_art: bool,
) -> str:
    short, aspect = min(width, height), width / height
    if aspect > 2.2 and short >= 36:
        return "banner"
    if short < 100:
        return "mark"
    if aspect < 0.45 or (short < 400 and aspect < 0.7):
        return "tower"
    if references:
        wide = ["split", "split_flip", "frame"] if aspect >= 1.25 else ["poster", "frame", "poster_flip"]
        return "frame" if task == "edit" else wide[index % 3]
    if wording.is_quotation and wording.headline:
        return "quote"
    if not has_art:
        return ("statement", "statement_foot")[index % 2] if wording.headline else "mark"
    if not wording.headline:
        return ("split" if aspect >= 1.25 else "poster") + ("_flip" if index % 2 else "")
    if short < 400:
        options = ["card", "statement", "statement_foot"] if aspect < 1.25 else ["split", "card", "split_flip"]
    elif aspect >= 1.25:
        options = ["split", "statement", "split_flip", "statement_foot"]
    else:
        options = ["poster", "statement", "poster_flip", "statement_foot"]
    if re.search(r"\btypographic\b|\btype[- ]only\b|\btext[- ]only\b|\bminimal", instruction or "", re.I):
        options = ["statement", *(option for option in options if option != "statement")]
    return options[index % len(options)]


def _goal(task: str, instruction: str | None, width: int, height: int) -> str:
    words = (instruction or "").strip()
    return words[:500] if len(words) >= 5 else f"{task} a {width} x {height} picture in the brand"


def _ops(task: str, references: Sequence[str]) -> tuple[Op, ...]:
    first: tuple[Op, ...] = ("local_edit",) if task == "edit" else ()
    return (*first, *(("multi_image_fusion",) if len(references) > 1 else ()), "text_overlay")


def _notes(
    canon: Canon,
    kit: BrandKit,
    scheme: Scheme,
    logo: LogoArt | None,
    logo_ground: str | None,
    font_reason: str,
    task: str,
) -> tuple[str, ...]:
    notes = [font_reason]
    if scheme.neutrals:
        notes.append(f"text is {scheme.neutrals[0]}: no two palette colours reach a contrast of 4.5")
    if logo is None:
        notes.append(
            "no logo file that can be placed is among the evidence" if not kit.logos else "no ground shows the logo"
        )
    elif not any(fact.kind == "logo_clear_space" for fact in canon.facts):
        notes.append(
            "the canon states no clear space in figures; "
            f"{DEFAULT_CLEAR_SPACE_RATIO:g} of the logo's shorter side is kept"
        )
    if logo is not None and logo_ground is not None:
        notes.append(f"the logo stands on {logo_ground}: it cannot be read on {scheme.background}")
    notes += kit.left_out
    if task == "edit":
        notes.append("the local route frames the picture and sets text; it does not repaint it")
    return tuple(notes)
