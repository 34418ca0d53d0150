"""Tries again what failed in a run that nobody waits for because something was down: a few times, with growing pauses.

Dagster's own run retries serve for lost processes only: they know no pause, and not whether the error of a stage can
heal. A retry is the org's ingest: what was done before is remembered by content, so that it costs what failed. What
must not live here: which failures these are (`failed_orgs.py`), or retries of what the API was asked for
(`on_demand/follow_ups.py`).
"""

import json
import time
from dataclasses import asdict, dataclass, field

from dagster import (
    DefaultSensorStatus,
    RunRequest,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)

from sgd_assets.graph.failed_orgs import LOOKED_BACK_S, TRIES_TAG, FailedOrg, failed_since, is_healed, newest_by_org
from sgd_assets.graph.jobs import INGEST_ASSETS, ingest_job
from sgd_assets.graph.sensors import orgs_under_way
from sgd_assets.running.in_process import WHO_TAG, WHY_TAG
from sgd_resources.observed.logs import redacted

MOST_PER_TICK = 20
MOST_OPEN = 500
"""Failures kept in the cursor, the newest; more orgs than that are down for one reason."""
NAMED = 10


@dataclass
class RetryCursor:
    """Up to when failed runs were read, and what of them is not healed yet."""

    since: float
    open: list[FailedOrg] = field(default_factory=list)

    @classmethod
    def parse(cls, text: str | None) -> "RetryCursor":
        """The cursor of the last tick; a fresh one at the first."""
        if not text:
            return cls(time.time() - LOOKED_BACK_S)
        kept = json.loads(text)
        return cls(kept["since"], [FailedOrg(**one) for one in kept["open"]])

    def text(self) -> str:
        """JSON for Dagster to keep."""
        return json.dumps({"since": self.since, "open": [asdict(one) for one in self.open]})


@sensor(
    job=ingest_job,
    minimum_interval_seconds=60,
    default_status=DefaultSensorStatus.RUNNING,
    description="Tries again, up to three times, what failed because something was down; names what is left.",
)
def retry_failed(context: SensorEvaluationContext) -> SensorResult | SkipReason:
    """One tick: new failures are read, healed ones forgotten, rested ones asked for again, the rest is named."""
    cursor = RetryCursor.parse(context.cursor)
    now = time.time()
    found, cursor.since = failed_since(context.instance, cursor.since)
    still_open = [
        failed
        for failed in newest_by_org([*cursor.open, *found]).values()
        if failed.failed_at > now - LOOKED_BACK_S and not is_healed(context.instance, failed)
    ]
    under_way = orgs_under_way(context.instance)
    due = [failed for failed in still_open if _may_start(failed, now) and failed.org_id not in under_way]
    due = sorted(due, key=lambda failed: failed.due_at)[:MOST_PER_TICK]
    cursor.open = sorted((one for one in still_open if one not in due), key=lambda one: one.failed_at)[-MOST_OPEN:]
    left = redacted(_named([failed for failed in cursor.open if failed.is_given_up]))
    if left:
        context.log.warning(left)
    if not due:
        context.update_cursor(cursor.text())
        return SkipReason(left or f"nothing to try again now; {len(cursor.open)} orgs rest before they are")
    return SensorResult(run_requests=[_request(failed) for failed in due], cursor=cursor.text())


def _may_start(failed: FailedOrg, now: float) -> bool:
    return not failed.is_given_up and failed.stage in INGEST_ASSETS and failed.due_at <= now


def _request(failed: FailedOrg) -> RunRequest:
    tags = {WHY_TAG: "failed before", WHO_TAG: "sensor retry_failed", TRIES_TAG: str(failed.tries + 1)}
    return RunRequest(run_key=f"again:{failed.run_id}:{failed.org_id}", partition_key=failed.org_id, tags=tags)


def _named(given_up: list[FailedOrg]) -> str:
    if not given_up:
        return ""
    more = f"; and {len(given_up) - NAMED} more" if len(given_up) > NAMED else ""
    return "not tried again: " + "; ".join(f"{failed.org_id}: {failed.told()}" for failed in given_up[-NAMED:]) + more
