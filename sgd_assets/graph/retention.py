"""The daily job of what may not stay: erasures of orgs that broke off.

What must not live here: what is erased (`sgd_resources/erasure`), or what the hourly sweep removes (`sweep.py`).
"""

from collections.abc import Sequence

from dagster import DefaultScheduleStatus, OpExecutionContext, ResourceParam, ScheduleDefinition, job, op

from sgd_resources.erasure.erase import finish_erasures
from sgd_resources.erasure.place import Place
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database


@op(description="Goes on with erasures of whole orgs that a crash interrupted; the count in metadata.")
def finish_broken_erasures(
    context: OpExecutionContext,
    database: ResourceParam[Lazy[Database]],
    places: ResourceParam[Lazy[Sequence[Place]]],
) -> None:
    """A place is asked for only where there is something to erase."""
    context.add_output_metadata({"finished_erasures": finish_erasures(database.client(), places.client)})


@job(description="Removes what may not be kept any longer, once a day.")
def retention_job() -> None:
    """See the ops above."""
    finish_broken_erasures()


daily_retention = ScheduleDefinition(
    job=retention_job, cron_schedule="23 3 * * *", default_status=DefaultScheduleStatus.RUNNING
)
