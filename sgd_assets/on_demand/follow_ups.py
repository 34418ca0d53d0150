"""Asks again for an org's ingest that failed: what was promoted or taken back reaches its canon without a new upload.

Bounded: an error that three runs meet the fourth will meet too, and is somebody's to look at. What must not live here:
when to look (`worker.py`), or what a run does.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from sgd_assets.on_demand.request import ask_again_to_follow
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.failed_ingests import FailedIngests, failed_ingests, orgs_with_failed_ingest

MOST_RETRIES = 3
_FIRST_REST = timedelta(minutes=10)
"""Doubled with each failure: long enough for a service to be started again."""


@dataclass
class FollowUps:
    """What one look did.

    Attributes:
        asked: orgs that are asked for again.
        given_up: orgs that failed too often, each with the reason of its last run.
    """

    asked: list[str] = field(default_factory=list)
    given_up: dict[str, str] = field(default_factory=dict)


def ask_for_failed(database: Database, *, now: datetime | None = None) -> FollowUps:
    """Queue an ingest for each org whose newest one failed and has rested, up to `MOST_RETRIES` times in a row.

    Safe to call from any number of processes: an org with an open job is not among them.

    Raises:
        Unavailable: the database cannot be reached. Retry.
    """
    found = FollowUps()
    now = now or datetime.now(UTC)
    with database.directory() as connection:
        org_ids = orgs_with_failed_ingest(connection)
    for org_id in org_ids:
        with database.org_transaction(org_id) as connection:
            # Two machines that look at once: the second sees what the first asked for.
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"sgd follow {org_id}", 0))))
            failed = failed_ingests(connection, org_id)
            if failed is None:
                continue  # somebody asked meanwhile
            if failed.times > MOST_RETRIES:
                found.given_up[org_id] = f"{failed.error.get('code')}: {failed.error.get('message')}"
            elif now >= _rested_at(failed):
                ask_again_to_follow(connection, org_id)
                found.asked.append(org_id)
    return found


def _rested_at(failed: FailedIngests) -> datetime:
    return failed.last_at + _FIRST_REST * (1 << (failed.times - 1))
