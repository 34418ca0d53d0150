"""Finds work that nobody asked for by hand: new uploads, and uploads whose run died.

What must not live here: judging a file. A tick does little: it reads a page of what is pending, adds partitions, and
asks for at most `MAX_RUNS_PER_TICK` runs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from dagster import (
    DagsterInstance,
    DefaultSensorStatus,
    ResourceParam,
    RunFailureSensorContext,
    RunRequest,
    RunsFilter,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    run_failure_sensor,
    sensor,
)
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES

from sgd_assets.evidence.drops import DropRules
from sgd_assets.graph.dropped_files import HOW_TO_NAME, Drops, changed_drops, told
from sgd_assets.graph.jobs import ingest_job
from sgd_assets.graph.partitions import ORGS, chunked, orgs, orgs_of_run, orgs_of_tags
from sgd_assets.graph.per_org.failures import failures_of_run
from sgd_assets.running.in_process import WHO_TAG, WHY_TAG
from sgd_resources.lazy import Lazy
from sgd_resources.observed.logs import redacted
from sgd_resources.ports import ObjectStore, UploadLedger
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.ingest_claims import orgs_expected
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.postgres.rows.uploads import PendingOrg, orgs_with_pending

TAGS = {WHY_TAG: "new uploads", WHO_TAG: "sensor new_uploads"}
MAX_RUNS_PER_TICK = 100
"""Dagster launches 7 to 8 runs per second and gives a tick 60 s."""
KEPT_FOR_THE_ROUND = 20
"""Of those, for uploads behind the cursor: a steady stream of new ones must not starve them."""
ORGS_LISTED_PER_TICK = 200
"""Quarantine prefixes looked into per tick for files dropped in by hand; all orgs are seen in turn."""


@dataclass
class UploadsCursor:
    """Where the sensor stands.

    Attributes:
        seen_seq: newest upload asked for so far.
        again_seq: how far the round over all that is pending has come: what waits for another try, and what
            committed late.
        listed_org: last org whose quarantine was listed.
        drops: org id to a fingerprint of the files found lying there.
    """

    seen_seq: int = 0
    again_seq: int = 0
    listed_org: str = ""
    drops: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str | None) -> "UploadsCursor":
        """The cursor of the last tick; a fresh one at the first."""
        return cls(**json.loads(text)) if text else cls()

    def text(self) -> str:
        """JSON for Dagster to keep."""
        return json.dumps(self.__dict__, sort_keys=True)


@sensor(
    job=ingest_job,
    minimum_interval_seconds=15,
    default_status=DefaultSensorStatus.RUNNING,
    description="Asks for one ingest run per org with files in quarantine, uploaded or dropped in by hand.",
)
def new_uploads(
    context: SensorEvaluationContext,
    database: ResourceParam[Lazy[Database]],
    store: ResourceParam[Lazy[ObjectStore]],
    drop_rules: ResourceParam[Lazy[DropRules]],
) -> SensorResult | SkipReason:
    """One tick: fresh uploads first, then those due for another try, then files dropped in by hand."""
    cursor = UploadsCursor.parse(context.cursor)
    wanted: dict[str, str] = {}
    with database.client().directory() as connection:
        fresh = orgs_with_pending(connection, cursor.seen_seq, MAX_RUNS_PER_TICK - KEPT_FOR_THE_ROUND)
        room = MAX_RUNS_PER_TICK - len(fresh)
        # Also those without an attempt: an upload that committed late lies behind the cursor. Run keys sort it out.
        again = orgs_with_pending(connection, cursor.again_seq, room)
    # What lies beyond the cursor comes fresh: a round that ran on into a stream of new uploads would never begin again.
    is_round_over = len(again) < room or again[-1].newest_seq >= cursor.seen_seq
    for pending in fresh:
        wanted[pending.org_id] = upload_run_key(pending)
        cursor.seen_seq = pending.newest_seq
    for pending in again:
        wanted.setdefault(pending.org_id, upload_run_key(pending))
    under_way = orgs_under_way(context.instance)
    # Their runs take whatever is pending when they come to it; what they leave is found by the next round.
    wanted = {org_id: key for org_id, key in wanted.items() if org_id not in under_way}
    cursor.again_seq = 0 if is_round_over else again[-1].newest_seq
    room = MAX_RUNS_PER_TICK - len(wanted)
    drops = changed_drops(
        store.client(),
        cursor.drops,
        rules=drop_rules.client(),
        after_org=cursor.listed_org,
        max_orgs=ORGS_LISTED_PER_TICK,
        max_changed=room,
    )
    with database.client().directory() as connection:
        under_way |= orgs_expected(connection, drops.changed)
    # An org that is passed over now is not yet seen: it is looked at again.
    cursor.drops, cursor.listed_org = _unless_under_way(drops, cursor.drops, under_way), drops.last_org
    for org_id, fingerprint in drops.changed.items():
        if org_id in under_way:
            continue
        wanted.setdefault(org_id, f"dropped:{org_id}:{fingerprint}")
        with database.client().org_transaction(org_id) as connection:
            ensure_org(connection, org_id)
    passed_over = redacted(f"passed over: {told(drops.passed_over)}; {HOW_TO_NAME}") if drops.passed_over else ""
    if passed_over:
        context.log.warning(passed_over)
    if not wanted:
        context.update_cursor(cursor.text())
        return SkipReason("; ".join(filter(None, ("nothing new in quarantine", passed_over))))
    known = set(context.instance.get_dynamic_partitions(ORGS))
    new = [org_id for org_id in wanted if org_id not in known]
    return SensorResult(
        run_requests=[RunRequest(run_key=key, partition_key=org_id, tags=TAGS) for org_id, key in wanted.items()],
        dynamic_partitions_requests=[orgs.build_add_request(chunk) for chunk in chunked(new)],
        cursor=cursor.text(),
    )


def orgs_under_way(instance: DagsterInstance) -> set[str]:
    """Orgs with an ingest run that has not ended, whoever asked for it."""
    keys = list(instance.get_dynamic_partitions(ORGS))
    found: set[str] = set()
    for run in instance.get_runs(RunsFilter(job_name=ingest_job.name, statuses=NOT_FINISHED_STATUSES)):
        found.update(orgs_of_tags(run.tags, keys))
    return found


def _unless_under_way(drops: Drops, before: Mapping[str, str], under_way: set[str]) -> dict[str, str]:
    passed_over = under_way & drops.changed.keys()
    kept = {org_id: before[org_id] for org_id in passed_over if org_id in before}
    return {org_id: state for org_id, state in drops.fingerprints.items() if org_id not in passed_over} | kept


def upload_run_key(pending: PendingOrg) -> str:
    """The same while the same is pending; another once a file was added or an attempt was made."""
    return f"uploads:{pending.org_id}:{pending.newest_seq}:{pending.attempts}"


@run_failure_sensor(
    monitored_jobs=[ingest_job],
    default_status=DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
    description="Notes a failed ingest run on the uploads it left pending: they are tried again, not for ever.",
)
def failed_ingests(context: RunFailureSensorContext, ledger: ResourceParam[Lazy[UploadLedger]]) -> None:
    """Each pending upload of the orgs that failed gets the failure and counts one attempt."""
    run = context.dagster_run
    # A run that died says of no org that it failed; in one that names some, the others are done.
    named = failures_of_run(context.instance, run.run_id)
    for org_id in named or orgs_of_run(run.tags, context.instance):
        for upload in ledger.client().pending(org_id):
            ledger.client().hold(
                org_id,
                upload.upload_id,
                verdict="quarantine",
                reason="run_failed",
                details={"run_id": run.run_id},
                source_sha256=None,
                is_retryable=True,
            )


all_sensors = (new_uploads, failed_ingests)
