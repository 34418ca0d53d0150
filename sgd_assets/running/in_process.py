"""Executes a run in this process such that Dagster's own verbs work on it afterwards.

`execute_in_process` leaves a run that no code location knows: its page cannot re-execute it, and sensors that watch
failed runs pass it over. Here the run names the job it came from, as a run of the daemon does. What must not live here:
which runs are made, or what they do.
"""

from collections.abc import Mapping
from typing import Any

from dagster import DagsterInstance, ExecuteInProcessResult, JobDefinition
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.execution.api import ExecuteRunWithPlanIterable, create_execution_plan, job_execution_iterator
from dagster._core.execution.context_creation_job import (
    PlanOrchestrationContextManager,
    orchestration_context_event_generator,
)
from dagster._core.execution.plan.outputs import StepOutputHandle
from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteJobOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    PARTITION_NAME_TAG,
    REPOSITORY_LABEL_TAG,
)
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._core.utils import make_new_run_id

from sgd_assets.running.dead_runs import heartbeat
from sgd_assets.running.owner import owner_tags
from sgd_resources.observed.spans import span, trace_id

CODE_LOCATION = "sgd"
"""As `workspace.yaml` names it."""
DEFINITIONS = "sgd_assets.graph.definitions"
REPOSITORY = "__repository__"
"""Dagster's name for the one that `Definitions` make."""

TRACE_TAG = "sgd/trace_id"
"""Of the trace that the run is in, where spans are sent."""
WHY_TAG = "sgd/why"
WHO_TAG = "sgd/who"


def job_origin(job_name: str) -> RemoteJobOrigin:
    """Where the webserver and the daemon find the job."""
    target = LoadableTargetOrigin(module_name=DEFINITIONS)
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, location_name=CODE_LOCATION)
    return RemoteJobOrigin(RemoteRepositoryOrigin(location, REPOSITORY), job_name)


def org_tags(first: str, last: str | None = None) -> dict[str, str]:
    """Partition tags of a run over one org, or over a range of them."""
    if last is None or last == first:
        return {PARTITION_NAME_TAG: first}
    return {ASSET_PARTITION_RANGE_START_TAG: first, ASSET_PARTITION_RANGE_END_TAG: last}


def _trace_tags() -> dict[str, str]:
    found = trace_id()
    return {} if found is None else {TRACE_TAG: found}


def execute(
    job: JobDefinition,
    instance: DagsterInstance,
    *,
    tags: Mapping[str, str],
    run_config: Mapping[str, Any] | None = None,
    run_id: str | None = None,
) -> ExecuteInProcessResult:
    """Run `job` to its end in this process, which the run names as its owner; a failure is in the result, not raised.

    Args:
        job: resolved from the definitions; its executor must work in the process.
        instance: where the run is recorded.
        tags: of the run, its partition's among them (`org_tags`).
        run_config: as the job takes it.
        run_id: of the new run; made up when left out.
    """
    config = dict(run_config or {})
    run_id = run_id or make_new_run_id()
    wrapped = InMemoryJob(job_def=job)
    plan = create_execution_plan(wrapped, run_config=config)
    origin = job_origin(job.name)
    label = {REPOSITORY_LABEL_TAG: origin.repository_origin.get_label()}
    run = instance.create_run_for_job(
        job_def=job,
        execution_plan=plan,
        run_id=run_id,
        run_config=config,
        tags={**job.run_tags, **label, **owner_tags(), **_trace_tags(), **tags},
        remote_job_origin=origin,
    )
    outputs: dict[StepOutputHandle, Any] = {}
    with heartbeat(instance, run_id), span(f"dagster {job.name}", dagster__run__id=run_id):
        events = list(
            ExecuteRunWithPlanIterable(
                execution_plan=plan,
                iterator=job_execution_iterator,
                execution_context_manager=PlanOrchestrationContextManager(
                    context_event_generator=orchestration_context_event_generator,
                    job=wrapped,
                    execution_plan=plan,
                    dagster_run=run,
                    instance=instance,
                    run_config=config,
                    executor_defs=None,
                    output_capture=outputs,
                    raise_on_error=False,
                ),
            )
        )
    ended = instance.get_run_by_id(run_id)
    # None: its org was erased meanwhile, and the run's records with it.
    return ExecuteInProcessResult(job_def=job, event_list=events, dagster_run=ended or run, output_capture=outputs)
