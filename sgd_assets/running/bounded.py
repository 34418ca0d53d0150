"""The executor of every job: a run in a process that Dagster launched names its owner and is held to its limits.

A run that somebody waits for is held to them by its warm worker instead (`on_demand/worker_process.py`). What must not
live here: the limits themselves (`limits.py`).
"""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dagster import DagsterEvent, DagsterInstance, DagsterRun, Executor, InitExecutorContext, executor
from dagster._core.definitions.executor_definition import IN_PROC_CONFIG, _core_in_process_executor_creation
from dagster._core.execution.context.system import PlanOrchestrationContext
from dagster._core.execution.plan.plan import ExecutionPlan
from dagster._core.executor.in_process import InProcessExecutor
from dagster._core.storage.tags import MAX_RETRIES_TAG

from sgd_assets.graph.per_org.runs import SOMEBODY_WAITS_TAG
from sgd_assets.running.cancelling import cancellable, is_run_cancelled
from sgd_assets.running.dead_runs import fail_run, heartbeat
from sgd_assets.running.limits import HARD_AFTER_S, Meter, RunLimits, hard_limits
from sgd_assets.running.owner import OWNED_RUN_TAG, OWNER_TAG, RunOwner, owner_tags
from sgd_resources.settings import load_settings

log = logging.getLogger(__name__)

LOOK_S = 1.0


class BoundedExecutor(InProcessExecutor):
    """All steps in this process, within the limits of a batch run."""

    def execute(self, plan_context: PlanOrchestrationContext, execution_plan: ExecutionPlan) -> Iterator[DagsterEvent]:
        """The events of the run, as they happen."""
        run, instance = plan_context.dagster_run, plan_context.instance
        if is_watched_elsewhere(run):
            yield from super().execute(plan_context, execution_plan)
            return
        # Dagster's own page ends the process by its launcher, which knows more; an erased org's run only we look for.
        heard = cancellable(instance, run.run_id, lambda: is_run_cancelled(instance, run.run_id), n_looks=2)
        with owned(instance, run), within(instance, run.run_id, RunLimits.batch(load_settings())), heard:
            yield from super().execute(plan_context, execution_plan)


@executor(name="in_process", config_schema=IN_PROC_CONFIG)
def bounded_in_process_executor(init_context: InitExecutorContext) -> Executor:
    """All steps in one process, within SGD_BATCH_MAX_RUNTIME_S and SGD_BATCH_MAX_CPU_S."""
    made: Any = _core_in_process_executor_creation(init_context.executor_config)
    return BoundedExecutor(retries=made.retries, step_dependency_config=made.step_dependency_config)


def is_watched_elsewhere(run: DagsterRun) -> bool:
    """Whether a warm worker executes it. A run made from such a one in the UI bears its tags, and is not."""
    return SOMEBODY_WAITS_TAG in run.tags and run.tags.get(OWNER_TAG) == RunOwner.here().text()


@contextmanager
def owned(instance: DagsterInstance, run: DagsterRun) -> Iterator[None]:
    """Name this process as the run's owner and keep its heartbeat, unless whoever made the run here does."""
    if run.tags.get(OWNER_TAG) == RunOwner.here().text():
        yield
        return
    instance.add_run_tags(run.run_id, {**owner_tags(), OWNED_RUN_TAG: run.run_id})
    with heartbeat(instance, run.run_id):
        yield


@contextmanager
def within(instance: DagsterInstance, run_id: str, limits: RunLimits) -> Iterator[None]:
    """Fail the run and interrupt the main thread when the block, which executes it there, passes its limits."""
    is_over, lock = threading.Event(), threading.Lock()
    meter = Meter(limits)

    def look() -> None:
        while not is_over.wait(LOOK_S):
            limit = meter.passed()
            if limit is None:
                continue
            try:
                # A run that was too much once is too much again.
                instance.add_run_tags(run_id, {MAX_RETRIES_TAG: "0"})
                fail_run(instance, run_id, limits.why(limit))
            except Exception:
                log.exception("run %s is over its limit and could not be marked failed", run_id)
            with lock:
                if not is_over.is_set():
                    os.kill(os.getpid(), signal.SIGINT)
            if not is_over.wait(HARD_AFTER_S):
                log.error("run %s does not end and is killed with its process", run_id)
                os.kill(os.getpid(), signal.SIGKILL)
            return

    watching = threading.Thread(target=look, name="limits of the run", daemon=True)
    watching.start()
    try:
        with hard_limits(limits):
            yield
    finally:
        with lock:
            is_over.set()
        watching.join()
