"""How many jobs an org may have open at once, and when it may ask for one more.

Open is queued or running, parts and what waits for them included. What must not live here: how many of them run at
once (`rows/queue.py`), or how often an org may ask.
"""

import math
from datetime import timedelta

from sqlalchemy import Connection, func, select, union

from sgd_resources.errors import RateLimited
from sgd_resources.postgres.rows.jobs import OPEN
from sgd_resources.postgres.tables.work import jobs

_LOOKED_BACK_S = 300
_SEEN = 500
"""Ended jobs that are looked at, beside those that are open."""
_LONGEST_WAIT_S = 60
"""Told to an org whose jobs have not ended lately: nobody knows, and asking once a minute costs nothing."""


def refuse_beyond(connection: Connection, org_id: str, most: int | None) -> None:
    """Take back what this transaction asked for when the org has more than `most` jobs open with it.

    Args:
        connection: of the transaction that has just made the jobs. Making one gave it the org's turn until its end, so
            that no other adds to this count.
        org_id: whose.
        most: None for any number.

    Raises:
        RateLimited: nothing may be kept of the transaction. Retry when so many have ended.
    """
    if most is None:
        return
    mine = jobs.c.org_id == org_id
    found = connection.execute(select(func.count()).where(mine, jobs.c.status.in_(OPEN))).scalar_one()
    if found <= most:
        return
    raise RateLimited(
        f"this org has as many jobs open as it may ({most})",
        retry_after_s=wait_s(found - most, _ended_lately(connection, org_id, found)),
        details={"max_jobs_open": most},
    )


def _ended_lately(connection: Connection, org_id: str, n_open: int) -> int:
    """Jobs that ended in the last minutes, of the org's newest: each half has an index of its own to stop early in."""
    mine = (jobs.c.org_id == org_id,)
    halves = (
        select(jobs.c.job_id, jobs.c.finished_at).where(*mine, which).order_by(jobs.c.seq.desc()).limit(n_open + _SEEN)
        for which in (jobs.c.kind == "render", jobs.c.parent_id.is_(None))
    )
    newest = union(*(select(half.subquery()) for half in halves)).subquery()
    since = func.clock_timestamp() - timedelta(seconds=_LOOKED_BACK_S)
    ended = select(func.count()).select_from(newest).where(newest.c.finished_at >= since)
    return int(connection.execute(ended).scalar_one())


def wait_s(too_many: int, ended_lately: int) -> int:
    """Seconds until so many jobs will have ended, at the pace of the last five minutes; 1 to 60."""
    if not ended_lately:
        return _LONGEST_WAIT_S
    return max(1, min(_LONGEST_WAIT_S, math.ceil(too_many * _LOOKED_BACK_S / ended_lately)))
