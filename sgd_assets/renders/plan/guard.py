"""The guard of plans: contract `render_plan` and the rules of the canon, for every plan, whoever made it.

From a plan as data to `RenderPlan`; what breaks a rule is refused with a path, a message and the rule, and nothing is
painted or billed further. What must not live here: mending a plan, or what only the finished picture shows
(`compliance/`).
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES
from sgd_assets.renders.compose.motifs.draw import MOTIFS
from sgd_assets.renders.compose.typefaces import BODY_WEIGHT, HEADING_WEIGHT, choose_font
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.logo_choice import clear_ratio
from sgd_resources.colour import BLACK, WHITE
from sgd_resources.contracts import ContractFault, check_output, guard_error

CONTRACT = "render_plan"
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_ROUNDING = 1e-3  # plans hold clear space to four digits
_Rule = Callable[[RenderPlan, Canon, BrandKit], Iterator[tuple[str, str]]]


def guard_plan(
    document: Mapping[str, Any],
    canon: Canon,
    kit: BrandKit,
    *,
    keys: Collection[str] = (),
    fonts: Collection[str] = (),
    at: str = "$",
) -> RenderPlan:
    """The plan of a document that keeps the contract and the canon.

    Args:
        document: the plan as JSON data, by the local planner, a model or a client.
        canon: the brand's canon.
        kit: logos and fonts of the org.
        keys: object keys of the pictures that the plan may show; those of the request, no other org's.
        fonts: further families that the request itself may name.
        at: where the plan stands in what was sent; paths start there.

    Raises:
        ValidationFailed: VALIDATION_FAILED with `details["errors"]` = [{path, message, schema_path}]. No retry.
    """
    check_output(CONTRACT, document, at=at)
    try:
        plan = RenderPlan.model_validate(_known(document))
    except ValidationError as error:
        raise guard_error(CONTRACT, [_fault(found) for found in error.errors(include_url=False)], at=at) from None
    broken = [
        ContractFault(path, message, f"canon#/{name}")
        for name, rule in _RULES.items()
        for path, message in rule(plan, canon, kit)
    ]
    broken += _strange_pictures(plan, keys)
    broken += _strange_fonts(plan, canon, kit, fonts)
    if broken:
        raise guard_error(CONTRACT, broken, at=at)
    return plan


def _known(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without fields that no plan has: the contract lets a planner bring more than is kept."""
    known = {name: value for name, value in document.items() if name in RenderPlan.model_fields}
    if isinstance(safety := known.get("safety"), Mapping):
        fields = ("respect_logo_safe_zone", "palette_only")
        known["safety"] = {name: safety[name] for name in fields if name in safety}
    return known


def _fault(found: Any) -> ContractFault:
    path = "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in found["loc"])
    return ContractFault(path, found["msg"], f"#/{found['type']}")


def _colours(plan: RenderPlan, canon: Canon, kit: BrandKit) -> Iterator[tuple[str, str]]:
    """Colours are the palette's; black and white where the plan says that it adds them; under a logo its own plate."""
    own = {value.upper() for value in canon.palette_hex}
    own |= {fact.colour.hex.upper() for fact in canon.facts if fact.kind == "colour" and fact.colour}
    added = {value.upper() for value in plan.neutral_hex}
    for path, value in _named_colours(plan):
        if not _HEX.fullmatch(value):
            yield path, f"{value!r} is no colour of the form #RRGGBB"
        elif path.startswith("$.neutral_hex"):
            if value.upper() not in {WHITE, BLACK}:
                yield path, f"{value} is neither black nor white"
        elif path == "$.logo_ground_hex" and value in {art.plate_hex for art in kit.logos}:
            continue
        elif value.upper() not in own | added:
            yield path, f"{value} is no colour of the canon's palette"


def _named_colours(plan: RenderPlan) -> Iterator[tuple[str, str]]:
    for name in ("background_hex", "text_hex", "accent_hex", "surface_hex", "logo_ground_hex"):
        if (value := getattr(plan, name)) is not None:
            yield f"$.{name}", value
    for name in ("palette_hex", "art_hex", "neutral_hex"):
        for index, value in enumerate(getattr(plan, name)):
            yield f"$.{name}[{index}]", value
    for index, wish in enumerate(plan.colour_wishes):
        yield f"$.colour_wishes[{index}].hex", wish.hex


