"""Dagster wiring of `prompt_quality`; `quality.py` beside it decides."""

from typing import Any

from dagster import AssetExecutionContext, ResourceParam

from sgd_assets.graph.per_org.asset import org_asset
from sgd_assets.graph.per_org.runs import Materialized, materialize_orgs
from sgd_assets.prompts.quality import QUALITY_CHECKS, PromptQuality, check_quality, measure_quality
from sgd_resources.code_versions.version import version_of
from sgd_resources.lazy import Lazy
from sgd_resources.ports import PromptLedger


@org_asset(
    group="prompts",
    stage="prompts",
    pool="prompts",
    kinds={"postgres"},
    code_version=version_of(measure_quality),
    checks=QUALITY_CHECKS,
)
def prompt_quality(context: AssetExecutionContext, prompt_ledger: ResourceParam[Lazy[PromptLedger]]) -> Materialized:
    """How the org's prompts were answered in the last 30 days: valid answers, cost, cache savings, reviews that wait.

    One partition holds the numbers of one org. Made every night for every org. Cost: three queries an org.
    """

    def measure(org_id: str) -> PromptQuality:
        return measure_quality(org_id, prompt_ledger.client())

    return materialize_orgs(context, measure, describe=describe_quality, checks=check_quality)


def describe_quality(quality: PromptQuality) -> dict[str, Any]:
    """What the UI shows of one org."""
    return {
        "analyses": quality.analyses,
        "pass_rate": quality.pass_rate if quality.pass_rate is not None else "no analyses",
        "cache_hit_rate": quality.cache_hit_rate if quality.cache_hit_rate is not None else "no analyses",
        "cost_usd": quality.cost_usd_micros / 1_000_000,
        "saved_usd": quality.saved_usd_micros / 1_000_000,
        "reviews_open": quality.reviews_open,
    }
