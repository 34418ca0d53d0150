"""Dagster wiring of `brand_canon`; the rules beside it decide."""

from typing import Any

from dagster import AssetExecutionContext, ResourceParam

from sgd_assets.canon.assist.ask import Assisted, assist_org_canon, assist_version
from sgd_assets.canon.checks import CANON_CHECKS, check_canon
from sgd_assets.canon.cited import name_sources, sources_of
from sgd_assets.canon.derive import derive_org_canon, rules_version
from sgd_assets.canon.model import Canon
from sgd_assets.canon.statements.apply import apply_statements, statements_version
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_assets.graph.automation import when_upstream_changed
from sgd_assets.graph.per_org.asset import org_asset
from sgd_assets.graph.per_org.runs import Materialized, materialize_orgs
from sgd_assets.graph.ui_metadata import markdown_table, swatches
from sgd_resources.events import tell
from sgd_resources.lazy import Lazy
from sgd_resources.ports import DocumentParser, LlmGateway, ObjectStore
from sgd_resources.postgres.ledgers.graph import GraphLedger
from sgd_resources.storage.keys import canon_key


@org_asset(
    group="canon",
    stage="canon",
    pool="canon",
    kinds={"json", "postgres"},
    code_version=f"{rules_version()}.{assist_version()}.{statements_version()}",
    automation_condition=when_upstream_changed(),
    checks=CANON_CHECKS,
)
def brand_canon(
    context: AssetExecutionContext,
    parsed_documents: dict[str, DocumentsManifest],
    store: ResourceParam[Lazy[ObjectStore]],
    parser: ResourceParam[Lazy[DocumentParser]],
    graph_ledger: ResourceParam[Lazy[GraphLedger]],
    llm: ResourceParam[Lazy[LlmGateway]],
) -> Materialized:
    """What the brand says of itself: palette, fonts, voice, logo rules; each fact cited, each conflict kept.

    One partition holds an org's current canon; every version ever derived lies under `org/{org}/canon/{version}.json`,
    named by the sha256 of its content. Runs when the parsed documents changed. With a model key the task
    `canon_extractor` reads all visible blocks and proposes facts; what their places do not bear out is dropped. Cost:
    claims of documents not read before, and the model's bill.
    """
    asked: dict[str, Assisted] = {}
    read_from: dict[str, DocumentsManifest] = {}

    def derive(org_id: str) -> Canon:
        documents, objects, run_id = parsed_documents[org_id], store.client(), context.run.run_id
        shelf = DocumentShelf(objects, parser.client)
        local = derive_org_canon(documents, store=objects, shelf=shelf)
        assisted = assist_org_canon(local, documents, store=objects, shelf=shelf, gateway=llm.client(), run_id=run_id)
        cited = name_sources(assisted.canon, sources_of(documents))
        canon = apply_statements(cited, graph_ledger.client().statements(org_id))
        asked[canon.version], read_from[canon.version] = assisted, documents
        key, ledger = canon_key(org_id, canon.version), graph_ledger.client()
        objects.put(key, canon.canonical_json(), content_type="application/json")
        ledger.record_canon(
            org_id, version=canon.version, status=canon.status, palette=canon.palette_hex, fonts=canon.fonts
        )
        tell("canon.derived", org_id=org_id, version=canon.version, status=canon.status, derived_by=canon.derived_by)
        return canon

    def describe(canon: Canon) -> dict[str, Any]:
        return describe_canon(canon, asked[canon.version], read_from[canon.version])

    return materialize_orgs(context, derive, describe=describe, checks=check_canon, tell=tell_canon)


def describe_canon(canon: Canon, assisted: Assisted, documents: DocumentsManifest) -> dict[str, Any]:
    """Metadata of one canon, of what it could not be read from, and of what a model had to do with it, for the UI."""
    not_read = [(failure.file_name, failure.reason, failure.message) for failure in documents.failures]
    facts = [
        (f.kind, f.value, f.role or "", f.citations[0].file_name, f.citations[0].page or "", f.method, f.confidence)
        for f in canon.facts
    ]
    stated = [(s.verb, s.value, s.new_value or s.new_kind or "", s.reason, s.subject) for s in canon.statements]
    conflicts = [(c.kind, c.kept, c.dropped, c.rule) for c in canon.conflicts]
    return {
        "version": canon.version,
        "status": canon.status,
        "palette": swatches(canon.palette_hex),
        "colours": len(canon.palette_hex),
        "fonts": ", ".join(canon.fonts) or "none found",
        "tone": canon.voice.tone if canon.voice else "none found",
        "facts_cited": len(canon.facts),
        "facts": markdown_table(("kind", "value", "role", "file", "page", "method", "confidence"), facts),
        "conflicts": markdown_table(("kind", "kept", "dropped", "rule"), conflicts),
        "stated_by_people": markdown_table(("verb", "value", "new", "reason", "who"), stated),
        "files_not_read": markdown_table(("file", "why", "message"), not_read),
        "not_found": markdown_table(("what", "why"), [(a.what, a.reason) for a in canon.abstained]),
        "left_out": "; ".join(canon.notes) or "nothing",
        "derived_by": canon.derived_by,
        "assistance": assisted.note,
        "budget_exhausted": assisted.budget_exhausted,
        "claims_taken": assisted.taken,
        "claims_dropped": len(assisted.dropped),
        "claims_dropped_by_reason": markdown_table(("reason", "claims"), list(assisted.reasons().items())),
        "uplift": assisted.uplift.told() if assisted.uplift else "no model answered",
        "model_latency_ms": assisted.latency_ms,
        "model_over_marks": ", ".join(assisted.over_marks) or "none",
        "cost_usd": assisted.cost_usd_micros / 1_000_000,
    }


def tell_canon(canon: Canon) -> list[str]:
    """Lines on one org's canon for the run's log."""
    missing = [f"no {absent.what}: {absent.reason}" for absent in canon.abstained]
    counts = f"{len(canon.palette_hex)} colours, {len(canon.fonts)} fonts, {len(canon.facts)} facts"
    return [
        *missing,
        *canon.notes,
        f"canon {canon.version[:12]} {canon.status}: {counts}, {len(canon.conflicts)} conflicts",
    ]
