"""When a changed upstream makes an asset run by itself.

What must not live here: what the assets do.
"""

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
    """Run an org when an upstream of it holds new content, once.

    By data version, so that an upstream that was materialized again with the same content moves nothing; and not when
    the run that changed the upstream also made this asset, as the ingest job does.
    """
    changed_elsewhere = (
        AutomationCondition.data_version_changed() & ~AutomationCondition.executed_with_root_target()
    ).with_label("changed in a run without this asset")
    upstream = AutomationCondition.any_deps_match(changed_elsewhere | AutomationCondition.will_be_requested())
    return (
        upstream.since_last_handled()
        & ~AutomationCondition.any_deps_missing()
        & ~AutomationCondition.any_deps_in_progress()
        & ~AutomationCondition.in_progress()
    ).with_label("upstream changed")


changed_upstreams = AutomationConditionSensorDefinition(
    "changed_upstreams",
    target=AssetSelection.all(),
    default_status=DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
    description="Runs assets whose upstream holds new content.",
)
