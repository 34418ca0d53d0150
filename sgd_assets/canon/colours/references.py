"""Tokens and variables that name one of another file.

`ParsedDocument -> ReferenceClaim`; then, with all documents of an org at hand, `[DocumentClaims] -> [DocumentClaims]`
with the colours that the names stand for. What must not live here: references inside one file (the parsers resolve
them) and what a token is worth (`colours/used.py`).
"""

import re
from collections.abc import Iterator, Sequence

from sgd_assets.canon.colours.used import token_claim
from sgd_assets.canon.facts.claims import ColourClaim, DocumentClaims, ReferenceClaim
from sgd_resources.parsed_document import ColourUse, ParsedDocument, TextBlock

_TOKEN = re.compile(r"\{!?([^{}]+?)(?:\.\$?value)?\}")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)|(?:[\w-]+\.)?(\$[\w-]+)|(@[A-Za-z][\w-]*)")
_LONGEST_CHAIN = 12  # aliases of aliases; ends circles


def claim_references(document: ParsedDocument) -> list[ReferenceClaim]:
    """References that the file itself could not resolve, in file order."""
    return [
        ReferenceClaim(name=name, target=target, quote=block.text, location=block.location, order=order)
        for order, block in enumerate(document.text_blocks)
        if block.kind == "code" and block.location.selector
        for name, target in _reference(block)
    ]


def with_references(documents: Sequence[DocumentClaims]) -> list[DocumentClaims]:
    """The same documents; where a reference leads to a colour of another one, the colour is claimed by its name too."""
    if not any(document.references for document in documents):
        return list(documents)
    values: dict[str, ColourClaim] = {}
    targets: dict[str, str] = {}
    for document in documents:
        for claim in document.colours:
            if claim.tier == "token" and claim.name and not claim.is_reference:
                for key in _keys(claim.name):
                    values.setdefault(key, claim)
        for reference in document.references:
            for key in _keys(reference.name):
                targets.setdefault(key, _key(reference.target))
    return [
        document.model_copy(update={"colours": (*document.colours, *_resolved(document, values, targets))})
        if document.references
        else document
        for document in documents
    ]


def _resolved(
    document: DocumentClaims, values: dict[str, ColourClaim], targets: dict[str, str]
) -> Iterator[ColourClaim]:
    first = len(document.colours)
    for reference in document.references:
        key = _key(reference.target)
        for _ in range(_LONGEST_CHAIN):
            if key in values or key not in targets:
                break
            key = targets[key]
        found = values.get(key)
        if found is None:
            continue
        use = ColourUse(
            hex=found.hex,
            source="design_token" if reference.quote.startswith("{") else "css_variable",
            name=reference.name,
            operator=reference.quote,
            location=reference.location,
        )
        claim = token_claim(use, document.file_name, order=first + reference.order)
        if claim is not None:
            yield claim.model_copy(update={"is_reference": True})


def _reference(block: TextBlock) -> Iterator[tuple[str, str]]:
    text, place = block.text.strip(), block.location.selector or ""
    if match := _TOKEN.fullmatch(text):
        yield place.removeprefix("$."), match[1]
    elif match := _VARIABLE.fullmatch(text):
        yield place.rsplit(" ", maxsplit=1)[-1], next(part for part in match.groups() if part)


def _keys(name: str) -> tuple[str, ...]:
    """A token's name, also without the set that holds it."""
    key = _key(name)
    _, dot, inner = key.partition(".")
    return (key, inner) if dot else (key,)


def _key(name: str) -> str:
    return name.strip().replace("_", "-") if name.startswith("$") else name.strip()
