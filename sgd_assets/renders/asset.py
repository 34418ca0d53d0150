"""Dagster wiring of `render_outputs`; planning, painting and critique beside it decide."""

import contextlib
from collections.abc import Mapping
from functools import partial
from typing import Any

from dagster import AssetExecutionContext, Config, MarkdownMetadataValue, MetadataValue, ResourceParam
from pydantic import Field

from sgd_assets.canon.model import Canon
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.graph.failures import error_row
from sgd_assets.graph.per_org.asset import org_asset
from sgd_assets.graph.per_org.runs import Materialized, materialize_orgs
from sgd_assets.graph.ui_metadata import markdown_table, pictures, swatches
from sgd_assets.renders.checks import RENDERS_CHECKS, check_renders
from sgd_assets.renders.fulfil import Renderer, fulfil_requests
from sgd_assets.renders.model import RenderRecord, RendersManifest
from sgd_assets.renders.progress import Progress
from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import SgdError
from sgd_resources.lazy import Lazy
from sgd_resources.ports import ConfinedJobs, ObjectStore, RenderLedger
from sgd_resources.thumbnails import thumbnail_url

MAX_PREVIEWS = 6  # enough to look at; each is a picture in the event's metadata


class RenderConfig(Config):
    """Which requests to serve."""

    render_ids: list[str] = Field(
        default_factory=list, description="ids of render requests; empty: every unfinished one"
    )


@org_asset(
    group="renders",
    stage="renders",
    pool="renders",
    kinds={"json", "python"},
    code_version=version_of(
        "sgd_assets.renders.render:render_request", "sgd_assets.renders.picture_job:make_picture", fulfil_requests
    ),
    checks=RENDERS_CHECKS,
)
def render_outputs(
    context: AssetExecutionContext,
    config: RenderConfig,
    brand_evidence: dict[str, EvidenceManifest],
    brand_canon: dict[str, Canon],
    renderer: ResourceParam[Lazy[Renderer]],
    render_ledger: ResourceParam[Lazy[RenderLedger]],
    store: ResourceParam[Lazy[ObjectStore]],
    drawing: ResourceParam[Lazy[ConfinedJobs]],
) -> Materialized:
    """Pictures made for render requests, each planned from the canon and measured against it.

    One partition holds what the latest run made for an org; the pictures lie under `org/{org}/public/renders/{id}/`.
    Runs on demand (`POST /render`), or for every unfinished request when launched here. Cost: pixels painted; with a
    model route, the provider's reported cost.
    """

    def serve(org_id: str) -> RendersManifest:
        def render(render_id: str, body: Mapping[str, Any], progress: Progress) -> RenderRecord:
            make = partial(renderer.client(), org_id=org_id, render_id=render_id, run_id=context.run.run_id)
            return make(body, brand_canon[org_id], evidence=brand_evidence[org_id], progress=progress)

        requests = render_ledger.client()
        chosen = config.render_ids
        return fulfil_requests(
            org_id, chosen, run_id=context.run.run_id, requests=requests, render=render, word_error=error_row
        )

    def describe(manifest: RendersManifest) -> dict[str, Any]:
        return {**describe_renders(manifest), "previews": previews(manifest, store.client(), drawing.client())}

    return materialize_orgs(context, serve, describe=describe, checks=check_renders, tell=tell_renders)


def previews(manifest: RendersManifest, store: ObjectStore, jobs: ConfinedJobs) -> MarkdownMetadataValue:
    """The first pictures, small. One that cannot be shown is left out: the picture itself is stored and recorded."""
    shown: list[tuple[str, str]] = []
    for record in manifest.renders:
        for output in record.outputs[: MAX_PREVIEWS - len(shown)]:
            with contextlib.suppress(SgdError):
                shown.append((f"{record.render_id} {output.index}", thumbnail_url(store.get(output.key), jobs)))
    return pictures(shown)


def describe_renders(manifest: RendersManifest) -> dict[str, Any]:
    """Metadata of the renders of one run for the UI."""
    outputs = [(record, output) for record in manifest.renders for output in record.outputs]
    rows = [
        (
            r.render_id,
            o.index,
            f"{o.width_px}x{o.height_px}",
            o.media_type,
            o.size_bytes,
            o.critique.score,
            o.plan.layout,
        )
        for r, o in outputs
    ]
    colours = sorted({colour for _, output in outputs for colour in output.plan.palette_hex})
    return {
        "requests": len(manifest.renders),
        "pictures": len(outputs),
        "bytes": sum(output.size_bytes for _, output in outputs),
        "lowest_score": min((output.critique.score for _, output in outputs), default=1.0),
        "cost_usd": sum(record.cost_usd_micros for record in manifest.renders) / 1_000_000,
        "palette": swatches(colours),
        "renders": markdown_table(("request", "picture", "size", "type", "bytes", "score", "layout"), rows),
        "keys": MetadataValue.json([output.key for _, output in outputs]),
        "lineage": markdown_table(
            ("request", "canon", "evidence", "lineage"),
            [
                (r.render_id, r.canon_version[:12], len(r.evidence_used), f"/renders/{r.render_id}/lineage")
                for r in manifest.renders
            ],
        ),
        "evidence_used": MetadataValue.json(
            {r.render_id: {sha256: list(roles) for sha256, roles in r.evidence_used.items()} for r in manifest.renders}
        ),
    }


def tell_renders(manifest: RendersManifest) -> list[str]:
    """Lines on the renders of one run for its log."""
    scores = [
        f"request {record.render_id}: {len(record.outputs)} pictures, lowest score "
        f"{min((output.critique.score for output in record.outputs), default=1.0):.2f}, route {record.model_route}"
        for record in manifest.renders
    ]
    return [*scores, f"{len(manifest.renders)} requests served"]
