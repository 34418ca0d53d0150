"""Runs one stage over every org of a run; one org's fault stays that org's.

    one org        its error ends the run: retried by Dagster when something is down and nobody waits, else failed
    a range        an org that fails is recorded with its reason, later stages leave it out, the others go on to the
                   end; then the run fails and names who failed, where and why. Something down for anyone: the step is
                   tried again as a whole first, while nobody waits for it.

What must not live here: any stage's logic, the wording of its metadata, or how events are written (`graph/`).
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from dagster import AssetExecutionContext, AssetObservation, DagsterEvent, MaterializeResult, Output
from pydantic import BaseModel

from sgd_assets.finding import Finding
from sgd_assets.graph.failures import MAX_RETRIES, to_dagster
from sgd_assets.graph.per_org.checks import evaluations_of, unused_outputs
from sgd_assets.graph.per_org.failures import OrgFailure, failure_of, failures_of_run, observation_of, run_failure
from sgd_assets.graph.per_org.op_log import tell_orgs
from sgd_assets.graph.per_org.records import EVENTS_ARE_OURS, Made, evaluations, materializations
from sgd_resources import events
from sgd_resources.disk_full import as_storage_full
from sgd_resources.errors import SgdError, Unavailable
from sgd_resources.observed.logs import redacted
from sgd_resources.observed.spans import span
from sgd_resources.side_by_side import side_by_side

V = TypeVar("V", bound=BaseModel)

Recorded = Iterator[Output[Any] | AssetObservation | DagsterEvent]
if TYPE_CHECKING:
    Materialized = Recorded
else:
    # Dagster takes the annotation for what the body returns, and knows no generators there.
    Materialized = MaterializeResult

SOMEBODY_WAITS_TAG = ".dagster/sgd_on_demand"
"""Runs with this tag answer a waiting request: they fail at once rather than wait for something that is down."""
DOWN_FOR_ALL = 3
"""Orgs in a row for which something was down; the rest of the range is not tried: each would wait for its time-out."""

# What only this run did, not what the org has: the same content twice must be the same data version.
PER_RUN_FIELDS = frozenset(
    {"promoted", "quarantined", "parsed_now", "embedded_now", "cache_hits", "deleted", "new_point_ids", "retry_at"}
)


def materialize_orgs(
    context: AssetExecutionContext,
    stage: Callable[[str], V],
    *,
    describe: Callable[[V], Mapping[str, Any]],
    checks: Callable[[V], Sequence[Finding]] = lambda value: (),
    tell: Callable[[V], Sequence[str]] = lambda value: (),
    at_once: Callable[[], int] = lambda: 1,
) -> Materialized:
    """Run `stage` for each org of this run, in order; what Dagster records, per org.

    Args:
        context: the run's.
        stage: one org's work; what it raises fails that org alone.
        describe: metadata of one org's value.
        checks: what was found of one org's value by the asset's checks.
        tell: lines for the run's log on one org's value.
        at_once: orgs that are worked on at the same time; more than one only where the stage may run in threads.

    Raises:
        RetryRequested: something is down, and nobody waits for this run.
        Failure: no org could be done; or this is the last stage of the run and some could not: those are named.
        Exception: what the only org's stage raised, if it was none of ours.
    """
    keys = context.partition_keys
    failed = failures_of_run(context.instance, context.run.run_id) if len(keys) > 1 else {}
    work = _Work(stage, context.asset_key.path[-1])
    work.go_through([org_id for org_id in keys if org_id not in failed], at_once=_hands(at_once))
    _retry_whole_step(context, work)
    for failure in work.failed.values():
        context.log.error("%s failed in %s", failure.org_id, redacted(str(failure)))
        yield observation_of(failure)
    failed |= work.failed
    if len(failed) == len(keys):
        _end(context, work, failed)
    tell_orgs(context, {org_id: (work.took_ms[org_id], tell(value)) for org_id, value in work.done.items()})
    yield Output(dict(work.done), metadata=dict(EVENTS_ARE_OURS))
    yield from materializations(context, [_made(work, org_id, describe) for org_id in work.done])
    yield from evaluations(
        context, evaluations_of(context.asset_key, {org_id: checks(value) for org_id, value in work.done.items()})
    )
    yield from unused_outputs(context)
    if failed and not goes_on(context):
        _end(context, work, failed)


@dataclass
class _Work:
    """The stage over some orgs, and what came of it."""

    stage: Callable[[str], Any]
    name: str
    done: dict[str, Any] = field(default_factory=dict)
    failed: dict[str, OrgFailure] = field(default_factory=dict)
    errors: dict[str, Exception] = field(default_factory=dict)
    took_ms: dict[str, float] = field(default_factory=dict)
    _down_in_a_row: int = 0

    def go_through(self, org_ids: Sequence[str], *, at_once: int) -> None:
        """Each org once, in order."""
        for org_id, (found, took_ms) in zip(org_ids, side_by_side(self._one, org_ids, at_once=at_once), strict=True):
            self.took_ms[org_id] = took_ms
            if isinstance(found, Exception):
                self.errors[org_id] = found
                self.failed[org_id] = failure_of(org_id, self.name, found)
            else:
                self.done[org_id] = found

    def _one(self, org_id: str) -> tuple[Any, float]:
        if self._down_in_a_row >= DOWN_FOR_ALL:
            return Unavailable(f"not tried: something was down for the {DOWN_FOR_ALL} orgs before"), 0.0
        began = time.perf_counter()
        try:
            with span(f"stage {self.name}", sgd__org__id=org_id):
                found = self.stage(org_id)
        except Exception as error:  # noqa: BLE001 - whatever one org's stage raises must not cost the others theirs
            found = as_storage_full(error) or error
        self._down_in_a_row = self._down_in_a_row + 1 if isinstance(found, Unavailable) else 0
        took_ms = round((time.perf_counter() - began) * 1000, 1)
        self._tell_end(org_id, found, took_ms)
        return found, took_ms

    def _tell_end(self, org_id: str, found: Any, took_ms: float) -> None:
        failure = failure_of(org_id, self.name, found) if isinstance(found, Exception) else None
        told = events.warn if failure else events.tell
        told(
            "stage.ended", stage=self.name, org_id=org_id, outcome="failed" if failure else "done",
            code=failure.code if failure else None, duration_ms=took_ms,
        )  # fmt: skip


def goes_on(context: AssetExecutionContext) -> bool:
    """Whether a later step of this run builds on this asset."""
    layer, steps = context.job_def.asset_layer, context.run.step_keys_to_execute
    later = layer.get(context.asset_key).child_keys & layer.selected_asset_keys
    return any(steps is None or key.path[-1] in steps for key in later)


def content_sha256(value: BaseModel) -> str:
    """Hash of one org's value without the counters of a single run: its data version."""
    content = {name: field for name, field in value.model_dump(mode="json").items() if name not in PER_RUN_FIELDS}
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _hands(at_once: Callable[[], int]) -> int:
    try:
        return at_once()
    except SgdError:
        return 1  # what cannot be reached is said of each org, by its own stage


