"""Dagster wiring of `brand_evidence`; the gate and the ingest beside it decide."""

from collections import defaultdict
from typing import Any

from dagster import AssetExecutionContext, MetadataValue, ResourceParam

from sgd_assets.evidence.checks import EVIDENCE_CHECKS, check_evidence
from sgd_assets.evidence.drops import DropRules
from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.ingest import ingest_org
from sgd_assets.evidence.judged_by import JUDGES
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.graph.per_org.asset import org_asset
from sgd_assets.graph.per_org.runs import Materialized, materialize_orgs
from sgd_assets.graph.ui_metadata import markdown_table
from sgd_assets.told import quoted
from sgd_resources.code_versions.version import version_of
from sgd_resources.lazy import Lazy
from sgd_resources.ports import ObjectStore, PendingUpload, UploadLedger


@org_asset(
    group="ingest",
    stage="evidence",
    pool="ingest",
    kinds={"json", "postgres"},
    code_version=version_of(*JUDGES, "sgd_resources.cleaning.dispatch:clean"),
    checks=EVIDENCE_CHECKS,
)
def brand_evidence(
    context: AssetExecutionContext,
    store: ResourceParam[Lazy[ObjectStore]],
    ledger: ResourceParam[Lazy[UploadLedger]],
    gate: ResourceParam[Lazy[EvidenceGate]],
    drop_rules: ResourceParam[Lazy[DropRules]],
) -> Materialized:
    """Every clean file of the org, once per content, by the sha256 that all citations refer to.

    One partition holds an org's evidence manifest; the bytes lie under `org/{org}/evidence/`. Runs when the sensor
    `new_uploads` finds files in quarantine, `changed_rules` finds evidence of older scan rules or cleaners, or on
    `POST /ingest`. Files that fail the gate stay in quarantine and their upload's row says why. Cost: bytes to scan and
    clean; a file seen before costs a hash.
    """
    verdicts: dict[str, list[str]] = defaultdict(list)

    def ingest(org_id: str) -> EvidenceManifest:
        def note(upload: PendingUpload, verdict: str, reason: str) -> None:
            verdicts[org_id].append(f"{quoted(upload.file_name)} {verdict} {reason}".rstrip())

        files, drops = store.client(), drop_rules.client()
        return ingest_org(org_id, store=files, ledger=ledger.client(), gate=gate.client(), drops=drops, note=note)

    return materialize_orgs(
        context,
        ingest,
        describe=describe_evidence,
        checks=check_evidence,
        tell=lambda manifest: [*verdicts[manifest.org_id], f"{len(manifest.items)} files of evidence"],
        at_once=lambda: gate.client().at_once,
    )


def describe_evidence(manifest: EvidenceManifest) -> dict[str, Any]:
    """Metadata of one org's evidence for the UI."""
    rows = [
        (i.file_name, i.media_type, i.size_bytes, i.av.verdict, i.av.engine or "", i.evidence_sha256[:12])
        for i in manifest.items
    ]
    return {
        "files": len(manifest.items),
        "bytes": sum(item.size_bytes for item in manifest.items),
        "promoted_now": manifest.promoted,
        "left_in_quarantine": manifest.quarantined,
        "media_types": MetadataValue.json(_counted([item.media_type for item in manifest.items])),
        "evidence": markdown_table(("file", "type", "bytes", "scan", "by", "sha256"), rows),
    }


def _counted(names: list[str]) -> dict[str, int]:
    return {name: names.count(name) for name in sorted(set(names))}
