"""The hourly sweep of the object store and of jobs that were kept long enough, as a job of its own: it makes no asset.

An org is swept once a day, in the hour that its id falls into; evidence that was taken back is deleted within the hour.
What must not live here: what is swept (`evidence/sweep.py`, `expiry.py`).
"""

import zlib
from collections.abc import Iterable

from dagster import DefaultScheduleStatus, OpExecutionContext, ResourceParam, ScheduleDefinition, job, op

from sgd_assets.evidence.drops import DropRules
from sgd_assets.evidence.sweep import sweep
from sgd_assets.graph.expiry import forget_kept_answers, forget_old_deliveries, remove_expired_jobs, settle_texts
from sgd_resources.lazy import Lazy
from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.observed.logs import redacted
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows.evidence_removal import orgs_to_purge
from sgd_resources.postgres.rows.orgs import list_orgs

_HOURS = 24


@op(description="Deletes what killed processes left in the object store and what was taken back; counts in metadata.")
def sweep_store(
    context: OpExecutionContext,
    database: ResourceParam[Lazy[Database]],
    store: ResourceParam[Lazy[ObjectStore]],
    drop_rules: ResourceParam[Lazy[DropRules]],
) -> None:
    """One hour's share of the orgs, and every org that has something to delete."""
    hour = int(context.run.tags.get("sgd/hour", "0")) % _HOURS
    with database.client().directory() as connection:
        due = due_orgs((org.org_id for org in list_orgs(connection)), hour)
        due |= set(orgs_to_purge(connection))
    swept = sweep(
        sorted(due),
        store=store.client(),
        ledger=DatabaseUploadLedger(database.client()),
        min_age_s=drop_rules.client().sweep_age_s,
    )
    context.add_output_metadata(swept.json())
    for line in (*(f"lost: {key}" for key in swept.lost), *(f"not swept: {line}" for line in swept.failed)):
        context.log.error(redacted(line))


@op(description="Removes jobs that have been kept long enough, with their results, old deliveries, and old answers.")
def sweep_expired_jobs(
    context: OpExecutionContext,
    database: ResourceParam[Lazy[Database]],
    store: ResourceParam[Lazy[ObjectStore]],
    request_text: ResourceParam[Lazy[TextKept]],
) -> None:
    """All orgs at once: a job says itself until when it is kept."""
    removed = remove_expired_jobs(database.client(), store.client())
    context.add_output_metadata(
        {
            "removed_jobs": removed,
            "forgotten_deliveries": forget_old_deliveries(database.client()),
            "forgotten_answers": forget_kept_answers(database.client()),
            "settled_texts": settle_texts(database.client(), request_text.client()),
        }
    )


def due_orgs(org_ids: Iterable[str], hour: int) -> set[str]:
    """The orgs whose hour this is: about one in 24, always the same ones."""
    return {org_id for org_id in org_ids if zlib.crc32(org_id.encode()) % _HOURS == hour}


@job(
    description="Clears the object store of what killed processes left, of evidence that was taken back, and of jobs "
    "that were kept long enough."
)
def sweep_job() -> None:
    """See `sweep_store` and `sweep_expired_jobs`."""
    sweep_store()
    sweep_expired_jobs()


hourly_sweep = ScheduleDefinition(
    job=sweep_job,
    cron_schedule="17 * * * *",
    default_status=DefaultScheduleStatus.RUNNING,
    tags_fn=lambda context: {"sgd/hour": str(context.scheduled_execution_time.hour)},
)
