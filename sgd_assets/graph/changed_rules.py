"""Finds evidence that older scan rules or cleaners let in, and asks for its orgs' ingest, a few at a time.

After an upgrade that is every org: their runs rank below all others, and only so many wait at once that a new upload
never stands behind a queue of them. What must not live here: judging (`evidence/rejudge.py`).
"""

import hashlib
from datetime import UTC, datetime

from dagster import (
    DefaultSensorStatus,
    ResourceParam,
    RunRequest,
    RunsFilter,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES
from dagster._core.storage.tags import PRIORITY_TAG

from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.graph.jobs import ingest_job
from sgd_assets.graph.partitions import ORGS, orgs
from sgd_assets.graph.sensors import orgs_under_way
from sgd_assets.running.in_process import WHO_TAG, WHY_TAG
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.judged_uploads import OrgToJudge, orgs_judged_otherwise

WHY = "changed rules"
TAGS = {WHY_TAG: WHY, WHO_TAG: "sensor changed_rules", PRIORITY_TAG: "-1"}
MOST_AT_ONCE = 10
"""Runs of this kind that wait or run: with a tick each half minute up to 1,200 orgs in an hour."""
ORGS_LOOKED_AT = 200
"""Beyond those at work: an org that the gate cannot judge now must not hide the ones behind it."""


@sensor(
    job=ingest_job,
    minimum_interval_seconds=30,
    default_status=DefaultSensorStatus.RUNNING,
    description="Asks for the ingest of orgs whose evidence was let in by older scan rules or cleaners.",
)
def changed_rules(
    context: SensorEvaluationContext,
    database: ResourceParam[Lazy[Database]],
    gate: ResourceParam[Lazy[EvidenceGate]],
) -> SensorResult | SkipReason:
    """One tick: as many orgs as there is room for, in the order of their ids, going round."""
    versions = gate.client().judging_versions
    with database.client().directory() as connection:
        found = orgs_judged_otherwise(connection, versions, context.cursor or "", ORGS_LOOKED_AT)
    if not found:
        context.update_cursor("")
        return SkipReason("the round is over" if context.cursor else "all evidence was judged by today's rules")
    room = MOST_AT_ONCE - _at_work(context)
    under_way = orgs_under_way(context.instance)
    chosen = [org for org in found if org.org_id not in under_way][: max(0, room)]
    if not chosen:
        return SkipReason("the orgs whose rules changed are being judged again")
    known = set(context.instance.get_dynamic_partitions(ORGS))
    new = [org.org_id for org in chosen if org.org_id not in known]
    return SensorResult(
        run_requests=[
            RunRequest(run_key=run_key(org, versions), partition_key=org.org_id, tags=TAGS) for org in chosen
        ],
        dynamic_partitions_requests=[orgs.build_add_request(new)] if new else [],
        cursor=chosen[-1].org_id,
    )


def run_key(org: OrgToJudge, versions: frozenset[str]) -> str:
    """Another one once files were judged; while none can be (a scanner is down), another one each hour."""
    rules = hashlib.sha256("".join(sorted(versions)).encode()).hexdigest()[:12]
    return f"rules:{org.org_id}:{rules}:{org.files}:{datetime.now(UTC):%Y-%m-%dT%H}"


def _at_work(context: SensorEvaluationContext) -> int:
    waiting = RunsFilter(job_name=ingest_job.name, statuses=NOT_FINISHED_STATUSES, tags={WHY_TAG: WHY})
    return context.instance.get_runs_count(waiting)
