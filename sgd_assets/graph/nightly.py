"""The nightly schedule: every org's `prompt_quality`, so many orgs to a run.

What must not live here: what is measured (`prompts/quality.py`).
"""

from collections.abc import Iterator, Sequence

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    ResourceParam,
    RunRequest,
    ScheduleEvaluationContext,
    define_asset_job,
    schedule,
)

from sgd_assets.graph.partitions import ORGS, ORGS_PER_RUN, chunked
from sgd_assets.running.bounded import bounded_in_process_executor
from sgd_assets.running.in_process import org_tags
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.orgs import list_orgs

quality_job = define_asset_job(
    "prompt_quality_job",
    selection=AssetSelection.assets("prompt_quality"),
    executor_def=bounded_in_process_executor,
    description="How the orgs' prompts were answered: valid answers, cost, cache savings, reviews that wait.",
)


@schedule(
    job=quality_job,
    cron_schedule="41 2 * * *",
    default_status=DefaultScheduleStatus.RUNNING,
    description="Measures every org's prompts of the last 30 days, each night.",
)
def nightly_quality(
    context: ScheduleEvaluationContext, database: ResourceParam[Lazy[Database]]
) -> Iterator[RunRequest]:
    """One tick: a run per hundred orgs; an org that has no partition yet gets one."""
    known = list(context.instance.get_dynamic_partitions(ORGS))
    with database.client().directory() as connection:
        found = [org.org_id for org in list_orgs(connection)]
    new = sorted(set(found) - set(known))
    for some in chunked(new):
        context.instance.add_dynamic_partitions(ORGS, some)
    for first, last in ranges([*known, *new]):
        night = f"{context.scheduled_execution_time:%Y-%m-%d}"
        yield RunRequest(run_key=f"quality:{night}:{first}", tags=org_tags(first, last))


def ranges(org_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """First and last org of each run, in the order of the partitions."""
    for start in range(0, len(org_ids), ORGS_PER_RUN):
        part = org_ids[start : start + ORGS_PER_RUN]
        yield part[0], part[-1]
