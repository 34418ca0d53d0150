"""Executes one requested run at a time in this warm process: a true Dagster run, without a process of its own.

The jobs are resolved once, the instance and the clients are kept. Never two runs at once in one process, not even in
threads: Dagster's logging set-up deadlocks. What must not live here: the queue (`on_demand/worker_process.py`),
or what a stage does.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol

from dagster import DagsterInstance, Definitions, ExecuteInProcessResult, JobDefinition
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.tags import MAX_RETRIES_TAG
from dagster._core.utils import make_new_run_id

from sgd_assets.graph.failures import UNEXPECTED, failed_run_error, has_lost_connection, is_lost_connection
from sgd_assets.graph.partitions import ensure_partition
from sgd_assets.graph.per_org.runs import SOMEBODY_WAITS_TAG
from sgd_assets.running.dead_runs import fail_run
from sgd_assets.running.in_process import WHO_TAG, WHY_TAG, execute, org_tags
from sgd_resources.errors import Unavailable
from sgd_resources.lazy import Lazy
from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import JobLedger, RequestLedger
from sgd_resources.postgres.rows.work.request_text import settle_at_end

log = logging.getLogger(__name__)

Kind = Literal["render", "ingest", "canon_derive"]
JOB_OF: Mapping[Kind, str] = {"render": "render_job", "ingest": "ingest_job", "canon_derive": "canon_job"}
WORKER_TAG = ".dagster/sgd_worker"
REQUEST_TAG = "sgd/request"
QUIET_CONSOLE: Mapping[str, Any] = {"console": {"config": {"log_level": "WARNING"}}}
"""Every event stays in Dagster's event log; only what somebody should look at goes to stderr as well."""
NO_COMPUTE_LOGS = {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"}


def warm_instance(dagster_home: str) -> DagsterInstance:
    """The shared instance as a warm worker uses it: it captures no stdout, which costs more than a small run."""
    ref = InstanceRef.from_dir(dagster_home, overrides={"compute_logs": NO_COMPUTE_LOGS})
    return DagsterInstance.from_ref(ref)


class RequestRows(Protocol):
    """What a render's and a job's ledger have in common."""

    def owner(self, org_id: str, row_id: str, /) -> str | None:
        """The run that claimed the row last."""
        ...

    def claim(self, org_id: str, row_id: str, /, *, run_id: str) -> Mapping[str, Any] | None:
        """The row's body, now owned by the run."""
        ...

    def fail(self, org_id: str, row_id: str, /, *, run_id: str, error: Mapping[str, Any]) -> bool:
        """Final status with its reason."""
        ...


class WarmRuns:
    """Serves requests, one after another.

    Args:
        definitions: the graph, with the resources whose clients are kept warm.
        instance: the shared Dagster instance.
        database: where the requests' rows are.
        text: what of a request's words may stay after its end.
    """

    def __init__(
        self,
        definitions: Definitions,
        instance: DagsterInstance,
        database: Lazy[Database],
        text: TextKept = "kept",
    ) -> None:
        self._database = database
        self._text = text
        self._instance = instance
        self._jobs: dict[Kind, JobDefinition] = {
            kind: definitions.resolve_job_def(name) for kind, name in JOB_OF.items()
        }
        self._renders = RequestLedger(database.client(), text)
        self._job_rows = JobLedger(database.client(), text)
        self._known_orgs: set[str] = set()

    def serve(self, kind: Kind, org_id: str, request_id: str, worker: str) -> str:
        """Run the request's job to its end; returns the Dagster run id. The row has its final status afterwards.

        Safe to call again for the same request after a crash: the dead run is marked failed, a finished request is
        left alone, and the pictures of a second try are the same bytes.

        Raises:
            Unavailable: the database went away in the middle; the row says nothing yet. Retry.
        """
        rows: RequestRows = self._renders if kind == "render" else self._job_rows
        previous = rows.owner(org_id, request_id)
        if previous is not None:
            fail_run(self._instance, previous, "its worker died; the request was picked up again")
        if org_id not in self._known_orgs:
            ensure_partition(self._instance, org_id)
            self._known_orgs.add(org_id)
        run_id = make_new_run_id()
        if kind != "render" and self._job_rows.claim(org_id, request_id, run_id=run_id) is None:
            return run_id
        config: dict[str, Any] = {"loggers": QUIET_CONSOLE}
        if kind == "render":
            config["ops"] = {"render_outputs": {"config": {"render_ids": [request_id]}}}
        try:
            result = execute(
                self._jobs[kind],
                self._instance,
                run_config=config,
                run_id=run_id,
                tags={
                    **org_tags(org_id),
                    SOMEBODY_WAITS_TAG: "true",
                    WORKER_TAG: worker,
                    REQUEST_TAG: request_id,
                    WHO_TAG: "api",
                    WHY_TAG: kind,
                    MAX_RETRIES_TAG: "0",
                },
            )
        except Exception as error:
            if is_lost_connection(error):
                raise Unavailable("the database went away in the middle of a run") from error
            rows.fail(org_id, request_id, run_id=run_id, error=UNEXPECTED)
            raise
        if has_lost_connection(result):
            raise Unavailable("the database went away in the middle of a run")
        self._settle(kind, org_id, request_id, run_id, result)
        settle_at_end(self._database.client(), org_id, request_id, self._text)
        return run_id

    def _settle(self, kind: Kind, org_id: str, request_id: str, run_id: str, result: ExecuteInProcessResult) -> None:
        if kind == "render":
            if not result.success:
                self._fail_unfinished_render(org_id, request_id, run_id, failed_run_error(result))
        elif result.success:
            summary = {**job_result(org_id, result.output_for_node), "stages_ms": stages_ms(result)}
            if was_over_budget(result):
                summary["budget_exhausted"] = True
            self._job_rows.finish(org_id, request_id, run_id=run_id, result=summary)
        else:
            self._job_rows.fail(org_id, request_id, run_id=run_id, error=failed_run_error(result))

    def _fail_unfinished_render(self, org_id: str, render_id: str, run_id: str, error: Mapping[str, Any]) -> None:
        # The run may have failed before its asset claimed the request, for want of a canon for one.
        if self._renders.owner(org_id, render_id) != run_id:
            self._renders.claim(org_id, render_id, run_id=run_id)
        self._renders.fail(org_id, render_id, run_id=run_id, error=error)


def stages_ms(result: ExecuteInProcessResult) -> dict[str, float]:
    """Duration of each stage of a finished run, in order."""
    return {
        str(event.step_key): round(event.step_success_data.duration_ms, 1)
        for event in result.all_events
        if event.is_step_success
    }


def was_over_budget(result: ExecuteInProcessResult) -> bool:
    """Whether the canon was derived without a model because no budget had room for the call."""
    made = (
        event.step_materialization_data.materialization for event in result.all_events if event.is_step_materialization
    )
    return any(one.metadata["budget_exhausted"].value is True for one in made if "budget_exhausted" in one.metadata)


def job_result(org_id: str, output_of: Callable[[str], Any]) -> dict[str, Any]:
    """What the row of a finished job tells its caller."""
    canon = output_of("brand_canon")[org_id]
    embeddings = output_of("brand_embeddings")[org_id]
    documents = output_of("parsed_documents")[org_id]
    return {
        "parsed_now": documents.parsed_now,
        "qdrant_ids": list(embeddings.new_point_ids),
        "canon_version": canon.version,
        "canon_status": canon.status,
        "documents": len(documents.documents),
        "chunks": embeddings.chunks,
    }
