"""The families of headline and text that a request gets: its constraints', those its instruction names, the canon's.

What must not live here: which file sets a family (`compose/typefaces.py`), or how an instruction names one
(`brief/typed_in.py`).
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.brief.typed_in import fonts_asked, wishes_bold
from sgd_assets.renders.compose.families import is_typeface
from sgd_assets.renders.compose.typefaces import heading_and_body
from sgd_assets.renders.plan.kit import BrandKit

_BOLD = 600
"""CSS weight from which type is called semi-bold."""


def families_for(
    request: Mapping[str, Any], brief: Brief, canon: Canon, kit: BrandKit
) -> tuple[tuple[str, str], tuple[str, ...]]:
    """Families of headline and text, and `font: name` of each that is asked for and is not the brand's.

    Raises:
        ValidationFailed: as `heading_and_body`.
    """
    wanted = (request.get("constraints") or {}).get("fonts") or ()
    heading, body = heading_and_body(canon, wanted)
    instruction = (request["prompts"].get("instruction") or "").strip()
    if not instruction or request["prompts"]["task"] == "edit" or brief.edits:
        return (heading, body), ()
    own = {name.casefold(): name for name in (*(font.facts.family for font in kit.brand_fonts), *canon.fonts)}
    unmet: list[str] = []
    known = (*own.values(), *kit.fonts.families())
    for asked in fonts_asked(instruction, brief, known=known, is_typeface=is_typeface):
        family = own.get(asked.name.casefold())
        if family is None or (wanted and family not in wanted):
            unmet.append(f"font: {asked.name}")
        else:
            heading, body = family, body if asked.part == "headline" else family
    return (heading, body), tuple(unmet)


def unmet_weight(request: Mapping[str, Any], brief: Brief, weight: int) -> tuple[str, ...]:
    """`type: which` where bold is asked for and not set: text is regular, and some headline faces have no bold."""
    instruction = (request["prompts"].get("instruction") or "").strip()
    bold = wishes_bold(instruction, brief) if instruction and not brief.edits else None
    if bold is None or (weight >= _BOLD and not bold[1]):
        return ()
    return (f"type: {bold[0]}",)
