"""Whose org stands still because a run that nobody waits for failed: at which stage, why, and whether a retry helps.

Only runs of sensors, automation and schedules: whoever asks by hand is told. What must not live here: asking for the
retry (`retries.py`), or how a run records its failures (`per_org/failures.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from dagster import AssetKey, AssetRecordsFilter, DagsterEventType, DagsterInstance, DagsterRunStatus, RunsFilter
from dagster._core.storage.dagster_run import RunRecord
from dagster._core.storage.tags import SCHEDULE_NAME_TAG, SENSOR_NAME_TAG, WILL_RETRY_TAG

from sgd_assets.graph.failures import error_of_events
from sgd_assets.graph.partitions import orgs_of_run
from sgd_assets.graph.per_org.failures import OrgFailure, failures_of_run

TRIES_TAG = "sgd/tries"
"""How often the work of a run was tried before."""
MOST_RETRIES = 3
FIRST_REST_S = 120
REST_GROWS = 4
"""Two, eight, then 32 minutes: a run has itself waited up to three times by the time it fails."""
LOOKED_BACK_S = 7 * 86_400.0
"""What failed earlier and was not healed is told no longer."""
_MOST_RUNS = 100
"""Failed runs looked at in one go, oldest first; the rest is for the next tick."""


@dataclass(frozen=True)
class FailedOrg:
    """An org's newest failure in a run that nobody waits for."""

    org_id: str
    stage: str
    code: str
    reason: str
    run_id: str
    failed_at: float
    """Unix seconds."""
    tries: int
    """Retries before this failure."""
    retry_after_s: float | None
    """What the error asked for; None when a retry does not help."""

    @property
    def is_given_up(self) -> bool:
        """Whether nobody will try again: somebody must look."""
        return self.retry_after_s is None or self.tries >= MOST_RETRIES

    @property
    def due_at(self) -> float:
        """When it has rested, in Unix seconds."""
        return self.failed_at + max(self.retry_after_s or 0.0, FIRST_REST_S * float(REST_GROWS) ** self.tries)

    def told(self) -> str:
        """Stage, reason and what becomes of it."""
        fate = "is tried again" if self.tries == 0 else f"is tried again, {self.tries} retries failed"
        if self.is_given_up:
            fate = "a retry does not help" if self.retry_after_s is None else f"given up after {self.tries} retries"
        return f"{self.stage}: {self.code}: {self.reason}; {fate}"


def newest_by_org(found: Iterable[FailedOrg]) -> dict[str, FailedOrg]:
    """Of each org the newest failure: earlier ones are its business too."""
    newest: dict[str, FailedOrg] = {}
    for failed in found:
        if failed.org_id not in newest or newest[failed.org_id].failed_at <= failed.failed_at:
            newest[failed.org_id] = failed
    return newest


def failed_since(instance: DagsterInstance, since: float) -> tuple[list[FailedOrg], float]:
    """Orgs that failed in runs of sensors or schedules that ended after `since`, and up to when these were read."""
    failed_runs = RunsFilter(statuses=[DagsterRunStatus.FAILURE], updated_after=datetime.fromtimestamp(since, UTC))
    records = instance.get_run_records(failed_runs, limit=_MOST_RUNS, order_by="update_timestamp", ascending=True)
    found = [failed for record in records if _is_unattended(record) for failed in _failed_orgs(instance, record)]
    return found, records[-1].update_timestamp.timestamp() if records else since


def failures_left(instance: DagsterInstance, since: float) -> list[FailedOrg]:
    """Orgs that failed after `since` and that no later run healed, by their ids: all of them, however many runs."""
    found: list[FailedOrg] = []
    while True:
        more, until = failed_since(instance, since)
        found += more
        if until <= since:
            break
        since = until
    left = (failed for failed in newest_by_org(found).values() if not is_healed(instance, failed))
    return sorted(left, key=lambda failed: failed.org_id)


def is_healed(instance: DagsterInstance, failed: FailedOrg) -> bool:
    """Whether a later run did for the org what failed."""
    done = AssetRecordsFilter(AssetKey(failed.stage), [failed.org_id], after_timestamp=failed.failed_at)
    return bool(instance.fetch_materializations(done, limit=1).records)


def _is_unattended(record: RunRecord) -> bool:
    tags = record.dagster_run.tags
    # Of a process that was lost Dagster itself makes another.
    return (SENSOR_NAME_TAG in tags or SCHEDULE_NAME_TAG in tags) and tags.get(WILL_RETRY_TAG) != "true"


def _failed_orgs(instance: DagsterInstance, record: RunRecord) -> Iterable[FailedOrg]:
    run = record.dagster_run
    named = failures_of_run(instance, run.run_id)
    for failure in named.values() or _of_whole_run(instance, record):
        after = failure.details.get("retry_after_s")
        yield FailedOrg(
            failure.org_id, failure.stage, failure.code, failure.reason, run.run_id,
            failed_at=record.end_time or record.update_timestamp.timestamp(),
            tries=int(run.tags.get(TRIES_TAG, "0")),
            retry_after_s=float(after) if after is not None else None,
        )  # fmt: skip


def _of_whole_run(instance: DagsterInstance, record: RunRecord) -> list[OrgFailure]:
    """A run that failed outside any org's work, as for want of an upstream's value: all its orgs, at its first step."""
    run = record.dagster_run
    entries = instance.all_logs(run.run_id, of_type=DagsterEventType.STEP_FAILURE)
    events = [entry.get_dagster_event() for entry in entries]
    error = error_of_events(events)
    stage = next((str(event.step_key) for event in events if event.step_key), "run")
    return [
        OrgFailure(org_id, stage, error["code"], error["message"], error["details"])
        for org_id in orgs_of_run(run.tags, instance)
    ]
