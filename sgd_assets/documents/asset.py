"""Dagster wiring of `parsed_documents`; `parse.py` beside it decides."""

from typing import Any

from dagster import AssetExecutionContext, ResourceParam

from sgd_assets.documents.checks import DOCUMENTS_CHECKS, check_documents
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.parse import files_at_once
from sgd_assets.documents.read import read_evidence
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.graph.automation import when_upstream_changed
from sgd_assets.graph.per_org.asset import org_asset
from sgd_assets.graph.per_org.runs import Materialized, materialize_orgs
from sgd_assets.graph.ui_metadata import markdown_table
from sgd_assets.told import quoted
from sgd_resources.code_versions.version import version_of
from sgd_resources.events import tell
from sgd_resources.lazy import Lazy
from sgd_resources.ports import ConfinedJobs, DocumentParser, ObjectStore
from sgd_resources.postgres.ledgers.graph import GraphLedger


@org_asset(
    group="ingest",
    stage="documents",
    pool="ingest",
    kinds={"json", "python"},
    code_version=version_of(
        "sgd_resources.parsers.select:LocalParser",
        "sgd_resources.drawing.settle.logo:settle_logo",
        "sgd_resources.drawing.settle.font:settle_font",
        "sgd_resources.drawing.guide_pictures.find:guide_pictures",
        read_evidence,
    ),
    checks=DOCUMENTS_CHECKS,
    automation_condition=when_upstream_changed(),
)
def parsed_documents(
    context: AssetExecutionContext,
    brand_evidence: dict[str, EvidenceManifest],
    store: ResourceParam[Lazy[ObjectStore]],
    parser: ResourceParam[Lazy[DocumentParser]],
    drawing: ResourceParam[Lazy[ConfinedJobs]],
    graph_ledger: ResourceParam[Lazy[GraphLedger]],
) -> Materialized:
    """Text, colours, fonts and images of each file of evidence, each with the place it stands in the exact bytes.

    One partition holds an org's list of parsed documents; each lies under `org/{org}/documents/{sha256}/`, by content
    and parser version. Logos and fonts are settled beside it: checked, flattened and measured in the confined child, so
    that renders read only what has a proven cost. Runs when the evidence changed. Cost: pages not parsed before by this
    parser version.
    """

    def parse(org_id: str) -> DocumentsManifest:
        evidence = brand_evidence[org_id]
        manifest = read_evidence(evidence, store=store.client(), parser=parser.client(), jobs=drawing.client())
        graph_ledger.client().record_documents(
            org_id, [entry.model_dump() for entry in manifest.documents], retry_at=manifest.retry_at
        )
        refused = sum(not failure.is_remembered for failure in manifest.failures)
        tell("documents.parsed", org_id=org_id, parsed=manifest.parsed_now, refused=refused)
        return manifest

    return materialize_orgs(
        context,
        parse,
        describe=describe_documents,
        checks=check_documents,
        tell=tell_documents,
        at_once=lambda: files_at_once(parser.client()),
    )


def describe_documents(manifest: DocumentsManifest) -> dict[str, Any]:
    """Metadata of one org's documents for the UI."""
    documents = manifest.documents
    rows = [
        (d.file_name, d.pages, d.text_blocks, d.colours, d.fonts, d.images, "; ".join(d.warnings)) for d in documents
    ]
    failures = [
        (failure.file_name, failure.reason, failure.message, "before" if failure.is_remembered else "now")
        for failure in manifest.failures
    ]
    undrawn = [(one.file_name, one.reason) for one in manifest.undrawn]
    partly_shown = [(one.file_name, one.reason) for one in manifest.partly_shown]
    return {
        "documents": len(documents),
        "parsed_now": manifest.parsed_now,
        "pages": sum(document.pages for document in documents),
        "text_blocks": sum(document.text_blocks for document in documents),
        "unreadable": len(failures),
        "parsed": markdown_table(("file", "pages", "blocks", "colours", "fonts", "images", "warnings"), rows),
        "failures": markdown_table(("file", "why", "message", "read"), failures),
        "undrawn": len(undrawn),
        "not_drawn": markdown_table(("file", "why"), undrawn),
        "partly_shown": markdown_table(("guide", "pictures"), partly_shown),
    }


def tell_documents(manifest: DocumentsManifest) -> list[str]:
    """Lines on one org's documents for the run's log."""
    read = [f"{quoted(d.file_name)} read, {d.pages} pages, {d.text_blocks} blocks" for d in manifest.documents]
    unread = [f"{quoted(failure.file_name)} not read: {quoted(failure.reason)}" for failure in manifest.failures]
    undrawn = [f"{quoted(one.file_name)} not drawn with: {quoted(one.reason)}" for one in manifest.undrawn]
    partly = [f"{quoted(one.file_name)}: {quoted(one.reason)}" for one in manifest.partly_shown]
    return [*unread, *undrawn, *partly, *read, f"{len(manifest.documents)} documents, {manifest.parsed_now} parsed now"]
