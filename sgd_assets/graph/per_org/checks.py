"""Asset checks per partition: one org without colours is not hidden by another's green.

Evaluated in the step that made the value (no second process, no second read), once per org. What must not live here:
what is checked (each noun's `checks.py`).
"""

import inspect
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dagster import (
    AssetCheckEvaluation,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    Output,
    PreviewWarning,
)

from sgd_assets.finding import Checks, Finding
from sgd_assets.graph.partitions import orgs
from sgd_assets.graph.ui_metadata import markdown_table

HAS_PARTITIONS = "partitions_def" in inspect.signature(AssetCheckSpec.__new__).parameters
"""Whether this Dagster has checks per partition (preview in 1.13). Without, one result per run names the orgs."""


def check_specs(asset: str, checks: Checks) -> list[AssetCheckSpec]:
    """The checks of an asset as Dagster wants them declared."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PreviewWarning)
        per_org: dict[str, Any] = {"partitions_def": orgs} if HAS_PARTITIONS else {}
        return [AssetCheckSpec(name, asset=asset, description=text, **per_org) for name, text in checks.items()]


def evaluations_of(
    asset: AssetKey, found: Mapping[str, Sequence[Finding]], *, per_org: bool = HAS_PARTITIONS
) -> list[AssetCheckEvaluation]:
    """What Dagster records: a result per org and check, or per check where it knows no partitions of checks.

    Args:
        asset: whose checks.
        found: org id to what was found.
        per_org: whether results can belong to partitions.
    """
    if per_org:
        return [
            _evaluation(asset, finding.check, {org_id: finding}, partition=org_id)
            for org_id, findings in found.items()
            for finding in findings
        ]
    by_check: dict[str, dict[str, Finding]] = {}
    for org_id, findings in found.items():
        for finding in findings:
            by_check.setdefault(finding.check, {})[org_id] = finding
    return [_evaluation(asset, check, of_orgs, partition=None) for check, of_orgs in by_check.items()]


def unused_outputs(context: AssetExecutionContext) -> Iterator[Output[None]]:
    """Dagster gives each check an output for steps that follow it; without, it logs that one was forgotten."""
    for key in context.selected_asset_check_keys:
        name = context.job_def.asset_layer.get_op_output_name(key)
        if name is not None:
            yield Output(None, output_name=name)


def _evaluation(
    asset: AssetKey, check: str, of_orgs: Mapping[str, Finding], *, partition: str | None
) -> AssetCheckEvaluation:
    failing = {org_id: finding for org_id, finding in of_orgs.items() if finding.why}
    is_warning = all(finding.is_warning for finding in (failing or of_orgs).values())
    rows = [(org_id, finding.why) for org_id, finding in sorted(failing.items())]
    return AssetCheckEvaluation(
        asset_key=asset,
        check_name=check,
        passed=not failing,
        severity=AssetCheckSeverity.WARN if is_warning else AssetCheckSeverity.ERROR,
        metadata={"by_org": markdown_table(("org", "why"), rows)} if rows else {},
        partition=partition,
    )