def _neutrals_said(plan: RenderPlan, canon: Canon, kit: BrandKit) -> Iterator[tuple[str, str]]:
    """A plan that adds black or white does not promise the palette alone."""
    own = {value.upper() for value in canon.palette_hex}
    if plan.safety.palette_only and any(value.upper() not in own for value in plan.neutral_hex):
        yield "$.safety.palette_only", "the plan adds black or white, so it cannot keep to the palette alone"


def _layout(plan: RenderPlan, canon: Canon, kit: BrandKit) -> Iterator[tuple[str, str]]:
    if plan.layout is not None and plan.layout not in FAMILIES:
        yield "$.layout", f"no layout {plan.layout[:60]!r}; there are {', '.join(sorted(FAMILIES))}"
    if plan.motif is not None and plan.motif not in MOTIFS:
        yield "$.motif", f"no motif {plan.motif[:60]!r}; there are {', '.join(MOTIFS)}"


def _logo(plan: RenderPlan, canon: Canon, kit: BrandKit) -> Iterator[tuple[str, str]]:
    """The logo is one of the kit, with at least the clear space that the canon states."""
    if plan.logo_sha256 is None:
        return
    art = next((art for art in kit.logos if art.sha256 == plan.logo_sha256), None)
    if art is None:
        yield "$.logo_sha256", "no logo of this brand has that hash"
        return
    if not plan.safety.respect_logo_safe_zone:
        yield "$.safety.respect_logo_safe_zone", "the logo's clear space is kept on every picture"
    least = clear_ratio(canon, art, {}, plan.width_px or 1000, plan.height_px or 1000) or 0.0
    given = plan.logo_safe_zone_ratio
    if given is not None and given < least - _ROUNDING:
        message = f"{given:g} of the logo's shorter side is less clear space than the canon's {least:g}"
        yield "$.logo_safe_zone_ratio", message


def _strange_pictures(plan: RenderPlan, keys: Collection[str]) -> list[ContractFault]:
    """Pictures are those of the request: a key alone opens nothing."""
    named = [(f"$.reference_keys[{index}]", key) for index, key in enumerate(plan.reference_keys)]
    if plan.imagery is not None:
        named += [(f"$.imagery.keys[{index}]", key) for index, key in enumerate(plan.imagery.keys)]
    message = "the request names no such picture"
    return [ContractFault(path, message, "request#/pictures") for path, key in named if key not in keys]


def _strange_fonts(plan: RenderPlan, canon: Canon, kit: BrandKit, further: Collection[str]) -> list[ContractFault]:
    """Families are the canon's, the request's, or those that stand in for one of them."""
    facts = (fact.value for fact in canon.facts if fact.kind == "font")
    wanted = [name for name in {*canon.fonts, *further, *facts} if name]
    allowed = {_plain(name) for name in wanted} | {_plain(font.facts.family) for font in kit.brand_fonts}
    for name in wanted:
        for weight in (HEADING_WEIGHT, BODY_WEIGHT):
            chosen = choose_font(name, weight=weight, brand_fonts=kit.brand_fonts, fonts=kit.fonts)
            allowed.add(_plain(chosen.family))
    named = [("$.font_family", plan.font_family)]
    named += [
        (f"$.{part}.family", choice.family)
        for part, choice in (("heading_font", plan.heading_font), ("body_font", plan.body_font))
        if choice is not None
    ]
    own_files = {font.sha256 for font in kit.brand_fonts}
    found = [
        ContractFault(path, f"{name[:80]} is no font of the canon, nor what stands in for one", "canon#/fonts")
        for path, name in named
        if name is not None and _plain(name) not in allowed
    ]
    for part, choice in (("heading_font", plan.heading_font), ("body_font", plan.body_font)):
        if choice is not None and choice.evidence_sha256 not in {None, *own_files}:
            message = "no font file of this brand has that hash"
            found.append(ContractFault(f"$.{part}.evidence_sha256", message, "canon#/fonts"))
    return found


def _plain(family: str) -> str:
    return "".join(sign for sign in family.casefold() if sign.isalnum())


_RULES: Mapping[str, _Rule] = {
    "palette_hex": _colours,
    "neutrals": _neutrals_said,
    "layouts": _layout,
    "logo": _logo,
}
