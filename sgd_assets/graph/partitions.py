"""The one partitions definition, `orgs`, and how many of them share a run.

Every asset is partitioned by org, never by file or by render. What must not live here: any asset.
"""

from collections.abc import Iterator, Mapping, Sequence

from dagster import BackfillPolicy, DagsterInstance, DynamicPartitionsDefinition
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    PARTITION_NAME_TAG,
)

ORGS = "orgs"
PARTITIONS_PER_CALL = 500
"""Partition keys written in one call: thousands at once are one very long SQL statement."""

orgs = DynamicPartitionsDefinition(name=ORGS)

ORGS_PER_RUN = 100
"""A ranged run pays its start-up once for this many orgs, and loses at most this many when its process dies."""

orgs_backfill = BackfillPolicy.multi_run(max_partitions_per_run=ORGS_PER_RUN)


def chunked(org_ids: Sequence[str]) -> Iterator[list[str]]:
    """The ids in order, `PARTITIONS_PER_CALL` at a time."""
    for start in range(0, len(org_ids), PARTITIONS_PER_CALL):
        yield list(org_ids[start : start + PARTITIONS_PER_CALL])


def ensure_partition(instance: DagsterInstance, org_id: str) -> bool:
    """Whether the org's partition had to be added. Idempotent."""
    if instance.has_dynamic_partition(ORGS, org_id):
        return False
    instance.add_dynamic_partitions(ORGS, [org_id])
    return True


def orgs_of_run(tags: Mapping[str, str], instance: DagsterInstance) -> list[str]:
    """The orgs a run covers, one or a range, in partition order."""
    return orgs_of_tags(tags, list(instance.get_dynamic_partitions(ORGS)))


def orgs_of_tags(tags: Mapping[str, str], keys: list[str]) -> list[str]:
    """The same, for whoever has all partition keys in their order at hand."""
    if (one := tags.get(PARTITION_NAME_TAG)) is not None:
        return [one]
    first, last = tags.get(ASSET_PARTITION_RANGE_START_TAG), tags.get(ASSET_PARTITION_RANGE_END_TAG)
    if first not in keys or last not in keys:
        return []
    return keys[keys.index(first) : keys.index(last) + 1]
