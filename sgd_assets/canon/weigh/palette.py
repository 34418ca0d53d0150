"""Weighs colour claims of all documents into the palette: `[DocumentClaims] -> PaletteVerdict`.

Precedence, highest first:

1. stated      printed value in a guideline's colour section (hex over RGB over ink values in the same place)
2. token       variable, token or definition that names a colour, or a file named after brand or palette
3. swatch      shape drawn, or flat area pictured, to show a colour where its value is not printed
4. sentence    printed value in words elsewhere ("the logo colour is #...")
5. logo        vectors of logo files (flat fills; gradients only where there is no flat fill)
6. theme       Office theme, without an office program's defaults
7. stylesheet  other use in style sheets
8. pixels      pixels of logo pictures

The highest of 1-4 that gives two colours makes the palette; below that the highest tier that gives any. Lower tiers
only corroborate (citations) or disagree (conflicts). Within the tier, a set the guide calls primary, main or brand
shuts out the others; else a plain set shuts out sets called secondary or complementary; a ranked set of one colour
shuts out nothing. Variables called primary, secondary and accent are one short palette, not sets. Shades of a ramp
count by their lead (`weigh/ramps.py`). Claims merge at CIEDE2000 <= 3. Black and white count only where a guide names
them. What must not live here: reading documents.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice
from typing import TypeVar

from sgd_assets.canon.colours.likeness import is_same_colour
from sgd_assets.canon.facts.claims import ColourClaim, ColourTier, DocumentClaims, PrimaryRule
from sgd_assets.canon.facts.sourced_claim import SourcedClaim
from sgd_assets.canon.weigh.colour_index import ColourIndex, Kin
from sgd_assets.canon.weigh.ramps import without_shades
from sgd_resources.colour import delta_e_2000

PRECEDENCE: tuple[ColourTier, ...] = ("stated", "token", "swatch", "sentence", "logo", "theme", "stylesheet", "pixels")
_STATEMENTS: tuple[ColourTier, ...] = ("stated", "token", "swatch", "sentence")
MOST_COLOURS = 5_000
"""Distinct colours of an org that are weighed; as many as one document may bring (`parsers/budget.py`)."""
_ENOUGH = 2
_Item = TypeVar("_Item")
_MOST_LOGO_FILLS = 8  # parts flat logos from illustrations, whose fills are many
_EQUAL = 1.5
"""CIEDE2000 below which a measured and an exact value are the same ink."""
_OF_A_PAGE = re.compile(r"(?i)\b(?:text|background|bg|border|button|btn|link|icon|surface|font|copy)\b")
"""'Text primary' is the first text colour of a page, not the brand's first colour."""
_SHORT_PALETTE = 24
"""Beyond this a list is a system of shades, and two-digit steps are shades too."""


@dataclass
class MergedColour:
    """Claims that are one colour to the eye; the first is the one that decided."""

    claims: list[SourcedClaim] = field(default_factory=list)
    is_in_palette: bool = False

    @property
    def hex(self) -> str:
        """Value of the deciding claim."""
        return self.claims[0].claim.hex


@dataclass(frozen=True)
class PaletteVerdict:
    """Palette colours most primary first, then every other stated colour; and the tier that decided."""

    colours: tuple[MergedColour, ...]
    tier: ColourTier | None
    weighed: int = 0
    """Distinct colours."""
    left_out: int = 0
    """Distinct colours beyond `MOST_COLOURS`, which were not weighed."""


def weigh_colours(documents: Sequence[DocumentClaims]) -> PaletteVerdict:
    """The palette and all stated colours beside it. The order of documents does not matter."""
    claims = _sourced(documents)
    live, weighed, left_out = _within_budget([c for c in claims if c.claim.excluded is None])
    tier, chosen = _deciding(live)
    merged = _merge(without_shades(chosen, is_long=False))
    if len(merged) > _SHORT_PALETTE:
        merged = _merge(without_shades(chosen, is_long=True))
    rules = [rule for document in documents for rule in document.primary_rules]
    palette = _primary_set(merged, rules)
    chosen_index = _index([(colour.hex, colour) for colour in palette])
    others = [
        colour
        for colour in _merge([c for c in live if c.claim.tier in ("stated", "token", "sentence")])
        if not chosen_index.holds(colour.hex)
    ]
    claim_index = _index([(sourced.claim.hex, sourced) for sourced in live])
    for colour in palette:
        colour.is_in_palette = True
        _corroborate(colour, claim_index)
    return PaletteVerdict(tuple(palette + others), tier, weighed, left_out)


def _sourced(documents: Sequence[DocumentClaims]) -> list[SourcedClaim]:
    ordered = sorted(documents, key=lambda d: (d.file_name, d.evidence_sha256))
    found = [
        SourcedClaim(claim, document.file_name, document.evidence_sha256)
        for document in ordered
        for claim in document.colours
    ]
    return sorted(found, key=_sort_key)


