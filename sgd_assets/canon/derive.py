"""Derives the brand canon: `ParsedDocument* -> DocumentClaims* -> Canon`.

Two steps, so that one new document re-reads one document: claims are made per document and stored by its hash;
resolving weighs all claims together. What must not live here: the rules (one module each) and dagster (`asset.py`).
"""

import json
from collections.abc import Iterable

from sgd_assets.canon.claims import DocumentClaims
from sgd_assets.canon.fonts import claim_fonts
from sgd_assets.canon.logo_rules import claim_logo
from sgd_assets.canon.model import Canon
from sgd_assets.canon.references import claim_references, with_references
from sgd_assets.canon.resolve import resolve
from sgd_assets.canon.sections import place_blocks
from sgd_assets.canon.stated_colours import stated_colours
from sgd_assets.canon.swatch_check import swatch_disagreements
from sgd_assets.canon.used_colours import used_colours
from sgd_assets.canon.voice import claim_voice
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import NotFound
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.ports import ObjectStore


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


def derive_org_canon(manifest: DocumentsManifest, *, store: ObjectStore) -> Canon:
    """The canon of one org; claims of documents seen before are taken from the store, not read again.

    Raises:
        NotFound, CorruptObject: a parsed document is gone or changed; parse again.
    """
    from sgd_assets.documents.parse import load_document
    from sgd_resources.storage.keys import claims_key

    key = claims_key(manifest.org_id, claims_version())
    stored = _stored_claims(store, key)
    claims: dict[str, DocumentClaims] = {}
    for entry in manifest.documents:
        name = f"{entry.document_key} {entry.file_name}"
        claims[name] = (
            stored[name] if name in stored else extract_claims(load_document(entry, store=store), entry.file_name)
        )
    if claims != stored:
        body = {name: claim.model_dump(mode="json") for name, claim in claims.items()}
        store.put(key, json.dumps(body, sort_keys=True).encode(), content_type="application/json")
    return resolve_canon(claims.values())


def _stored_claims(store: ObjectStore, key: str) -> dict[str, DocumentClaims]:
    try:
        body = json.loads(store.get(key))
    except NotFound:
        return {}
    return {name: DocumentClaims.model_validate(claim) for name, claim in body.items()}
