"""The words of ended jobs, taken out of their rows where the settings let none stay, in the transaction of the end.

Who reads that a job has ended finds none of them any more. Safe to repeat; a job that still runs keeps its words. What
must not live here: which words go
(`sgd_resources/llm/safety/request_text.py`).
"""

from sqlalchemy import Connection, or_, select, text, update

from sgd_resources.errors import SgdError
from sgd_resources.events import warn
from sgd_resources.llm.safety.request_text import TextKept, body_as_kept
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.jobs import OPEN, mine
from sgd_resources.postgres.tables.work import jobs

_ENDED = text("SELECT org_id, job_id FROM directory_jobs_with_text(:most)")


def ended_with_text(directory: Connection, *, limit: int) -> list[tuple[str, str]]:
    """(org, job) of ended jobs that nobody has looked at, the longest ended first; on a connection without an org."""
    return [(str(row.org_id), str(row.job_id)) for row in directory.execute(_ENDED, {"most": limit})]


def settle_ended(connection: Connection, org_id: str, job_id: str, mode: TextKept) -> None:
    """The same of a job that may have ended in this transaction, of its parts, and of the job that it is a part of."""
    if mode == "kept":
        return
    its = mine(org_id, job_id)
    whole = select(jobs.c.parent_id).where(*its).scalar_subquery()
    of_it = or_(its[1], jobs.c.parent_id == job_id, jobs.c.job_id == whole)
    which = (its[0], of_it, jobs.c.text_state.is_(None), jobs.c.status.not_in(OPEN))
    for row in connection.execute(select(jobs.c.job_id, jobs.c.body).where(*which).with_for_update()).all():
        body, state = body_as_kept(row.body, mode)
        connection.execute(update(jobs).where(*mine(org_id, str(row.job_id))).values(body=body, text_state=state))


def settle_text(connection: Connection, org_id: str, job_id: str, mode: TextKept) -> None:
    """Leave of an ended job's words what may stay, and note what became of them."""
    which = (*mine(org_id, job_id), jobs.c.text_state.is_(None), jobs.c.status.not_in(OPEN))
    found = connection.execute(select(jobs.c.body).where(*which).with_for_update()).one_or_none()
    if found is None:
        return
    body, state = body_as_kept(found.body, mode)
    connection.execute(update(jobs).where(*which).values(body=body, text_state=state))


def settle_at_end(database: Database, org_id: str, job_id: str, mode: TextKept) -> None:
    """The same once a worker has served a job that others ended; what it cannot do now, the hourly sweep does."""
    if mode == "kept":
        return
    try:
        with database.org_transaction(org_id) as connection:
            settle_ended(connection, org_id, job_id, mode)
    except SgdError as error:
        warn("request_text.not_settled", org_id=org_id, job_id=job_id, reason=error.code)
