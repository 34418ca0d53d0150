"""Two editions of one guide: what the newer states stands, what the older states beside it is superseded.

`[DocumentClaims] -> [DocumentClaims], [Conflict]`. Editions are told by years and versions in names of files that are
one name without them. What must not live here: how claims of one edition are weighed (`weigh/palette.py`).
"""

import re
from collections.abc import Sequence
from itertools import islice

from sgd_assets.canon.facts.claims import ColourClaim, DocumentClaims, FontClaim
from sgd_assets.canon.model import Citation, Conflict, FactKind

_YEAR = re.compile(r"(?<!\d)((?:19[89]|20[0-3])\d)(?:[-_.]?(0[1-9]|1[0-2]))?(?!\d)")
"""1980 to 2039, with a month or without: no width of a picture."""
_VERSION = re.compile(r"(?<![a-z])v(?:er(?:sion)?)?[ _.-]?(\d{1,3}(?:[._-]\d{1,3}){0,2})(?!\w)", re.IGNORECASE)
_TOLD = 8
"""Superseded values that are listed of one edition; the file itself holds the rest."""

Edition = tuple[int, ...]


def newest_editions(documents: Sequence[DocumentClaims]) -> tuple[list[DocumentClaims], list[Conflict]]:
    """The claims without what a newer edition of their guide states anew, and what was superseded.

    Of each kind (colours, fonts, voice, logo) an older edition gives way only where the newest states some.
    """
    guides: dict[str, list[tuple[Edition, DocumentClaims]]] = {}
    for document in documents:
        name, edition = _edition_of(document.file_name)
        if edition is not None:
            guides.setdefault(name, []).append((edition, document))
    newest: dict[str, DocumentClaims] = {}
    for editions in guides.values():
        latest = max(edition for edition, _ in editions)
        last = next(document for edition, document in editions if edition == latest)
        newest.update({document.evidence_sha256: last for edition, document in editions if edition < latest})
    kept, conflicts = [], []
    for document in documents:
        last_one = newest.get(document.evidence_sha256)
        kept.append(_without_superseded(document, last_one) if last_one is not None else document)
        conflicts += _superseded(document, last_one) if last_one is not None else []
    return kept, conflicts


def _edition_of(file_name: str) -> tuple[str, Edition | None]:
    """A file's name without its year or version, and these; None where it has neither."""
    year, version = _YEAR.search(file_name), _VERSION.search(file_name)
    if year is None and version is None:
        return file_name, None
    edition: Edition = (int(year[1]), int(year[2] or 0)) if year is not None else (0, 0)
    if version is not None:
        edition += tuple(int(part) for part in re.split(r"[._-]", version[1]))
    bare = _VERSION.sub("", _YEAR.sub("", file_name))
    return re.sub(r"[\W_]+", " ", bare).strip().casefold(), edition


def _stated(document: DocumentClaims) -> tuple[list[ColourClaim], list[FontClaim]]:
    colours = [claim for claim in document.colours if claim.tier == "stated" and claim.excluded is None]
    return colours, [claim for claim in document.fonts if claim.tier == "stated"]


def _without_superseded(document: DocumentClaims, newest: DocumentClaims) -> DocumentClaims:
    colours, fonts = _stated(newest)
    update: dict[str, object] = {}
    if colours:
        update |= {"colours": (), "disagreements": (), "primary_rules": ()}
    if fonts:
        update["fonts"] = ()
    if newest.voice:
        update["voice"] = ()
    if newest.logo:
        update["logo"] = ()
    return document.model_copy(update=update)


def _superseded(document: DocumentClaims, newest: DocumentClaims) -> list[Conflict]:
    old_colours, old_fonts = _stated(document)
    new_colours, new_fonts = _stated(newest)
    hexes, families = {claim.hex for claim in new_colours}, {claim.family for claim in new_fonts}
    gone_colours = [(claim.hex, claim) for claim in old_colours if new_colours and claim.hex not in hexes]
    gone_fonts = [(claim.family, claim) for claim in old_fonts if new_fonts and claim.family not in families]
    found = [_conflict("colour", value, claim, document, new_colours[0].hex, new_colours[0], newest)
             for value, claim in islice(gone_colours, _TOLD)]  # fmt: skip
    return found + [
        _conflict("font", value, claim, document, new_fonts[0].family, new_fonts[0], newest)
        for value, claim in islice(gone_fonts, _TOLD)
    ]


def _conflict(
    kind: FactKind,
    dropped: str,
    old: ColourClaim | FontClaim,
    document: DocumentClaims,
    kept: str,
    new: ColourClaim | FontClaim,
    newest: DocumentClaims,
) -> Conflict:
    return Conflict(
        kind=kind,
        kept=kept,
        dropped=dropped,
        rule="superseded: a newer edition of the guide states these anew",
        citations=(_cite(newest, new), _cite(document, old)),
    )


def _cite(document: DocumentClaims, claim: ColourClaim | FontClaim) -> Citation:
    place = claim.location
    return Citation(
        evidence_sha256=document.evidence_sha256,
        file_name=document.file_name,
        page=place.page,
        bbox=place.bbox,
        selector=place.selector,
        xml_path=place.xml_path,
        line=place.line,
        quote=claim.quote,
    )