def _within_budget(live: list[SourcedClaim]) -> tuple[list[SourcedClaim], int, int]:
    """The claims of the colours that stand first in order of precedence, how many those are, how many are left out.

    The files of an org have no end, and each colour is compared with those near it.
    """
    distinct = dict.fromkeys(sourced.claim.hex for sourced in live)
    kept = set(islice(distinct, MOST_COLOURS))
    return [sourced for sourced in live if sourced.claim.hex in kept], len(kept), len(distinct) - len(kept)


def _sort_key(sourced: SourcedClaim) -> tuple[int, float, str, str, int]:
    claim = sourced.claim
    weight = -claim.weight if claim.tier in ("logo", "pixels", "stylesheet") else 0.0
    return PRECEDENCE.index(claim.tier), weight, sourced.file_name, sourced.sha256, claim.order


def _deciding(live: list[SourcedClaim]) -> tuple[ColourTier | None, list[SourcedClaim]]:
    by_tier: dict[ColourTier, list[SourcedClaim]] = {tier: [] for tier in PRECEDENCE}
    for sourced in live:
        by_tier[sourced.claim.tier].append(sourced)
    by_tier["logo"] = _flat_logo_colours(by_tier["logo"])
    by_tier["swatch"] = _best_swatches(by_tier["swatch"])
    for tier in _STATEMENTS:
        if _has_two(by_tier[tier]):
            return tier, by_tier[tier]
    for tier in _STATEMENTS:
        if by_tier[tier]:
            # one stated colour is completed by the logo's own, which speak of the same thing
            return tier, by_tier[tier] + by_tier["logo"]
    for tier in PRECEDENCE:
        if by_tier[tier]:
            return tier, by_tier[tier]
    return None, []


def _has_two(claims: Sequence[SourcedClaim]) -> bool:
    """Whether the claims are two colours or more: some claim does not merge with the first."""
    first = claims[0] if claims else None
    return first is not None and any(
        _is_meant_apart(first, other) or not is_same_colour(first.claim.hex, other.claim.hex) for other in claims
    )


def _flat_logo_colours(claims: list[SourcedClaim]) -> list[SourcedClaim]:
    """Flat fills before gradients; a file of many fills is an illustration and speaks only where no plain logo does."""
    flat = [c for c in claims if c.claim.method != "logo_gradient"] or claims
    fills: dict[str, set[str]] = {}
    for sourced in flat:
        fills.setdefault(sourced.sha256, set()).add(sourced.claim.hex)
    plain = [c for c in flat if len(fills[c.sha256]) <= _MOST_LOGO_FILLS]
    return plain or flat


def _best_swatches(claims: list[SourcedClaim]) -> list[SourcedClaim]:
    """Swatches on pages that speak of colour outrank equal shapes on pages without words."""
    with_words = [c for c in claims if c.claim.method != "drawn_swatch_without_words"]
    return with_words or claims


def _merge(claims: Sequence[SourcedClaim]) -> list[MergedColour]:
    merged: list[MergedColour] = []
    index: ColourIndex[MergedColour] = ColourIndex()
    for sourced in claims:
        known = index.nearest(sourced.claim.hex, _kin(sourced))
        if known is not None:
            known.claims.append(sourced)
        else:
            merged.append(MergedColour([sourced]))
            # a name that stands under nothing keeps later ones of its guide no further away
            is_apart = sourced.claim.set_name or not sourced.claim.name
            index.add(sourced.claim.hex, merged[-1], _kin(sourced) if is_apart else None)
    return merged


def _kin(sourced: SourcedClaim) -> Kin | None:
    """What `_is_meant_apart` goes by: in one guide names, or without them values of one notation in one set."""
    claim = sourced.claim
    if claim.tier != "stated":
        return None
    if claim.name:
        return Kin((sourced.sha256, "named"), _name_key(claim.name))
    return Kin((sourced.sha256, claim.set_name, claim.method), claim.hex)


def _index(items: Sequence[tuple[str, _Item]]) -> ColourIndex[_Item]:
    index: ColourIndex[_Item] = ColourIndex()
    for hex_code, item in items:
        index.add(hex_code, item)
    return index


def _is_meant_apart(one: SourcedClaim, other: SourcedClaim) -> bool:
    """One guide prints two names with two values: it means two colours, however near."""
    a, b = one.claim, other.claim
    if one.sha256 != other.sha256 or a.tier != "stated" or b.tier != "stated" or a.hex == b.hex:
        return False
    if not a.name and not b.name:
        return a.set_name == b.set_name and a.method == b.method
    return bool(a.name and b.name and a.set_name != "" and _name_key(a.name) != _name_key(b.name))


