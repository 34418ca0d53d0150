"""Rows of jobs as the runs that serve them write them. Implements `RenderLedger` and `JobLedger`.

A run owns a row from `claim` on, by its run id; a later claim takes it over, and what the earlier run still writes is
refused. So a request that two runs served, one of them half dead, still ends with one set of outputs. What must not
live here: making requests (`sgd_assets/on_demand/request.py`), or serving them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, text, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.errors import ContentBlocked, NotFound
from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit
from sgd_resources.postgres.rows.jobs import ENDED, OPEN, one_more_try, pending_jobs
from sgd_resources.postgres.rows.proof.lists import stale_render_ids
from sgd_resources.postgres.rows.renders import KIND as RENDER
from sgd_resources.postgres.rows.work.request_text import settle_ended
from sgd_resources.postgres.tables.work import jobs, render_evidence, renders

ACTOR = "graph"
_PICTURE = (
    "index", "sha256", "key", "media_type", "width_px", "height_px", "size_bytes", "plan", "critique",
    "unsigned_sha256", "look",
)  # fmt: skip
_RECORD = ("canon_version", "model_route", "cost_usd_micros", "verified_by", "trace_id")

_OF_MODELS = ("models", "prompt_sha256s", "plan_sha256", "sources", "also")
"""What of a record the request's row keeps as its result; the rest is with each picture."""


_NOT_TO_DISK = text("SELECT set_config('synchronous_commit', 'off', true)")


class JobLedger:
    """Rows of jobs of any kind.

    Args:
        database: where they are.
        text: what of a job's words may stay after its end; they go in the transaction that ends it.
    """

    def __init__(self, database: Database, text: TextKept = "kept") -> None:
        self._database = database
        self._text = text

    def claim(
        self, org_id: str, job_id: str, *, run_id: str, progress: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any] | None:
        """The job's body, now owned by the run; None when it is finished already. Raises NotFound."""
        same = (jobs.c.org_id == org_id, jobs.c.job_id == job_id)
        values = {**one_more_try(run_id), **_told(progress)}
        claim = update(jobs).where(*same, jobs.c.status.in_(OPEN)).values(values).returning(jobs.c.body)
        with self._database.org_transaction(org_id) as connection:
            body: Mapping[str, Any] | None = connection.execute(claim).scalar_one_or_none()
            if body is None and connection.execute(select(jobs.c.status).where(*same)).one_or_none() is None:
                raise NotFound("no such request in this org")
        return body

    def owner(self, org_id: str, job_id: str) -> str | None:
        """The Dagster run that claimed the job last."""
        query = select(jobs.c.dagster_run_id).where(jobs.c.org_id == org_id, jobs.c.job_id == job_id)
        with self._database.org_transaction(org_id) as connection:
            found: str | None = connection.execute(query).scalar_one_or_none()
        return found

    def finish(self, org_id: str, job_id: str, *, run_id: str, result: Mapping[str, Any]) -> bool:
        """Final status with its result; False when another run owns the job."""
        told = {name: value for name, value in result.items() if isinstance(value, int) or name == "canon_version"}
        with self._database.org_transaction(org_id) as connection:
            values = {"status": "succeeded", "result": dict(result)}
            return _end(connection, org_id, job_id, run_id, values, told, self._text)

    def fail(
        self,
        org_id: str,
        job_id: str,
        *,
        run_id: str,
        error: Mapping[str, Any],
        progress: Mapping[str, Any] | None = None,
    ) -> bool:
        """Final status with its reason; False when another run owns the job."""
        told = {"code": error.get("code"), **_broken_rule(error)}
        values = {"status": "failed", "error": dict(error), **_told(progress)}
        with self._database.org_transaction(org_id) as connection:
            return _end(connection, org_id, job_id, run_id, values, told, self._text)


