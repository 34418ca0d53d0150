"""Ranged ingest runs over many orgs in this process: org ids on stdin, a JSON line per finished run on stdout.

    printf 'acme\\nglobex' | python -m sgd_assets.running.backfill_process

What must not live here: bringing files in, or what a stage does.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dagster import DagsterInstance, DagsterRunStatus, ExecuteInProcessResult, JobDefinition
from dagster._core.events import RunFailureReason
from dagster._core.storage.tags import MAX_RETRIES_TAG, RUN_FAILURE_REASON_TAG
from dagster._core.utils import make_new_run_id

from sgd_assets.graph.definitions import build_definitions
from sgd_assets.graph.failures import failed_run_error
from sgd_assets.graph.partitions import ORGS, ORGS_PER_RUN, chunked
from sgd_assets.graph.per_org.failures import failures_of_run
from sgd_assets.running.backfill_record import BackfillRecord
from sgd_assets.running.cancelling import cancellable, is_run_cancelled
from sgd_assets.running.dead_runs import fail_runs_of_dead_owners
from sgd_assets.running.ending import end_in_order
from sgd_assets.running.in_process import WHO_TAG, WHY_TAG, execute, org_tags
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.dagster.home import prepare_dagster_home
from sgd_resources.embedded.services import embedded_services
from sgd_resources.processes import die_with
from sgd_resources.settings import load_settings

TAGS: Mapping[str, str] = {
    WHY_TAG: "backfill",
    WHO_TAG: "command line",
    # Whoever started it sees it end and decides; what is left in quarantine the sensor asks for.
    MAX_RETRIES_TAG: "0",
}
CONSOLE: Mapping[str, Any] = {"console": {"config": {"log_level": "INFO"}}}
"""What the log of the command holds. The run itself keeps every event, Dagster's own DEBUG too."""
EXIT_INTERRUPTED = 130
CANCELLED = "not done: the backfill was cancelled"


def backfill(instance: DagsterInstance, job: JobDefinition, org_ids: Sequence[str]) -> Iterator[dict[str, str]]:
    """Run `job` over the orgs, up to `ORGS_PER_RUN` of them in one run; yields org id to `ok` or a reason.

    Dagster's Backfills page shows it as one backfill, with its runs and each org's progress.

    Raises:
        KeyboardInterrupt: a signal ended a run; the run is marked failed and its orgs are told of.
    """
    for chunk in chunked(org_ids):
        instance.add_dynamic_partitions(ORGS, chunk)
    record = BackfillRecord(instance, job, org_ids, TAGS)
    try:
        for first, last, members in ranges(list(instance.get_dynamic_partitions(ORGS)), org_ids):
            if record.is_cancelled():
                yield dict.fromkeys(members, CANCELLED)
                continue
            result = _run(instance, job, record, org_tags(first, last))
            yield _states(instance, result, members)
            if _was_interrupted(result):
                raise KeyboardInterrupt
    finally:
        record.close()


def ranges(partitions: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    """(first, last, members) of runs that cover `wanted` and nothing else, in partition order.

    A ranged run takes every partition between its ends, so a range breaks where an unwanted org lies between.
    """
    chosen = set(wanted)
    run: list[str] = []
    for org_id in [*partitions, None]:
        if org_id in chosen and len(run) < ORGS_PER_RUN:
            assert org_id is not None
            run.append(org_id)
            continue
        if run:
            yield run[0], run[-1], run
        run = [org_id] if org_id in chosen and org_id is not None else []


def _run(
    instance: DagsterInstance, job: JobDefinition, record: BackfillRecord, partition: Mapping[str, str]
) -> ExecuteInProcessResult:
    run_id = make_new_run_id()

    def is_cancelled() -> bool:
        return record.is_cancelled() or is_run_cancelled(instance, run_id)

    with cancellable(instance, run_id, is_cancelled):
        tags = {**record.run_tags, **partition}
        return execute(job, instance, tags=tags, run_config={"loggers": CONSOLE}, run_id=run_id)


def _was_interrupted(result: ExecuteInProcessResult) -> bool:
    return result.dagster_run.tags.get(RUN_FAILURE_REASON_TAG) == RunFailureReason.UNEXPECTED_TERMINATION.value


def _states(instance: DagsterInstance, result: ExecuteInProcessResult, members: Sequence[str]) -> dict[str, str]:
    """Org id to `ok`, or to stage and reason."""
    if result.success:
        return dict.fromkeys(members, "ok")
    done, failures = _through(result), failures_of_run(instance, result.run_id)
    error = failed_run_error(result)
    is_cancelled = result.dagster_run.status == DagsterRunStatus.CANCELED
    otherwise = CANCELLED if is_cancelled else f"{error['code']}: {error['message']} (run {result.run_id})"
    return {org_id: "ok" if org_id in done else str(failures.get(org_id, otherwise)) for org_id in members}


def _through(result: ExecuteInProcessResult) -> set[str]:
    """Orgs whose last stage this run recorded."""
    return {
        event.partition
        for event in result.all_events
        if event.is_step_materialization
        and event.asset_key is not None
        and event.asset_key.path[-1] == "brand_embeddings"
        and event.partition is not None
    }


def main() -> None:
    """Read org ids from stdin and run. Ends with its parent; SIGTERM and SIGHUP end it in order."""
    die_with(os.getppid())
    end_in_order()
    org_ids = [line.strip() for line in sys.stdin if line.strip()]
    settings = load_settings()
    with embedded_services(settings) as urls:
        os.environ["DAGSTER_DATABASE_URL"] = urls.dagster_url
        instance = warm_instance(str(prepare_dagster_home(settings)))
        fail_runs_of_dead_owners(instance)
        job = build_definitions(settings=settings).resolve_job_def("ingest_job")
        try:
            for finished in backfill(instance, job, org_ids):
                # Whoever reads may have been killed: the runs' end is in Dagster whether it is told here or not.
                with contextlib.suppress(BrokenPipeError):
                    sys.stdout.write(json.dumps(finished) + "\n")
                    sys.stdout.flush()
        except KeyboardInterrupt:
            raise SystemExit(EXIT_INTERRUPTED) from None


if __name__ == "__main__":
    main()
