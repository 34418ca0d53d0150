"""Ends jobs for tests that need one which has ended: by the ledger of the runs, or as the queue leaves a cancelled one.

What must not live here: a lifecycle of its own; what a run or the queue writes is asked of them.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, update

from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import JobLedger
from sgd_resources.postgres.rows.jobs import ENDED, mine
from sgd_resources.postgres.tables.work import jobs

RUN = "run"


def succeed(database: Database, org_id: str, job_id: str, *, result: Mapping[str, Any] | None = None) -> bool:
    """A run serves the job and ends it with this result; False when it had ended already."""
    ledger = JobLedger(database)
    ledger.claim(org_id, job_id, run_id=RUN)
    return ledger.finish(org_id, job_id, run_id=RUN, result=result or {})


def fail(database: Database, org_id: str, job_id: str, *, error: Mapping[str, Any] | None = None) -> bool:
    """A run serves the job and fails; False when it had ended already."""
    ledger = JobLedger(database)
    ledger.claim(org_id, job_id, run_id=RUN)
    return ledger.fail(org_id, job_id, run_id=RUN, error=error or {})


def cancel(database: Database, org_id: str, job_id: str) -> bool:
    """The job as the queue leaves one that nobody wants any more."""
    return _write(database, org_id, job_id, {"status": "cancelled", **ENDED})


def want_cancelled(database: Database, org_id: str, job_id: str) -> bool:
    """Somebody asks for the end of a job that runs; workers and the sweep read it."""
    return _write(database, org_id, job_id, {"cancel_requested_at": func.now()})


def _write(database: Database, org_id: str, job_id: str, values: Mapping[str, Any]) -> bool:
    with database.org_transaction(org_id) as connection:
        return connection.execute(update(jobs).where(*mine(org_id, job_id)).values(**values)).rowcount == 1
