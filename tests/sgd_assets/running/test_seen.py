"""Partition keys and ticks as Dagster's storage has them become gauges."""

from pathlib import Path

from dagster import DagsterInstance
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.remote_origin import RemoteInstigatorOrigin
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    SensorInstigatorData,
    TickData,
    TickStatus,
)
from dagster_shared.error import SerializableErrorInfo

from sgd_assets.graph.partitions import ensure_partition
from sgd_assets.running.in_process import job_origin
from sgd_assets.running.seen import see_graph
from sgd_resources.observed.counts import ProcessCounts

SENSOR = {"sensor": "new_uploads"}


def ticked(instance: DagsterInstance, state: InstigatorState, status: TickStatus, at: float) -> None:
    instance.create_tick(
        TickData(state.instigator_origin_id, state.instigator_name, InstigatorType.SENSOR, status, at,
                 error=None if status != TickStatus.FAILURE else SerializableErrorInfo("down", [], None),
                 selector_id=state.selector_id)
    )  # fmt: skip


def test_a_failed_tick_leaves_the_time_of_the_last_good_one(tmp_path: Path) -> None:
    counts = ProcessCounts()
    value = counts.registry.get_sample_value
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        for org_id in ("acme", "globex"):
            ensure_partition(instance, org_id)
        origin = RemoteInstigatorOrigin(job_origin("ingest_job").repository_origin, "new_uploads")
        state = InstigatorState(origin, InstigatorType.SENSOR, InstigatorStatus.RUNNING, SensorInstigatorData())
        instance.add_instigator_state(state)
        see_graph(instance, counts)
        assert value("sgd_partitions", {"definition": "orgs"}) == 2
        assert value("sgd_sensor_last_tick_timestamp_seconds", SENSOR) is None
        ticked(instance, state, TickStatus.SKIPPED, 1_000.0)
        see_graph(instance, counts)
        ticked(instance, state, TickStatus.FAILURE, 2_000.0)
        see_graph(instance, counts)
    assert value("sgd_sensor_last_tick_timestamp_seconds", SENSOR) == 1_000
    assert value("sgd_sensor_failing", SENSOR) == 1
