"""Writes down what a step made, org by org: materializations and check results, each with its own partition.

Dagster gives one data version to all partitions of a ranged run, and has no way to leave one of them out; so these
events are written here. They are the same events, in one batch per step where the storage takes batches. What must not
live here: deciding what failed or what holds.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from dagster import AssetCheckEvaluation, AssetExecutionContext, AssetKey, AssetMaterialization, DagsterEventType
from dagster._core.definitions.asset_checks.asset_check_evaluation import AssetCheckEvaluationTargetMaterializationData
from dagster._core.definitions.data_version import (
    CODE_VERSION_TAG,
    DATA_VERSION_IS_USER_PROVIDED_TAG,
    DATA_VERSION_TAG,
    NULL_EVENT_POINTER,
    UNKNOWN_DATA_VERSION,
    get_input_data_version_tag,
    get_input_event_pointer_tag,
)
from dagster._core.definitions.source_asset import SYSTEM_METADATA_KEY_SOURCE_ASSET_OBSERVATION
from dagster._core.events import (
    DagsterEvent,
    DagsterEventBatchMetadata,
    StepMaterializationData,
)
from dagster_shared.record import replace

EVENTS_ARE_OURS: Mapping[str, bool] = {SYSTEM_METADATA_KEY_SOURCE_ASSET_OBSERVATION: True}
"""Output metadata that keeps Dagster from writing a materialization for every partition of the run by itself."""


@dataclass(frozen=True)
class Made:
    """What one org has now."""

    org_id: str
    data_version: str
    metadata: Mapping[str, Any]


def materializations(context: AssetExecutionContext, made: Sequence[Made]) -> Iterator[DagsterEvent]:
    """A materialization per org: its metadata, the version of its data, and the upstream versions it was made from."""
    key = context.asset_key
    inputs = _input_tags(context, [org.org_id for org in made])
    code_version = context.job_def.asset_layer.get(key).code_version or context.run_id
    common = {CODE_VERSION_TAG: code_version, DATA_VERSION_IS_USER_PROVIDED_TAG: "true"}
    events = [
        StepMaterializationData(
            AssetMaterialization(
                key,
                partition=org.org_id,
                metadata=dict(org.metadata),
                tags={**common, **inputs[org.org_id], DATA_VERSION_TAG: org.data_version},
            )
        )
        for org in made
    ]
    messages = [f"Materialized {org.org_id}." for org in made]
    yield from _written(context, DagsterEventType.ASSET_MATERIALIZATION, events, messages)


def evaluations(context: AssetExecutionContext, found: Sequence[AssetCheckEvaluation]) -> Iterator[DagsterEvent]:
    """An event per check and org, each pointing at the materialization it looked at, which is stored by now."""
    found = _with_targets(context, found)
    said = ["passed" if evaluation.passed else "did not pass" for evaluation in found]
    messages = [f"{one.partition or 'Orgs'}: {one.check_name} {word}." for one, word in zip(found, said, strict=True)]
    yield from _written(context, DagsterEventType.ASSET_CHECK_EVALUATION, found, messages)


def _with_targets(context: AssetExecutionContext, found: Sequence[AssetCheckEvaluation]) -> list[AssetCheckEvaluation]:
    orgs = {one.partition for one in found if one.partition is not None}
    if not orgs:
        return list(found)
    pointers = context.instance.event_log_storage.get_latest_storage_id_by_partition(
        context.asset_key, DagsterEventType.ASSET_MATERIALIZATION, orgs
    )
    now, run_id = time.time(), context.run.run_id
    targets = {
        org_id: AssetCheckEvaluationTargetMaterializationData(storage_id=pointer, run_id=run_id, timestamp=now)
        for org_id, pointer in pointers.items()
    }
    return [replace(one, target_materialization_data=targets.get(one.partition or "")) for one in found]


def _written(
    context: AssetExecutionContext, kind: DagsterEventType, data: Sequence[Any], messages: Sequence[str]
) -> Iterator[DagsterEvent]:
    step = context.get_step_execution_context()
    takes_batches = kind in getattr(context.instance.event_log_storage, "batched_events", BATCHED_EVERYWHERE)
    batch = str(uuid4())
    for number, (item, message) in enumerate(zip(data, messages, strict=True), 1):
        place = DagsterEventBatchMetadata(batch, is_end=number == len(data)) if takes_batches else None
        yield DagsterEvent.from_step(
            event_type=kind, step_context=step, event_specific_data=item, message=message, batch_metadata=place
        )


BATCHED_EVERYWHERE = frozenset({DagsterEventType.ASSET_MATERIALIZATION})
"""What each of Dagster's storages stores many of at once; ours says what more it takes."""


def _input_tags(context: AssetExecutionContext, org_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Org id to the provenance tags of its upstream assets, as Dagster itself writes them for one partition."""
    tags: dict[str, dict[str, str]] = {org_id: {} for org_id in org_ids}
    for parent in context.job_def.asset_layer.get(context.asset_key).parent_keys:
        for org_id, (version, pointer) in _latest(context, parent, org_ids).items():
            tags[org_id][get_input_data_version_tag(parent)] = version
            tags[org_id][get_input_event_pointer_tag(parent)] = pointer
    return tags


def _latest(context: AssetExecutionContext, parent: AssetKey, org_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """(data version, event pointer) of the parent's newest materialization, of each org that has one."""
    if len(org_ids) == 1:
        # Dagster has read it already, when the step began.
        info = context.get_step_execution_context().maybe_fetch_and_get_input_asset_version_info(parent)
        if info is None:
            return {}
        version = (info.data_version or UNKNOWN_DATA_VERSION).value
        return {org_ids[0]: (version, str(info.storage_id or NULL_EVENT_POINTER))}
    storage, kind = context.instance.event_log_storage, DagsterEventType.ASSET_MATERIALIZATION
    pointers = storage.get_latest_storage_id_by_partition(parent, kind, set(org_ids))
    versions = storage.get_latest_tags_by_partition(parent, kind, [DATA_VERSION_TAG], list(org_ids))
    return {
        org_id: (_hashed(versions.get(org_id, {}).get(DATA_VERSION_TAG)), str(pointer))
        for org_id, pointer in pointers.items()
    }


def _hashed(version: str | None) -> str:
    """The version of one partition as Dagster notes it on what was made from it."""
    return hashlib.sha256(version.encode()).hexdigest() if version is not None else UNKNOWN_DATA_VERSION.value
