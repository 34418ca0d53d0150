"""Rows of render requests and jobs as the runs that serve them write them. Implements `RenderLedger` and `JobLedger`.

A run owns a row from `claim` on, by its run id; a later claim takes it over, and what the earlier run still writes is
refused. So a request that two runs served, one of them half dead, still ends with one set of outputs. What must not
live here: making requests (`sgd_assets/on_demand.py`), or serving them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.database.engine import Database
from sgd_resources.database.tables import audit_log, jobs, render_requests, renders
from sgd_resources.errors import NotFound

OPEN = ("queued", "running")
_PICTURE = ("index", "sha256", "key", "media_type", "width_px", "height_px", "size_bytes", "plan", "critique")
_RECORD = ("canon_version", "model_route", "cost_usd_micros", "verified_by", "trace_id")


class RequestLedger:
    """Rows of render requests."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, org_id: str) -> list[str]:
        """Ids of requests that are not finished, oldest first."""
        table = render_requests
        query = (
            select(table.c.render_id).where(table.c.org_id == org_id, table.c.status.in_(OPEN)).order_by(table.c.seq)
        )
        with self._database.org_transaction(org_id) as connection:
            return [str(render_id) for render_id in connection.execute(query).scalars()]

    def claim(self, org_id: str, render_id: str, *, run_id: str) -> Mapping[str, Any] | None:
        """The request's body, now owned by the run; None when it is finished already. Raises NotFound."""
        with self._database.org_transaction(org_id) as connection:
            return _claim(connection, render_requests, "render_id", org_id, render_id, run_id)

    def owner(self, org_id: str, render_id: str) -> str | None:
        """The Dagster run that claimed the request last."""
        with self._database.org_transaction(org_id) as connection:
            return _owner(connection, render_requests, "render_id", org_id, render_id)

    def finish(
        self,
        org_id: str,
        render_id: str,
        *,
        run_id: str,
        outputs: Sequence[Mapping[str, Any]],
        audit: Mapping[str, Any],
    ) -> bool:
        """Outputs, final status and audit row in one transaction, which wakes whoever waits.

        False when another run owns the request: then nothing is written.
        """
        with self._database.org_transaction(org_id) as connection:
            is_mine = _end(connection, render_requests, "render_id", org_id, render_id, run_id, {"status": "succeeded"})
            if not is_mine:
                return False
            record = {name: audit[name] for name in _RECORD}
            rows = [
                {"org_id": org_id, "render_id": render_id, **record, **{name: output[name] for name in _PICTURE}}
                for output in outputs
            ]
            if rows:
                connection.execute(insert(renders), rows)
            details = {**audit, "sha256s": [output["sha256"] for output in outputs], "run_id": run_id}
            _audit(connection, org_id, "render.succeeded", render_id, details)
        return True

    def fail(self, org_id: str, render_id: str, *, run_id: str, error: Mapping[str, Any]) -> bool:
        """Final status with its reason; False when another run owns the request."""
        with self._database.org_transaction(org_id) as connection:
            values = {"status": "failed", "error": dict(error)}
            is_mine = _end(connection, render_requests, "render_id", org_id, render_id, run_id, values)
            if is_mine:
                _audit(connection, org_id, "render.failed", render_id, {"code": error["code"], "run_id": run_id})
            return is_mine


class JobLedger:
    """Rows of other work asked for: ingest, canon_derive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, org_id: str, job_id: str, *, run_id: str) -> Mapping[str, Any] | None:
        """The job's body, now owned by the run; None when it is finished already. Raises NotFound."""
        with self._database.org_transaction(org_id) as connection:
            return _claim(connection, jobs, "job_id", org_id, job_id, run_id)

    def owner(self, org_id: str, job_id: str) -> str | None:
        """The Dagster run that claimed the job last."""
        with self._database.org_transaction(org_id) as connection:
            return _owner(connection, jobs, "job_id", org_id, job_id)

    def finish(self, org_id: str, job_id: str, *, run_id: str, result: Mapping[str, Any]) -> bool:
        """Final status with its result; False when another run owns the job."""
        return self._end(org_id, job_id, run_id, {"status": "succeeded", "result": dict(result)})

    def fail(self, org_id: str, job_id: str, *, run_id: str, error: Mapping[str, Any]) -> bool:
        """Final status with its reason; False when another run owns the job."""
        return self._end(org_id, job_id, run_id, {"status": "failed", "error": dict(error)})

    def _end(self, org_id: str, job_id: str, run_id: str, values: Mapping[str, Any]) -> bool:
        with self._database.org_transaction(org_id) as connection:
            is_mine = _end(connection, jobs, "job_id", org_id, job_id, run_id, values)
            if is_mine:
                mine = (jobs.c.org_id == org_id, jobs.c.job_id == job_id)
                kind = connection.execute(select(jobs.c.kind).where(*mine)).scalar_one()
                told = {"run_id": run_id, **_told_of(values)}
                _audit(connection, org_id, f"{kind}.{values['status']}", job_id, told)
        return is_mine


def _told_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit says of a job's end: the numbers and the version of its result, or the code of its error."""
    result = values.get("result") or {}
    told = {name: value for name, value in result.items() if isinstance(value, int) or name == "canon_version"}
    return {**told, **({"code": values["error"].get("code")} if values.get("error") else {})}


def _claim(
    connection: Connection, table: Table, id_column: str, org_id: str, row_id: str, run_id: str
) -> Mapping[str, Any] | None:
    mine = (table.c.org_id == org_id, table.c[id_column] == row_id)
    claim = (
        update(table)
        .where(*mine, table.c.status.in_(OPEN))
        .values(
            status="running",
            dagster_run_id=run_id,
            attempts=table.c.attempts + 1,
            started_at=func.coalesce(table.c.started_at, func.now()),
        )
        .returning(table.c.body)
    )
    body = connection.execute(claim).scalar_one_or_none()
    if body is None and connection.execute(select(table.c.status).where(*mine)).scalar_one_or_none() is None:
        raise NotFound("no such request in this org")
    return body


def _owner(connection: Connection, table: Table, id_column: str, org_id: str, row_id: str) -> str | None:
    query = select(table.c.dagster_run_id).where(table.c.org_id == org_id, table.c[id_column] == row_id)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def _end(
    connection: Connection,
    table: Table,
    id_column: str,
    org_id: str,
    row_id: str,
    run_id: str,
    values: Mapping[str, Any],
) -> bool:
    end = (
        update(table)
        .where(
            table.c.org_id == org_id,
            table.c[id_column] == row_id,
            table.c.dagster_run_id == run_id,
            table.c.status == "running",
        )
        .values(finished_at=func.now(), **values)
    )
    return connection.execute(end).rowcount == 1


def _audit(connection: Connection, org_id: str, action: str, subject: str, details: Mapping[str, Any]) -> None:
    row = {"org_id": org_id, "actor": "graph", "action": action, "subject": subject, "details": dict(details)}
    connection.execute(audit_log.insert().values(row))
