"""Removes jobs that have been kept long enough, with all that was made for them, old deliveries, and old answers; and
words of ended jobs, where the settings let none stay.

Safe to run at any time from any number of processes, and again after a crash: objects go first, the row that leads to
them last. What must not live here: how long a job is kept (its row says it), or when this runs (`sweep.py`).
"""

from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.work.deliveries import forget_old
from sgd_resources.postgres.rows.work.jobs_of_orgs import ExpiredJob, expired_jobs, remove_expired
from sgd_resources.postgres.rows.work.kept_answers import forget_ended
from sgd_resources.postgres.rows.work.request_text import ended_with_text, settle_text
from sgd_resources.storage.keys import render_prefixes

_AT_ONCE = 200


def remove_expired_jobs(database: Database, store: ObjectStore) -> int:
    """How many jobs were removed.

    Raises:
        Unavailable: the database or the store cannot be reached; what is left goes with the next run.
    """
    removed = 0
    while True:
        with database.directory() as connection:
            found = expired_jobs(connection, limit=_AT_ONCE)
        removed += sum(_remove(database, store, job) for job in found)
        if len(found) < _AT_ONCE:
            return removed


def forget_old_deliveries(database: Database) -> int:
    """How many ended deliveries of webhooks were forgotten. Raises Unavailable: the database cannot be reached."""
    with database.directory() as connection:
        return forget_old(connection)


def forget_kept_answers(database: Database) -> int:
    """How many Idempotency-Keys were forgotten. Raises Unavailable: the database cannot be reached."""
    with database.directory() as connection:
        return forget_ended(connection)


def settle_texts(database: Database, mode: TextKept) -> int:
    """How many ended jobs were looked at for words that may not stay; none where all stay. Raises Unavailable."""
    settled = 0
    while mode != "kept":
        with database.directory() as connection:
            found = ended_with_text(connection, limit=_AT_ONCE)
        for org_id, job_id in found:
            with database.org_transaction(org_id) as connection:
                settle_text(connection, org_id, job_id, mode)
        settled += len(found)
        if len(found) < _AT_ONCE:
            break
    return settled


def _remove(database: Database, store: ObjectStore, job: ExpiredJob) -> bool:
    for render_id in (job.job_id, *job.part_ids):
        for prefix in render_prefixes(job.org_id, render_id):
            for stored in list(store.list(prefix)):
                store.delete(stored.key)
    with database.directory() as connection:
        return remove_expired(connection, job)
