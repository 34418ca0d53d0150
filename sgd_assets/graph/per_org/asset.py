"""The decorator of every asset: what all of them share, said once.

What must not live here: anything only one asset needs.
"""

import warnings
from collections.abc import Callable
from typing import Any

from dagster import AssetsDefinition, AutomationCondition, BetaWarning, PythonObjectDagsterType, asset

from sgd_assets.finding import Checks
from sgd_assets.graph.partitions import orgs, orgs_backfill
from sgd_assets.graph.per_org.checks import check_specs

OWNERS = ("team:brand-data",)
BY_ORG = PythonObjectDagsterType(dict, "ByOrg", description="Org id to that org's value, also for one org.")


def org_asset(
    *,
    group: str,
    pool: str,
    kinds: set[str],
    code_version: str,
    stage: str,
    checks: Checks,
    automation_condition: AutomationCondition[Any] | None = None,
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """An asset with one partition per org, many of them in one backfill run, its values kept as manifests.

    Args:
        group: group in the UI.
        pool: name of the concurrency pool; its limit is set on the instance.
        kinds: icons in the UI.
        code_version: computed from the code that decides (`code_versions`), so that a changed rule shows as stale.
        stage: tag to select by.
        checks: what its body checks of each org.
        automation_condition: when it runs by itself.
    """

    def decorate(body: Callable[..., Any]) -> AssetsDefinition:
        with warnings.catch_warnings():
            # `backfill_policy` is beta in name: it has been stable in shape since Dagster 1.5.
            warnings.simplefilter("ignore", BetaWarning)
            return asset(
                partitions_def=orgs,
                backfill_policy=orgs_backfill,
                io_manager_key="manifests",
                dagster_type=BY_ORG,
                owners=list(OWNERS),
                group_name=group,
                pool=pool,
                kinds=kinds,
                code_version=code_version,
                automation_condition=automation_condition,
                check_specs=check_specs(body.__name__, checks),
                tags={"stage": stage},
            )(body)

    return decorate
