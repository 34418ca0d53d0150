"""Puts the graph together: assets, jobs, sensors, resources, and the policies that hold for all assets.

Loading this does no I/O and opens no connection: resources are recipes until a run asks for their client. What must not
live here: any asset, or a choice between vendors (settings choose).
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from dagster import (
    AssetsDefinition,
    AssetSpec,
    Definitions,
    FreshnessPolicy,
    IOManagerDefinition,
    MetadataValue,
    ResourceDefinition,
    map_asset_specs,
)
from pydantic import BaseModel

from sgd_assets.canon.asset import brand_canon
from sgd_assets.canon.model import Canon
from sgd_assets.documents.asset import parsed_documents
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.embeddings.asset import brand_embeddings
from sgd_assets.embeddings.manifest import EmbeddingsManifest
from sgd_assets.evidence.asset import brand_evidence
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.graph.automation import changed_upstreams
from sgd_assets.graph.changed_rules import changed_rules
from sgd_assets.graph.jobs import all_jobs
from sgd_assets.graph.nightly import nightly_quality, quality_job
from sgd_assets.graph.resources import resources_by_settings
from sgd_assets.graph.retention import daily_retention, retention_job
from sgd_assets.graph.retries import retry_failed
from sgd_assets.graph.sensors import all_sensors
from sgd_assets.graph.sweep import hourly_sweep, sweep_job
from sgd_assets.prompts.asset import prompt_quality
from sgd_assets.prompts.quality import PromptQuality
from sgd_assets.remake import remakes
from sgd_assets.renders.asset import render_outputs
from sgd_assets.renders.model import RendersManifest
from sgd_assets.running.bounded import bounded_in_process_executor
from sgd_resources.dagster.io import ManifestIOManager
from sgd_resources.dagster.resources import as_definition
from sgd_resources.lazy import Lazy
from sgd_resources.settings import Settings, load_settings
from sgd_resources.vectors.embedder import embedder_tag

ASSETS: tuple[AssetsDefinition, ...] = (
    brand_evidence,
    parsed_documents,
    brand_canon,
    brand_embeddings,
    render_outputs,
    prompt_quality,
)
BOARD = "sgd-pipeline"
"""The dashboard of deploy/grafana that shows what the graph does."""
QUIET_TOO_LONG = FreshnessPolicy.time_window(warn_window=timedelta(days=7), fail_window=timedelta(days=30))
SHAPES: dict[str, type[BaseModel]] = {
    "brand_evidence": EvidenceManifest,
    "parsed_documents": DocumentsManifest,
    "brand_canon": Canon,
    "brand_embeddings": EmbeddingsManifest,
    "render_outputs": RendersManifest,
    "prompt_quality": PromptQuality,
}


def build_definitions(
    overrides: Mapping[str, Lazy[Any]] | None = None, *, settings: Settings | None = None
) -> Definitions:
    """The whole graph.

    Args:
        overrides: replaces the resource of this name that settings would give (fakes, benchmarks).
        settings: of this process; read from the environment when left out.
    """
    found_settings = settings or load_settings()
    resources = {**resources_by_settings(found_settings), **(overrides or {})}
    manifests = ManifestIOManager(resources["store"], SHAPES, remakes(resources))
    defined: dict[str, ResourceDefinition] = {name: as_definition(found) for name, found in resources.items()}
    defined["manifests"] = IOManagerDefinition.hardcoded_io_manager(
        manifests, description="Asset values as JSON: org/{org}/manifests/{asset}.json"
    )
    return Definitions(
        assets=map_asset_specs(
            partial(_with_policies, embedder_tag(found_settings), found_settings.sgd_grafana_url), ASSETS
        ),
        jobs=[*all_jobs, sweep_job, quality_job, retention_job],
        schedules=[hourly_sweep, nightly_quality, daily_retention],
        sensors=[*all_sensors, changed_rules, changed_upstreams, retry_failed],
        resources=defined,
        executor=bounded_in_process_executor,
    )


def _with_policies(model: str, grafana_url: str | None, spec: AssetSpec) -> AssetSpec:
    """Say in the UI when nothing of the stage moved for long: with many orgs that means ingest has stopped.

    Another embedding model is another rule of the stage that embeds, so that every org is embedded again by itself.
    """
    if model and spec.key == brand_embeddings.key:
        spec = spec.replace_attributes(code_version=f"{spec.code_version}:{model}")
    if grafana_url is not None:
        spec = spec.merge_attributes(metadata={"dashboard": MetadataValue.url(f"{grafana_url.rstrip('/')}/d/{BOARD}")})
    return spec.replace_attributes(freshness_policy=QUIET_TOO_LONG)


defs = build_definitions()