def _made(work: _Work, org_id: str, describe: Callable[[Any], Mapping[str, Any]]) -> Made:
    value = work.done[org_id]
    metadata = {"org": org_id, **describe(value), "duration_ms": work.took_ms[org_id]}
    return Made(org_id, content_sha256(value), metadata)


def _retry_whole_step(context: AssetExecutionContext, work: _Work) -> None:
    """Raise when something is down and there is time. What was done is remembered by content: it costs little again."""
    down = next((error for error in work.errors.values() if isinstance(error, Unavailable)), None)
    if down is not None and context.retry_number < MAX_RETRIES and not _somebody_waits(context):
        raise to_dagster(down, may_wait=True) from down


def _somebody_waits(context: AssetExecutionContext) -> bool:
    # A run that was re-executed in the UI bears the tags of the first; nobody waits for it any more.
    return SOMEBODY_WAITS_TAG in context.run.tags and context.run.parent_run_id is None


def _end(context: AssetExecutionContext, work: _Work, failed: Mapping[str, OrgFailure]) -> None:
    """Fail the run: with the one org's own error, or with the names of all that failed."""
    if len(context.partition_keys) > 1:
        raise run_failure(list(failed.values()), len(context.partition_keys))
    error = next(iter(work.errors.values()))
    if isinstance(error, SgdError):
        raise to_dagster(error, may_wait=False) from error
    raise error
