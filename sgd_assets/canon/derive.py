"""Derives the brand canon: `ParsedDocument* -> DocumentClaims* -> Canon`.

Two steps, so that one new document re-reads one document: claims are made per document and stored by its hash;
resolving weighs all claims together. What must not live here: the rules (one module each) and dagster (`asset.py`).
"""

import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from sgd_assets.canon.colours.references import claim_references, with_references
from sgd_assets.canon.colours.stated import stated_colours
from sgd_assets.canon.colours.swatch_check import swatch_disagreements
from sgd_assets.canon.colours.used import used_colours
from sgd_assets.canon.facts.claims import DocumentClaims
from sgd_assets.canon.fonts.read import claim_fonts
from sgd_assets.canon.logo.rules import claim_logo
from sgd_assets.canon.model import Canon
from sgd_assets.canon.reading.sections import place_blocks
from sgd_assets.canon.voice.read import claim_voice
from sgd_assets.canon.weigh.resolve import resolve
from sgd_assets.documents.manifest import DocumentEntry, DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_resources.code_versions.version import version_of
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import claims_key

_log = logging.getLogger(__name__)


def extract_claims(document: ParsedDocument, file_name: str) -> DocumentClaims:
    """Everything one document claims of the brand. Pure: same document and name, same claims."""
    placed = place_blocks(document)
    stated, disagreements, rules = stated_colours(document, placed, file_name)
    disagreements += swatch_disagreements(document, stated)
    used = used_colours(document, placed, file_name, first_order=len(stated))
    return DocumentClaims(
        evidence_sha256=document.evidence_sha256,
        file_name=file_name,
        parser_version=f"{document.parser}@{document.parser_version}",
        claims_version=claims_version(),
        colours=(*stated, *used),
        disagreements=tuple(disagreements),
        primary_rules=tuple(rules),
        references=tuple(claim_references(document)),
        fonts=tuple(claim_fonts(document, placed, file_name)),
        voice=tuple(claim_voice(document, placed, file_name)),
        logo=tuple(claim_logo(document, placed, file_name)),
    )


def resolve_canon(claims: Iterable[DocumentClaims]) -> Canon:
    """The canon of all claims. The order of documents does not matter."""
    ordered = sorted(claims, key=lambda c: (c.file_name, c.evidence_sha256))
    return resolve(with_references(ordered), derived_by=f"local@{rules_version()}")


def claims_version() -> str:
    """Version of the rules that read one document: stored claims of another version are read anew."""
    return version_of(extract_claims)


def rules_version() -> str:
    """Version of all rules between parsed documents and a canon."""
    return version_of(extract_claims, resolve_canon)


def derive_canon(documents: Iterable[tuple[str, ParsedDocument]]) -> Canon:
    """The canon of (file name, document) pairs, in any order."""
    return resolve_canon(extract_claims(document, file_name) for file_name, document in documents)


def derive_org_canon(
    manifest: DocumentsManifest, *, store: ObjectStore, shelf: DocumentShelf, is_of_all: bool = True
) -> Canon:
    """The canon of one org; claims of documents seen before are taken from the store, not read again.

    Claims are a memory: those that are damaged are read anew from their documents.

    Args:
        manifest: of the documents that count.
        store: where the memory is.
        shelf: where the documents are.
        is_of_all: whether these are all that the org has; of some of them only the memory stays as it is.

    Raises:
        Unavailable: the store is down, or a document that has to be read again finds no reader. Retry.
    """
    key = claims_key(manifest.org_id, claims_version())
    body = read_derived(store, key, _object, what="the memory of an org's claims") or {}
    entries = {_name(entry): entry for entry in manifest.documents}
    claims = dict(_whole({name: body[name] for name in entries if name in body}, entries, key))
    is_current = claims.keys() == body.keys() == entries.keys()
    for entry in manifest.documents:
        if _name(entry) not in claims and (document := shelf.load_if_any(entry)) is not None:
            claims[_name(entry)] = extract_claims(document, entry.file_name)
    if is_of_all and not is_current:
        kept = {name: claim.model_dump(mode="json") for name, claim in claims.items()}
        store.put(key, json.dumps(kept, sort_keys=True).encode(), content_type="application/json")
    return resolve_canon(claims.values())


def _name(entry: DocumentEntry) -> str:
    return f"{entry.document_key} {entry.file_name}"


def _whole(body: dict[str, Any], entries: dict[str, DocumentEntry], key: str) -> Iterator[tuple[str, DocumentClaims]]:
    for name, stored in body.items():
        try:
            claims = DocumentClaims.model_validate(stored)
        except ValidationError:
            _log.warning("the claims of one document are damaged and are read anew: %s in %s", name, key)
            continue
        entry = entries[name]
        told = (claims.evidence_sha256, claims.file_name, claims.claims_version, claims.parser_version)
        reader = f"{entry.parser}@{entry.parser_version}"
        if told == (entry.evidence_sha256, entry.file_name, claims_version(), reader):
            yield name, claims
        else:
            # damage, or another parser stood in for this one until now
            _log.warning("the claims under %s in %s are those of another reading and are read anew", name, key)


def _object(data: bytes) -> dict[str, Any]:
    body = json.loads(data)
    if not isinstance(body, dict):
        raise TypeError(type(body).__name__)
    return body
