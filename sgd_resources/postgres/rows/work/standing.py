"""What stands in the tables of all orgs right now, as numbers: jobs that wait, uploads that wait, money spent.

Read for /metrics; no org is named. What must not live here: what was counted over time (`sgd_resources/observed`).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text

_JOBS = text("SELECT kind, status, jobs, oldest_s FROM directory_open_jobs()")
_REST = text("SELECT orgs, uploads, oldest_upload_s, spent_today, spent_month FROM directory_standing()")


@dataclass(frozen=True)
class OpenJobs:
    """Jobs of one kind that wait or run; a job that waits for its parts stands as running."""

    kind: str
    status: str
    jobs: int
    oldest_s: float


@dataclass(frozen=True)
class Standing:
    """All orgs together. Money in micro-USD, of the UTC day and its month."""

    jobs: tuple[OpenJobs, ...]
    orgs: int
    uploads: int
    oldest_upload_s: float
    spent_today_usd_micros: int
    spent_month_usd_micros: int


def read_standing(connection: Connection) -> Standing:
    """The numbers now; `connection` is one of `Database.directory()`."""
    jobs = tuple(OpenJobs(row.kind, row.status, row.jobs, row.oldest_s) for row in connection.execute(_JOBS))
    rest = connection.execute(_REST).one()
    return Standing(jobs, rest.orgs, rest.uploads, rest.oldest_upload_s, int(rest.spent_today), int(rest.spent_month))
