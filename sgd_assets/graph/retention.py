"""The daily job of what may not stay: the log of requests past its term, erasures that broke off, what came after one.

What must not live here: what is erased (`sgd_resources/erasure`), or what the hourly sweep removes (`sweep.py`): jobs,
candidates and answers past their day, and what lies in the store without a row.
"""

from collections.abc import Sequence

from dagster import DefaultScheduleStatus, OpExecutionContext, ResourceParam, ScheduleDefinition, job, op

from sgd_resources.erasure.erase import erase_late, finish_erasures
from sgd_resources.erasure.place import Place
from sgd_resources.events import tell
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.whole.request_log import drop_older


@op(description="Goes on with erasures of whole orgs that a crash interrupted; the count in metadata.")
def finish_broken_erasures(
    context: OpExecutionContext,
    database: ResourceParam[Lazy[Database]],
    places: ResourceParam[Lazy[Sequence[Place]]],
) -> None:
    """A place is asked for only where there is something to erase."""
    context.add_output_metadata({"finished_erasures": finish_erasures(database.client(), places.client)})


@op(description="Removes what runs wrote after their org was erased; the count in metadata.")
def erase_what_came_late(
    context: OpExecutionContext,
    database: ResourceParam[Lazy[Database]],
    places: ResourceParam[Lazy[Sequence[Place]]],
) -> None:
    """Runs that were under way longer than an erasure waits."""
    context.add_output_metadata({"removed_late": erase_late(database.client(), places.client())})


@op(description="Removes what is older of the log of requests than SGD_REQUEST_LOG_DAYS; counts by month in metadata.")
def drop_old_requests(
    context: OpExecutionContext,
    database: ResourceParam[Lazy[Database]],
    request_log_days: ResourceParam[Lazy[int]],
) -> None:
    """All orgs at once. With 0 days there is no log any more, and what an earlier setting kept goes too."""
    days = request_log_days.client()
    with database.client().directory() as connection:
        removed = drop_older(connection, days)
    context.add_output_metadata({"kept_days": days, "removed_requests": sum(removed.values()), **removed})
    tell("retention.requests_removed", kept_days=days, requests=sum(removed.values()), months=len(removed))


@job(description="Removes what may not be kept any longer, once a day.")
def retention_job() -> None:
    """See the ops above."""
    finish_broken_erasures()
    erase_what_came_late()
    drop_old_requests()


daily_retention = ScheduleDefinition(
    job=retention_job, cron_schedule="23 3 * * *", default_status=DefaultScheduleStatus.RUNNING
)
