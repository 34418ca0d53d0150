"""Batch runs over a limit end as failed, say why, and are not tried again."""

import time
from collections.abc import Callable

import pytest
from dagster import DagsterInstance, DagsterRunStatus, JobDefinition, job, op
from dagster._core.storage.tags import MAX_RETRIES_TAG

from sgd_assets.running import bounded
from sgd_assets.running.bounded import bounded_in_process_executor
from sgd_assets.running.in_process import execute
from sgd_assets.running.limits import RunLimits
from sgd_assets.running.owner import OWNED_RUN_TAG, OWNER_TAG, RunOwner
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.embedded.services import ServiceUrls
from tests.benchmarks.graph_stack import graph_stack

pytestmark = [pytest.mark.embedded]


def of(work: Callable[[], None]) -> JobDefinition:
    @op
    def busy() -> None:
        work()

    @job(executor_def=bounded_in_process_executor)
    def some_job() -> None:
        busy()

    return some_job


def burn() -> None:
    while True:
        sum(range(10_000))


@pytest.mark.parametrize(
    ("limits", "work", "name"),
    [
        (RunLimits(0.1, 60, {"wall": "WALL", "cpu": "CPU"}), lambda: time.sleep(60), "WALL"),
        (RunLimits(60, 0.1, {"wall": "WALL", "cpu": "CPU"}), burn, "CPU"),
    ],
    ids=["by the clock", "by processor time"],
)
def test_a_batch_run_over_its_limit_fails_and_says_so(
    services: ServiceUrls,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    limits: RunLimits,
    work: Callable[[], None],
    name: str,
) -> None:
    monkeypatch.setattr(bounded, "LOOK_S", 0.02)
    monkeypatch.setattr(RunLimits, "batch", lambda settings: limits)
    with (
        graph_stack(tmp_path_factory.mktemp("run"), services) as stack,
        warm_instance(str(stack.dagster_home)) as instance,
    ):
        result = execute(of(work), instance, tags={})
        run = instance.get_run_by_id(result.run_id)
        said = [event.message or "" for entry in instance.all_logs(result.run_id) if (event := entry.dagster_event)]
    assert run is not None
    assert (run.status, run.tags[MAX_RETRIES_TAG]) == (DagsterRunStatus.FAILURE, "0")
    assert any(name in message for message in said)


def test_a_run_that_dagster_launched_names_the_process_that_executes_it() -> None:
    with DagsterInstance.ephemeral() as instance:
        some_job = of(lambda: None)
        run = instance.create_run_for_job(some_job, tags={OWNER_TAG: "of another run"})
        with bounded.owned(instance, run):
            owned = instance.get_run_by_id(run.run_id)
    assert owned is not None
    assert owned.tags[OWNER_TAG] == RunOwner.here().text()
    assert owned.tags[OWNED_RUN_TAG] == run.run_id
