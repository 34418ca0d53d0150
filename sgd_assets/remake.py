"""How a stage's value is made anew when its manifest is damaged: from rows, stored objects and the stage's own logic.

Only values that a later stage reads. What must not live here: the stages' logic, or reading manifests.
"""

from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel

from sgd_assets.canon.cited import name_sources, sources_of
from sgd_assets.canon.derive import derive_org_canon
from sgd_assets.canon.model import decode_version
from sgd_assets.canon.statements.apply import apply_statements
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.read import read_evidence
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.evidence.ingest import manifest_of
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_resources.dagster.io import ManifestIOManager, Remake
from sgd_resources.lazy import Lazy
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import canon_key


def remakes(resources: Mapping[str, Lazy[Any]]) -> dict[str, Remake]:
    """Asset name to the making of its value; clients are asked for only then."""

    def evidence(org_id: str, manifests: ManifestIOManager) -> BaseModel:
        return manifest_of(org_id, resources["ledger"].client().evidence(org_id))

    def documents(org_id: str, manifests: ManifestIOManager) -> BaseModel:
        upstream = cast(EvidenceManifest, manifests.read("brand_evidence", org_id))
        store = resources["store"].client()
        parser, jobs = resources["parser"].client(), resources["drawing"].client()
        return read_evidence(upstream, store=store, parser=parser, jobs=jobs)

    def canon(org_id: str, manifests: ManifestIOManager) -> BaseModel:
        store = resources["store"].client()
        # the current version lies under its own name too, with what a model may have said of it
        version = resources["graph_ledger"].client().current_canon(org_id)
        if version is not None:
            key = canon_key(org_id, version)
            kept = read_derived(store, key, lambda data: decode_version(data, version), what="a canon version")
            if kept is not None:
                return kept
        upstream = cast(DocumentsManifest, manifests.read("parsed_documents", org_id))
        local = derive_org_canon(upstream, store=store, shelf=DocumentShelf(store, resources["parser"].client))
        said = resources["graph_ledger"].client().statements(org_id)
        return apply_statements(name_sources(local, sources_of(upstream)), said)

    return {"brand_evidence": evidence, "parsed_documents": documents, "brand_canon": canon}