class RequestLedger:
    """Rows of render requests: jobs that end with pictures, and whose result says how models had a part in them.

    Args:
        database, text: as of `JobLedger`.
    """

    def __init__(self, database: Database, text: TextKept = "kept") -> None:
        self._database = database
        self._text = text
        self._jobs = JobLedger(database, text)

    def pending(self, org_id: str) -> list[str]:
        """Ids of requests that are not finished, oldest first."""
        with self._database.org_transaction(org_id) as connection:
            return [job.job_id for job in pending_jobs(connection, org_id, kind=RENDER)]

    def claim(
        self, org_id: str, render_id: str, *, run_id: str, progress: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any] | None:
        """The request's body, now owned by the run; None when it is finished already. Raises NotFound."""
        return self._jobs.claim(org_id, render_id, run_id=run_id, progress=progress)

    def note_progress(self, org_id: str, render_id: str, *, run_id: str, progress: Mapping[str, Any]) -> bool:
        """How far the run is; False when another run owns the request. Not worth waiting for the disk."""
        note = update(jobs).where(*_owned(org_id, render_id, run_id)).values(_told(progress))
        with self._database.org_transaction(org_id) as connection:
            connection.execute(_NOT_TO_DISK)
            return connection.execute(note).rowcount == 1

    def owner(self, org_id: str, render_id: str) -> str | None:
        """The Dagster run that claimed the request last."""
        return self._jobs.owner(org_id, render_id)

    def finish(
        self,
        org_id: str,
        render_id: str,
        *,
        run_id: str,
        outputs: Sequence[Mapping[str, Any]],
        audit: Mapping[str, Any],
        progress: Mapping[str, Any] | None = None,
    ) -> bool:
        """Outputs, final status and audit row in one transaction, which wakes whoever waits.

        False when another run owns the request: then nothing is written.
        """
        of_all = {"org_id": org_id, "render_id": render_id, **{name: audit[name] for name in _RECORD}}
        rows = [{**of_all, **{name: output.get(name) for name in _PICTURE}} for output in outputs]
        told = {**audit, "sha256s": [output["sha256"] for output in outputs]}
        with self._database.org_transaction(org_id) as connection:
            result = {name: audit[name] for name in _OF_MODELS if audit.get(name)}
            values = {"status": "succeeded", "result": result or None, **_told(progress)}
            if not _end(connection, org_id, render_id, run_id, values, told, self._text):
                return False
            if rows:
                connection.execute(insert(renders), rows)
            if used := audit.get("evidence_used"):
                of_render = {"org_id": org_id, "render_id": render_id}
                cited = [{**of_render, "evidence_sha256": sha256, "roles": roles} for sha256, roles in used.items()]
                connection.execute(insert(render_evidence).on_conflict_do_nothing(), cited)
        return True

    def fail(
        self,
        org_id: str,
        render_id: str,
        *,
        run_id: str,
        error: Mapping[str, Any],
        progress: Mapping[str, Any] | None = None,
    ) -> bool:
        """Final status with its reason; False when another run owns the request."""
        return self._jobs.fail(org_id, render_id, run_id=run_id, error=error, progress=progress)

    def stale(self, org_id: str, *, limit: int) -> list[str]:
        """See `RenderLedger.stale`."""
        with self._database.org_transaction(org_id) as connection:
            return stale_render_ids(connection, org_id, limit=limit)


def _owned(org_id: str, job_id: str, run_id: str) -> tuple[Any, ...]:
    is_its = jobs.c.dagster_run_id == run_id
    return jobs.c.org_id == org_id, jobs.c.job_id == job_id, is_its, jobs.c.status == "running"


def _told(progress: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if progress is None else {"progress": dict(progress)}


def _broken_rule(error: Mapping[str, Any]) -> dict[str, Any]:
    """Which rule of the content policy was broken, for the audit; nothing for any other failure."""
    if error.get("code") != ContentBlocked.code:
        return {}
    details = error.get("details") or {}
    return {name: details[name] for name in ("rule", "found_by") if name in details}


def _end(
    connection: Connection,
    org_id: str,
    job_id: str,
    run_id: str,
    values: Mapping[str, Any],
    told: Mapping[str, Any],
    words: TextKept,
) -> bool:
    """End the job with its audit row, its words as they may stay; False when another run owns it."""
    end = update(jobs).where(*_owned(org_id, job_id, run_id)).values(**{**ENDED, **values}).returning(jobs.c.kind)
    kind = connection.execute(end).scalar_one_or_none()
    if kind is None:
        return False
    settle_ended(connection, org_id, job_id, words)
    action, details = f"{kind}.{values['status']}", {**told, "run_id": run_id}
    audit.append(connection, org_id, actor=ACTOR, action=action, subject=job_id, details=details)
    return True
