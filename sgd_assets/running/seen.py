"""What Dagster's own storage says of the graph, as gauges: partition keys, and when each sensor and schedule ticked.

Read by the parent of the warm workers: a daemon that stands still cannot tell of it itself. What must not live here:
counting what runs do, or what follows from a late tick (`deploy/prometheus/alerts.yml`).
"""

from dagster import DagsterInstance
from dagster._core.scheduler.instigation import InstigatorTick, TickStatus

from sgd_assets.graph.partitions import ORGS
from sgd_resources.observed.counts import ProcessCounts

EVERY_S = 15.0
"""As often as the quickest sensor ticks."""


def see_graph(instance: DagsterInstance, counts: ProcessCounts) -> None:
    """Set the gauges to what stands now; a failed tick leaves the time of the last good one."""
    counts.partitions.labels(ORGS).set(len(instance.get_dynamic_partitions(ORGS)))
    for state in instance.all_instigator_state():
        ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=1)
        if ticks:
            _see_tick(ticks[0], state.instigator_name, counts)


def _see_tick(tick: InstigatorTick, name: str, counts: ProcessCounts) -> None:
    has_failed = tick.status == TickStatus.FAILURE
    counts.sensor_failing.labels(name).set(has_failed)
    if not has_failed:
        counts.sensor_tick.labels(name).set(tick.timestamp)