def _primary_set(merged: list[MergedColour], rules: Sequence[PrimaryRule]) -> list[MergedColour]:
    named = _by_rule(merged, rules)
    if len(named) >= _ENOUGH:
        return named
    ranked = {rank: [c for c in merged if _rank(c) == rank] for rank in ("primary", "plain", "accent", "secondary")}
    if len(ranked["primary"]) >= _ENOUGH:
        chosen = ranked["primary"]
        if all(_is_token(colour) for colour in chosen):
            chosen = chosen + ranked["accent"] + ranked["secondary"]
    elif len(ranked["primary"] + ranked["plain"]) >= _ENOUGH and ranked["plain"]:
        chosen = ranked["primary"] + ranked["plain"] + ranked["accent"]
        if ranked["primary"] and all(_is_token(colour) for colour in ranked["primary"]):
            chosen = chosen + ranked["secondary"]
    else:
        chosen = merged
    order = {"primary": 0, "plain": 1, "accent": 2, "secondary": 3}
    first = {id(colour) for colour in named}
    return sorted(chosen, key=lambda c: (id(c) not in first, not _is_called_primary(c), order[_rank(c)]))


def _is_token(colour: MergedColour) -> bool:
    """Whether a variable's own name, or its file's, makes a colour primary.

    'primary' and 'accent' are then parts of one short palette; a comment over definitions makes them a set.
    """
    claim = next(s.claim for s in colour.claims if s.claim.rank == "primary")
    named = claim.name or "" if claim.method == "latex_definition" else f"{claim.name} {claim.set_name}"
    return claim.tier == "token" and not claim.is_in_titled_set and bool(re.search(r"(?i)primary|brand|main", named))


def _is_called_primary(colour: MergedColour) -> bool:
    shown = ("swatch",)  # of a picture that shows colours only its file's name can say so
    said = (s.claim.set_name if s.claim.tier in shown else s.claim.name for s in colour.claims)
    names = (re.sub(r"[-_.]", " ", text or "") for text in said)
    return any(re.search(r"(?i)\b(?:primary|main)\b", name) and not _OF_A_PAGE.search(name) for name in names)


def _rank(colour: MergedColour) -> str:
    ranks = {sourced.claim.rank for sourced in colour.claims}
    return next(rank for rank in ("primary", "plain", "accent", "secondary") if rank in ranks)


def _by_rule(merged: list[MergedColour], rules: Sequence[PrimaryRule]) -> list[MergedColour]:
    """Colours that a sentence calls primary, by name or by place in their table."""
    if not rules:
        return []
    by_set = _grouped(merged, lambda claim: (claim.set_name,))
    by_name = _grouped(merged, lambda claim: map(_name_key, (claim.name or "", *claim.spot_names)))
    chosen: dict[int, MergedColour] = {}  # a claim belongs to one colour, so that no two of them are equal
    counted: set[tuple[str | None, int]] = set()
    for rule in rules:
        where = (rule.set_name if rule.set_name in by_set else None, rule.first_count or 0)
        if rule.first_count is not None and where not in counted:
            counted.add(where)  # what is said again names nothing more
            in_set = merged if where[0] is None else by_set[where[0]]
            first = nsmallest(rule.first_count, in_set, key=lambda colour: colour.claims[0].claim.order)
            chosen.update((id(colour), colour) for colour in first)
        for wanted in filter(None, map(_name_key, rule.names)):
            chosen.update((id(colour), colour) for colour in by_name.pop(wanted, ()))
    return list(chosen.values())


def _grouped(
    merged: Sequence[MergedColour], keys_of: Callable[[ColourClaim], Iterable[str]]
) -> dict[str, list[MergedColour]]:
    """The colours by each key of their claims, each once under a key, in their order."""
    groups: dict[str, dict[int, MergedColour]] = {}
    for colour in merged:
        for sourced in colour.claims:
            for key in keys_of(sourced.claim):
                groups.setdefault(key, {})[id(colour)] = colour
    return {key: list(group.values()) for key, group in groups.items()}


def _name_key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _corroborate(colour: MergedColour, live: ColourIndex[SourcedClaim]) -> None:
    """Adds the same colour's places in lower tiers as citations; a measured value gives way to an exact one so near."""
    known = {id(sourced) for sourced in colour.claims}
    colour.claims.extend(sourced for sourced in live.within(colour.hex, limit=_EQUAL) if id(sourced) not in known)
    if colour.claims[0].claim.method.startswith("pictured"):
        exact = [
            c
            for c in colour.claims
            if c.claim.tier in ("token", "sentence", "logo") and c.claim.method != "logo_gradient"
        ]
        if exact and delta_e_2000(exact[0].claim.hex, colour.hex) <= _EQUAL:
            colour.claims.sort(key=lambda c: c is not exact[0])
