"""Runs one stage over every org of a run and turns the values into what Dagster records.

One org's failure does not take the others with it: in a run over many orgs the finished ones are stored and recorded,
then the run fails and names the rest, so that "retry failed partitions" repeats only those. What must not live here:
any stage's logic, or the wording of its metadata.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from dagster import (
    AssetCheckResult,
    AssetExecutionContext,
    AssetMaterialization,
    DataVersion,
    Failure,
    MaterializeResult,
)
from pydantic import BaseModel

from sgd_assets.failures import error_row, to_dagster
from sgd_resources.dagster_io import ManifestIOManager
from sgd_resources.errors import SgdError
from sgd_resources.side_by_side import side_by_side

V = TypeVar("V", bound=BaseModel)

if TYPE_CHECKING:
    Materialized = MaterializeResult[Any]
else:
    # Dagster recognises the bare class as an annotation, and does not when it has a parameter.
    Materialized = MaterializeResult

SOMEBODY_WAITS_TAG = "sgd/on_demand"
"""Runs with this tag answer a waiting request: they fail at once rather than wait for something that is down."""

# What only this run did, not what the org has: the same content twice must be the same data version.
PER_RUN_FIELDS = frozenset(
    {"promoted", "quarantined", "parsed_now", "embedded_now", "cache_hits", "deleted", "new_point_ids"}
)


def materialize_orgs(
    context: AssetExecutionContext,
    stage: Callable[[str], V],
    *,
    describe: Callable[[V], Mapping[str, Any]],
    manifests: ManifestIOManager,
    checks: Callable[[Mapping[str, V]], Sequence[AssetCheckResult]] = lambda values: (),
    at_once: Callable[[], int] = lambda: 1,
) -> Materialized:
    """Run `stage` for each org of this run, in order; metadata, duration and data version per org.

    Args:
        context: the run's.
        stage: one org's work; an `SgdError` of it fails that org alone.
        describe: metadata of one org's value.
        manifests: keeps the values of a run that fails in part.
        checks: evaluations of all values.
        at_once: orgs that are worked on at the same time; more than one only where the stage may run in threads.

    Raises:
        RetryRequested: the only org failed on something that is down, and nobody waits for this run.
        Failure: no org could be done, or some could not: those are named, the others are recorded.
    """
    values: dict[str, V] = {}
    errors: dict[str, SgdError] = {}
    described: dict[str, dict[str, Any]] = {}

    def work(org_id: str) -> tuple[V | SgdError, float]:
        began = time.perf_counter()
        try:
            found: V | SgdError = stage(org_id)
        except SgdError as error:
            found = error
        return found, round((time.perf_counter() - began) * 1000, 1)

    keys = context.partition_keys
    for org_id, (found, elapsed_ms) in zip(keys, side_by_side(work, keys, at_once=_hands(at_once)), strict=True):
        if isinstance(found, SgdError):
            errors[org_id] = found
            continue
        values[org_id] = found
        described[org_id] = {"org": org_id, **describe(found), "duration_ms": elapsed_ms}
    if errors:
        _fail(context, values, described, errors, manifests)
    for org_id, metadata in described.items():
        context.add_asset_metadata(metadata, partition_key=org_id)
    return MaterializeResult(value=values, data_version=data_version(values), check_results=list(checks(values)))


def _hands(at_once: Callable[[], int]) -> int:
    try:
        return at_once()
    except SgdError:
        return 1  # what cannot be reached is said of each org, by its own stage


def data_version(values: Mapping[str, BaseModel]) -> DataVersion:
    """Hash of what the orgs have, blind to what one run did for it.

    Dagster keeps one data version per asset and run, so a run over many orgs gives all of them the hash of the whole:
    a later run over one of them looks changed once, which costs a cached re-run and never misses a change.
    """
    hashes = {org_id: content_sha256(value) for org_id, value in values.items()}
    if len(hashes) == 1:
        return DataVersion(next(iter(hashes.values())))
    return DataVersion(hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest())


def content_sha256(value: BaseModel) -> str:
    """Hash of one org's value without the counters of a single run."""
    content = {name: field for name, field in value.model_dump(mode="json").items() if name not in PER_RUN_FIELDS}
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _fail(
    context: AssetExecutionContext,
    values: Mapping[str, BaseModel],
    described: Mapping[str, Mapping[str, Any]],
    errors: Mapping[str, SgdError],
    manifests: ManifestIOManager,
) -> None:
    if len(context.partition_keys) == 1:
        error = next(iter(errors.values()))
        raise to_dagster(error, may_wait=SOMEBODY_WAITS_TAG not in context.run.tags) from error
    for org_id, value in values.items():
        manifests.write(context.asset_key.path[-1], org_id, value)
        tags = {"dagster/data_version": content_sha256(value)}
        context.log_event(
            AssetMaterialization(context.asset_key, partition=org_id, metadata=dict(described[org_id]), tags=tags)
        )
    raise Failure(
        description=f"{len(errors)} of {len(context.partition_keys)} orgs failed: {', '.join(sorted(errors)[:20])}",
        metadata={org_id: error_row(error) for org_id, error in errors.items()},
        allow_retries=False,
    )
