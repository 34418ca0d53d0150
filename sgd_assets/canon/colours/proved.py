"""Values that what a page shows bears out: `[ColourClaim], ParsedDocument -> [ColourClaim]`.

A value read by OCR counts where its page shows the colour or says it twice; a value printed beside a shape of its own
colour is a palette's, whatever the heading. What must not live here: values that disagree with their swatch
(`colours/swatch_check.py`).
"""

from collections.abc import Iterable, Sequence

from sgd_assets.canon.colours.likeness import is_same_colour
from sgd_assets.canon.colours.swatch_check import gap_between
from sgd_assets.canon.facts.claims import ColourClaim
from sgd_assets.canon.words import topics
from sgd_resources.colour import delta_e_2000
from sgd_resources.parsed_document import ColourUse, ParsedDocument

_NEAR_INK = 12.0
"""CIEDE2000 by which a swatch in inks, or in a compressed picture, may differ from the value printed beside it."""
_REACH_PT = 60.0  # as beside a caption
_LEAST_PT = 8.0  # parts swatches from rules and bullets
_ENOUGH = 2
_Shown = dict[int, tuple[str, ...]]


def shown_colours(document: ParsedDocument) -> _Shown:
    """Colours that each page really shows."""
    shown: dict[int, dict[str, None]] = {}
    for use in document.colours:
        if use.source in ("fill", "pixels", "stroke") and use.location.page is not None:
            shown.setdefault(use.location.page, {})[use.hex] = None
    return {page: tuple(found) for page, found in shown.items()}


def verified(claim: ColourClaim, notations: Iterable[str], shown: _Shown, *, is_picture: bool) -> ColourClaim:
    """A value read by OCR may be misread: it counts where its page shows that colour, as the name of a swatch.

    In a picture file the swatches decide which colours are meant (a row of shades is one), and the value beside one
    says it exactly.

    Args:
        claim: of the value.
        notations: other values that are printed for the same colour; one that agrees proves the reading.
        shown: what each page shows.
        is_picture: whether the document is a picture file.
    """
    colours = shown.get(claim.location.page or 1, ())
    is_shown = any(delta_e_2000(claim.hex, other) <= _NEAR_INK for other in colours)
    is_said_twice = any(is_same_colour(claim.hex, other) for other in notations)
    return claim.model_copy(
        update={
            "tier": "pixels" if is_picture else "swatch",
            "method": "recognised_value",
            "excluded": claim.excluded
            or (None if is_shown or is_said_twice else "read by OCR, but its page shows no such colour"),
        }
    )


def guide_values(claims: Sequence[ColourClaim], words: str) -> list[ColourClaim]:
    """Values of a picture that is a guide's page outrank what other pictures only show: two or more of them, in a
    picture that is not named after one colour.

    Args:
        claims: of one document.
        words: of its title and file name.
    """
    read = {claim.hex for claim in claims if claim.method == "recognised_value" and claim.excluded is None}
    if len(read) < _ENOUGH or topics.COLOUR_FILE.search(words) or topics.LOGO_FILE.search(words):
        return list(claims)
    return [
        claim.model_copy(update={"tier": "swatch"}) if claim.method == "recognised_value" else claim for claim in claims
    ]


def beside_their_swatches(claims: Sequence[ColourClaim], document: ParsedDocument) -> list[ColourClaim]:
    """Two or more values that a page prints each beside a shape of its own colour are stated, under any heading, in a
    document that states no palette otherwise."""
    if len({claim.hex for claim in claims if claim.tier == "stated" and claim.excluded is None}) >= _ENOUGH:
        return list(claims)
    fills: dict[int, list[ColourUse]] = {}
    for use in document.colours:
        if use.source == "fill" and use.location.page is not None and _is_large(use):
            fills.setdefault(use.location.page, []).append(use)
    proved: dict[int, set[str]] = {}
    for claim in claims:
        page = claim.location.page
        is_live = claim.tier in ("stated", "sentence") and claim.excluded is None
        if page is not None and is_live and any(_is_own(claim, use) for use in fills.get(page, ())):
            proved.setdefault(page, set()).add(claim.hex)
    return [
        claim.model_copy(update={"tier": "stated", "method": claim.method.replace("sentence_", "stated_")})
        if claim.tier == "sentence"
        and claim.excluded is None
        and len(found := proved.get(claim.location.page or 0, set())) >= _ENOUGH
        and claim.hex in found
        else claim
        for claim in claims
    ]


def _is_large(use: ColourUse) -> bool:
    box = use.location.bbox
    return box is not None and min(box[2] - box[0], box[3] - box[1]) >= _LEAST_PT


def _is_own(claim: ColourClaim, use: ColourUse) -> bool:
    box, place = claim.location.bbox, use.location.bbox
    if box is None or place is None or not is_same_colour(claim.hex, use.hex):
        return False
    return gap_between(box, place) <= _REACH_PT
