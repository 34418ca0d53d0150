"""The on-demand queue, as SQL inside the caller's own transaction.

procrastinate's tables live in the same database, so that a request's row and its job are written together or not at
all. What must not live here: what a job does, or fetching jobs (procrastinate's worker does).
"""

import json
from typing import Any

from sqlalchemy import Connection, text

QUEUE = "on_demand"
TASK = "sgd.on_demand"
DONE_CHANNEL = "sgd_done"
"""A trigger on the request tables notifies `{kind}:{id}` here when a row reaches its final status."""

_DEFER = text(
    "SELECT unnest(procrastinate_defer_jobs_v1(ARRAY["
    "ROW(:queue, :task, :priority, :lock, NULL, CAST(:args AS jsonb), NULL)::procrastinate_job_to_defer_v1])) AS id"
)


def enqueue(connection: Connection, args: dict[str, Any], *, lock: str | None = None, priority: int = 0) -> int:
    """Number of the job that a worker will fetch once this transaction commits.

    Args:
        connection: the transaction that also writes the request's row.
        args: JSON-safe keyword arguments of the task.
        lock: jobs with the same lock run one after another.
        priority: higher first.
    """
    row = {"queue": QUEUE, "task": TASK, "priority": priority, "lock": lock, "args": json.dumps(args)}
    return int(connection.execute(_DEFER, row).scalar_one())
