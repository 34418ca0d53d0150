"""Printed values against the swatches they caption: `ParsedDocument, [ColourClaim] -> [Disagreement]`.

On pages the swatch is the filled shape next to the caption; in HTML it is the element of the same table row or parent
whose inline style paints a ground. The printed value wins; the swatch is kept as a disagreement. What must not live
here: pairing of shapes without printed values (`colours/swatches.py`).
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.colours.likeness import is_black_or_white
from sgd_assets.canon.facts.claims import ColourClaim, Disagreement
from sgd_resources.colour import delta_e_2000
from sgd_resources.parsed_document import Bbox, ColourUse, ParsedDocument

_REACH_PT = 60.0  # about 2 cm: a caption further away belongs to another shape
_MIN_SIDE_PT = 10.0  # parts swatches from rules and bullets
_LIMIT_RGB = 3.0  # CIEDE2000; above what 8-bit rounding and a picture's compression change, below another shade
_LIMIT_INK = 12.0
"""Ink and spot fills are shown through a profile that the printed hex did not go through."""


def swatch_disagreements(document: ParsedDocument, claims: Sequence[ColourClaim]) -> list[Disagreement]:
    """One entry per printed value whose own swatch shows another colour, in reading order."""
    stated = [claim for claim in claims if claim.tier == "stated" and claim.excluded is None]
    found = []
    for claim in stated:
        swatch = _drawn_beside(document, claim, stated) or _painted_beside(document, claim)
        if swatch is not None and delta_e_2000(claim.hex, swatch.hex) > _limit(swatch):
            found.append(
                Disagreement(
                    kept=claim.hex,
                    dropped=swatch.hex,
                    rule="printed value over the swatch shown beside it",
                    quote=claim.quote,
                    location=claim.location,
                )
            )
    return found


def _limit(swatch: ColourUse) -> float:
    return _LIMIT_INK if swatch.space in ("cmyk", "spot", "lab") else _LIMIT_RGB


def _drawn_beside(document: ParsedDocument, claim: ColourClaim, stated: Sequence[ColourClaim]) -> ColourUse | None:
    """The nearest filled shape, when no nearer caption owns it and none within reach shows the printed colour."""
    box, page = claim.location.bbox, claim.location.page
    if box is None or page is None:
        return None
    near = sorted(
        (
            (gap_between(box, use.location.bbox), use.hex, use)
            for use in document.colours
            if use.source == "fill"
            and use.location.page == page
            and use.location.bbox is not None
            and _is_swatch(use.location.bbox, box)
        ),
        key=lambda entry: entry[:2],
    )
    within = [entry for entry in near if entry[0] <= _REACH_PT]
    if not within or any(delta_e_2000(claim.hex, hex_code) <= _limit(use) for _, hex_code, use in within):
        return None
    gap, _, swatch = within[0]
    others = [
        c.location.bbox for c in stated if c is not claim and c.location.page == page and c.location.bbox is not None
    ]
    place = swatch.location.bbox
    if place is None or is_black_or_white(swatch.hex) or any(gap_between(other, place) < gap for other in others):
        return None
    return swatch


def _is_swatch(shape: Bbox, caption: Bbox) -> bool:
    wide, high = shape[2] - shape[0], shape[3] - shape[1]
    holds = shape[0] <= caption[0] and shape[1] <= caption[1] and shape[2] >= caption[2] and shape[3] >= caption[3]
    return min(wide, high) >= _MIN_SIDE_PT and not (
        holds and wide * high > 30 * (caption[2] - caption[0]) * (caption[3] - caption[1])
    )


def gap_between(a: Bbox, b: Bbox | None) -> float:
    """Distance between two boxes that face each other, sideways or up and down; infinite when they do not."""
    if b is None:
        return float("inf")
    across = min(a[2], b[2]) - max(a[0], b[0])
    along = min(a[3], b[3]) - max(a[1], b[1])
    if across > 0:
        return max(0.0, -along)
    return max(0.0, -across) if along > 0 else float("inf")


def _painted_beside(document: ParsedDocument, claim: ColourClaim) -> ColourUse | None:
    """The one element of the same table row, or of the same parent, whose inline style paints a ground."""
    parent = _parent(claim.location.selector)
    if parent is None:
        return None
    painted = [
        use
        for use in document.colours
        if use.source == "css_declaration"
        and (use.name or "").startswith("background")
        and (use.location.selector or "").startswith(parent + " > ")
    ]
    return painted[0] if len({use.hex for use in painted}) == 1 else None


def _parent(selector: str | None) -> str | None:
    if not selector or " > " not in selector:
        return None
    row = re.match(r".*\btr(?::nth-of-type\(\d+\))?(?= > )", selector)
    return row[0] if row else selector.rsplit(" > ", 1)[0]
