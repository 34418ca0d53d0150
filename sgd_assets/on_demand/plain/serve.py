"""Serves a job of one step to its end, in the row's own terms: claimed, done, finished or failed.

Safe to call again for the same job after a crash: who claims last owns the row, and what an earlier try still writes is
refused. What must not live here: any step, or the limits of a run.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from sgd_assets.graph.failures import UNEXPECTED, error_row, is_lost_connection
from sgd_assets.on_demand.plain.analysis import analyze_job
from sgd_assets.on_demand.plain.drafted import draft_job
from sgd_assets.on_demand.plain.replayed import replay_job
from sgd_resources.errors import SgdError, Unavailable
from sgd_resources.lazy import Lazy
from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.postgres.ledgers.requests import JobLedger
from sgd_resources.postgres.rows import jobs
from sgd_resources.postgres.rows.work.request_text import settle_at_end

KINDS = ("analyze", "replay")
_CANON = "canon_derive"
"""Of some files only it makes a draft, which is no asset; of all it is a run of the graph."""


class PlainJobs:
    """Serves; one job at a time.

    Args:
        resources: the graph's, by their names, whose clients are kept warm.
    """

    def __init__(self, resources: Mapping[str, Lazy[Any]]) -> None:
        self._resources = resources
        self._rows = JobLedger(resources["database"].client(), self._text)
        self._steps: Mapping[str, Callable[[str, str, Mapping[str, Any]], dict[str, Any]]] = {
            "analyze": self._analyze, "replay": self._replay, _CANON: self._draft,
        }  # fmt: skip

    def takes(self, kind: str, org_id: str, job_id: str) -> bool:
        """Whether the job is served here: by its kind, or by what it is asked for with.

        Raises:
            Unavailable: the database cannot be reached. Retry.
        """
        if kind != _CANON:
            return kind in KINDS
        with self._resources["database"].client().org_transaction(org_id) as connection:
            return bool(jobs.get_job(connection, org_id, job_id).body.get("evidence_ids"))

    def serve(self, kind: str, org_id: str, job_id: str, worker: str) -> str:
        """Do the job; the id under which it was done. The row has its final status afterwards.

        Raises:
            Unavailable: the database went away; the row says nothing yet. Retry.
        """
        run_id = f"{worker}-{uuid4()}"
        document = self._rows.claim(org_id, job_id, run_id=run_id)
        if document is None:
            return run_id
        try:
            result = self._steps[kind](org_id, job_id, document)
        except Exception as error:
            if is_lost_connection(error):
                raise Unavailable("the database went away in the middle of a job") from error
            why = error_row(error) if isinstance(error, SgdError) else UNEXPECTED
            self._rows.fail(org_id, job_id, run_id=run_id, error=why)
            if not isinstance(error, SgdError):
                raise
            self._settle(org_id, job_id)
            return run_id
        self._rows.finish(org_id, job_id, run_id=run_id, result=result)
        self._settle(org_id, job_id)
        return run_id

    @property
    def _text(self) -> TextKept:
        found: TextKept = self._resources["request_text"].client() if "request_text" in self._resources else "kept"
        return found

    def _settle(self, org_id: str, job_id: str) -> None:
        settle_at_end(self._resources["database"].client(), org_id, job_id, self._text)

    def _analyze(self, org_id: str, job_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
        database, llm = self._resources["database"].client(), self._resources["llm"].client()
        return analyze_job(database, llm, org_id, job_id, document, text=self._text)

    def _draft(self, org_id: str, job_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
        database, store, parser, llm = (self._resources[n].client() for n in ("database", "store", "parser", "llm"))
        return draft_job(database, store, parser, llm, org_id, job_id, document)

    def _replay(self, org_id: str, job_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
        database, store = self._resources["database"].client(), self._resources["store"].client()
        return replay_job(database, store, self._resources["drawing"].client(), org_id, document)
