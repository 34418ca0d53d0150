"""When a changed upstream, or a changed rule, makes an asset run by itself.

What must not live here: what the assets do.
"""

from typing import cast

from dagster import (
    AssetCheckKey,
    AssetKey,
    AssetSelection,
    AutomationCondition,
    AutomationConditionSensorDefinition,
    DefaultSensorStatus,
)

Condition = AutomationCondition[AssetKey | AssetCheckKey]


def when_upstream_changed() -> Condition:
    """Run an org when an upstream of it holds new content, once; and every org when the asset's own rules changed.

    By data version, so that an upstream that was materialized again with the same content moves nothing; and not when
    the run that changed the upstream also made this asset, as the ingest job does. Rules by code version, which is
    computed from them, so that no canon stays as an older release made it.
    """
    changed_elsewhere = (
        AutomationCondition.data_version_changed() & ~AutomationCondition.executed_with_root_target()
    ).with_label("changed in a run without this asset")
    # declared for assets alone, which is all that has this condition
    rules_changed = cast("Condition", AutomationCondition.code_version_changed())
    upstream = AutomationCondition.any_deps_match(changed_elsewhere | AutomationCondition.will_be_requested())
    return (
        (upstream | rules_changed).since_last_handled()
        & ~AutomationCondition.any_deps_missing()
        & ~AutomationCondition.any_deps_in_progress()
        & ~AutomationCondition.in_progress()
    ).with_label("upstream or rules changed")


changed_upstreams = AutomationConditionSensorDefinition(
    "changed_upstreams",
    target=AssetSelection.all(),
    default_status=DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
    description="Runs assets whose upstream holds new content, or whose rules changed.",
)
