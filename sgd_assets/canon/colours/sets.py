"""How the claims of one guide stand to each other: `[ColourClaim] -> [ColourClaim]`.

Sets with a heading of their own, states and parts of a screen behind the brand's own, tints behind what they are tints
of. What must not live here: reading blocks (`colours/stated.py`) and weighing documents (`weigh/palette.py`).
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.colours.likeness import is_neutral
from sgd_assets.canon.facts.claims import ColourClaim
from sgd_assets.canon.words import topics

_TINT = re.compile(r"(?i)(?:^|\s)\(?[1-9]\d?\s?%(?:\s*tint)?\)?\s*$")
_TINT_HEADING = re.compile(r"(?i)^\W*(?:[\w-]+ ){0,3}(?:tints?|shades?)(?:\s*(?:and|&|/)\s*(?:tints?|shades?))?\W*$")
_STATE = re.compile(
    r"(?i)^\W*(?:[\w-]+(?: ?\(|[-_.]))?(?:success|danger|warning|info(?:rmation(?:al)?)?|errors?|alert|caution)"
    r"(?: colou?rs?| states?|[-_. ]\d{2,3})?\W*$"
)
_FAMILY = re.compile(
    r"(?i)^\W*(?:status|states?|feedback|success|error|warning|danger|info|dark|light|neutral|gr[ae]y|text|background|bg|"
    r"border|surface)[-_ ][\w-]+\W*$"
)
_LEADING = re.compile(r"(?i)^\W*(?:brand|primary|secondary|accent)\b")
_UI_PART = re.compile(
    r"(?i)^\W*(?:text|background|surface|border|divider|card|muted|foreground|input|link|overlay)s?\b"
)
_WHOLE = re.compile(r"(?i)^\W*(?:the |our )?(?:colou?rs?|colou?r palettes?|palettes?)\W*$")
_NAMED_SET = re.compile(
    r"^\W*((?:[A-Z][\w&’'-]*\s+){1,4}?)(?i:(?:brand )?(?:colou?rs?|colou?r palettes?|palettes?))\W*$"
)
_LONG_LIST = 12  # no brand's primary set is as long: a list of families, each with a lead
_ENOUGH = 2  # once may be chance


def by_nearest_heading(claims: list[ColourClaim], near: Sequence[bool]) -> list[ColourClaim]:
    """Where one set's own heading says primary, 'Brand colours' far above makes no other set primary."""
    is_said = sum(is_near and claim.rank == "primary" for claim, is_near in zip(claims, near, strict=True)) >= _ENOUGH
    return [
        claim.model_copy(update={"rank": "plain"}) if is_said and claim.rank == "primary" and not is_near else claim
        for claim, is_near in zip(claims, near, strict=True)
    ]


def states_behind(claims: list[ColourClaim]) -> list[ColourClaim]:
    """Where a guide names a primary colour, 'Success', 'Danger' and the like stand behind the brand's own.

    Where one set names primary, secondary and accent, what other sets call 'Text' or 'Border' stands behind too.
    """
    sets: dict[str, list[ColourClaim]] = {}
    for claim in claims:
        sets.setdefault(claim.set_name, []).append(claim)
    led = {name for name, members in sets.items() if sum(_is_led(member) for member in members) >= _ENOUGH}
    has_primary = any(re.search(r"(?i)\b(?:primary|main)\b", claim.name or "") for claim in claims)
    behind = [
        (set(sets) if has_primary else set(), _STATE),
        ({name for name, members in sets.items() if _is_of_families(members)}, _FAMILY),
        (set(sets) - led if led else set(), _UI_PART),
    ]
    return [
        claim.model_copy(update={"rank": "secondary"})
        if any(claim.set_name in where and what.match(claim.name or "") for where, what in behind)
        else claim
        for claim in claims
    ]


def _is_led(claim: ColourClaim) -> bool:
    return claim.excluded is None and bool(_LEADING.match(claim.name or "") or _LEADING.match(claim.set_name))


def _is_of_families(members: Sequence[ColourClaim]) -> bool:
    """Whether a long list names its colours by families ('dark-1', 'status-ok') beside the brand's and its accents."""
    led = [member for member in members if _LEADING.match(member.name or "")]
    return len(members) > _LONG_LIST and len(led) >= _ENOUGH


def other_brands_behind(claims: list[ColourClaim]) -> list[ColourClaim]:
    """Beside a set titled 'Colour palette', one titled 'Acme Health palette' whose colours are all named 'Acme Health
    blue', 'Acme Health red' is a daughter brand's."""
    members: dict[str, list[ColourClaim]] = {}
    for claim in claims:
        members.setdefault(claim.set_name, []).append(claim)
    if not any(_WHOLE.match(name) and len(found) >= _ENOUGH for name, found in members.items()):
        return claims
    behind = {name for name, found in members.items() if _is_of_another_brand(name, found)}
    return [
        claim.model_copy(update={"rank": "secondary"}) if claim.set_name in behind and claim.rank == "plain" else claim
        for claim in claims
    ]


def logo_colours_behind(claims: list[ColourClaim]) -> list[ColourClaim]:
    """Where a section on colour states the palette, what a section on the logo states are the logo's colourways."""
    states = [claim for claim in claims if claim.tier == "stated" and claim.excluded is None]
    palette = {claim.hex for claim in states if topics.COLOUR.search(claim.set_name)}
    if len(palette) < _ENOUGH:
        return claims
    return [
        claim.model_copy(update={"rank": "secondary"})
        if claim.tier == "stated" and topics.LOGO.search(claim.set_name) and not topics.COLOUR.search(claim.set_name)
        else claim
        for claim in claims
    ]


def _is_of_another_brand(set_name: str, members: Sequence[ColourClaim]) -> bool:
    match = _NAMED_SET.match(set_name)
    brand = _letters(match[1]) if match else ""
    return bool(brand) and all(_letters(member.name or "").startswith(brand) for member in members)


def without_tints(claims: list[ColourClaim]) -> list[ColourClaim]:
    """Percentages of a colour that is stated too, and what stands under 'Tints', are shades of the brand's colours."""
    stems = {_letters(claim.name): claim.hex for claim in claims if claim.name and not _TINT.search(claim.name)}
    full = [claim for claim in claims if not _TINT_HEADING.search(claim.set_name)]
    kept: list[ColourClaim] = []
    latest: str | None = None
    for claim in claims:
        is_step = _TINT.search(claim.name or "") is not None
        stem = _letters(_TINT.sub("", claim.name or ""))
        whole = stems.get(stem) if stem else latest
        latest = latest if is_step else claim.hex
        # a percentage of black is a grey that a guide may well mean
        is_of_colour = is_step and whole is not None and not is_neutral(whole)
        is_listed = len(full) >= _ENOUGH and bool(_TINT_HEADING.search(claim.set_name))
        is_tint = claim.excluded is None and claim.tier == "stated" and (is_of_colour or is_listed)
        kept.append(claim.model_copy(update={"excluded": "derived shade"}) if is_tint else claim)
    return kept


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
