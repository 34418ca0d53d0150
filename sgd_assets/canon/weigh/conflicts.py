"""What disagreed, and the rule that decided: `[DocumentClaims], palette -> [Conflict]`.

Three kinds: two notations of one colour in one place; a printed value beside a swatch of another colour; two
documents that give one name two values. What must not live here: the decision itself (`weigh/palette.py`).
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.colours.likeness import is_same_colour
from sgd_assets.canon.facts.claims import ColourClaim, DocumentClaims
from sgd_assets.canon.model import Citation, Conflict
from sgd_assets.canon.weigh.palette import PRECEDENCE, MergedColour
from sgd_resources.parsed_document import Location


def find_conflicts(documents: Sequence[DocumentClaims], palette: Sequence[MergedColour]) -> list[Conflict]:
    """Conflicts in a fixed order, each once."""
    found: dict[tuple[str, str, str], Conflict] = {}
    for document in documents:
        for item in document.disagreements:
            conflict = Conflict(
                kind="colour",
                kept=item.kept,
                dropped=item.dropped,
                rule=item.rule,
                citations=(_cite(document, item.location, item.quote),),
            )
            found.setdefault((item.kept, item.dropped, item.rule), conflict)
    for conflict in _by_name(documents):
        found.setdefault((conflict.kept, conflict.dropped, conflict.rule), conflict)
    return list(found.values())


def _by_name(documents: Sequence[DocumentClaims]) -> list[Conflict]:
    named: dict[str, list[tuple[DocumentClaims, ColourClaim]]] = {}
    for document in documents:
        for claim in document.colours:
            if claim.name and claim.excluded is None and claim.tier in ("stated", "token", "sentence"):
                key = re.sub(r"[^a-z0-9]", "", claim.name.lower())
                if len(key) >= 4:
                    named.setdefault(key, []).append((document, claim))
    found = []
    for group in named.values():
        group.sort(
            key=lambda pair: (PRECEDENCE.index(pair[1].tier), pair[0].file_name, pair[0].evidence_sha256, pair[1].order)
        )
        (kept_document, kept), rest = group[0], group[1:]
        for document, claim in rest:
            if document.evidence_sha256 != kept_document.evidence_sha256 and not is_same_colour(kept.hex, claim.hex):
                rule = f"{kept.tier} over {claim.tier}" if kept.tier != claim.tier else "first document by name"
                cited = (_cite(kept_document, kept.location, kept.quote), _cite(document, claim.location, claim.quote))
                found.append(
                    Conflict(
                        kind="colour",
                        kept=kept.hex,
                        dropped=claim.hex,
                        rule=f"one name, two values: {rule}",
                        citations=cited,
                    )
                )
    return found


def _cite(document: DocumentClaims, location: Location, quote: str) -> Citation:
    return Citation(
        evidence_sha256=document.evidence_sha256,
        file_name=document.file_name,
        page=location.page,
        bbox=location.bbox,
        selector=location.selector,
        xml_path=location.xml_path,
        line=location.line,
        quote=quote,
    )
