"""A backfill that runs in this process, as Dagster's Backfills page knows one: what it covers, how far it is, its end.

The row says that everything is asked for already. So Dagster's daemon, where one runs, launches nothing for it, only
keeps its progress up to date, and closes it should this process die. Without a daemon `close` does so. The page's
"Re-execute" makes a new backfill of it, which the daemon then runs; its "Cancel" is heard by `is_cancelled`. What must
not live here: running anything.
"""

import time
from collections.abc import Mapping, Sequence

from dagster import AssetKey, DagsterEventType, DagsterInstance, JobDefinition
from dagster._core.definitions.assets.graph.asset_graph_subset import AssetGraphSubset
from dagster._core.execution.asset_backfill import AssetBackfillData
from dagster._core.execution.backfill import BulkActionStatus, PartitionBackfill
from dagster._core.storage.tags import BACKFILL_ID_TAG
from dagster._core.utils import make_new_backfill_id

from sgd_assets.graph.partitions import orgs

_STOPPED = (BulkActionStatus.CANCELING, BulkActionStatus.CANCELED, BulkActionStatus.FAILING, BulkActionStatus.FAILED)


class BackfillRecord:
    """One row of the Backfills page.

    Args:
        instance: where it is kept.
        job: what is run over each org.
        org_ids: whose partitions; they exist by now.
        tags: of the row and of its runs.
    """

    def __init__(
        self, instance: DagsterInstance, job: JobDefinition, org_ids: Sequence[str], tags: Mapping[str, str]
    ) -> None:
        self.backfill_id = make_new_backfill_id()
        self.run_tags = {**tags, BACKFILL_ID_TAG: self.backfill_id}
        self._instance = instance
        self._org_ids = list(org_ids)
        self._keys = sorted(job.asset_layer.selected_asset_keys)
        self._began_after = instance.event_log_storage.get_maximum_record_id() or 0
        instance.add_backfill(self._row(tags))

    def is_cancelled(self) -> bool:
        """Whether somebody cancelled the backfill in the UI."""
        row = self._instance.get_backfill(self.backfill_id)
        return row is not None and row.status in _STOPPED

    def close(self) -> None:
        """Write down how it ended: per partition, and as a whole."""
        row = self._instance.get_backfill(self.backfill_id)
        if row is None or row.asset_backfill_data is None:
            return
        made, failed = self._outcome()
        data = row.asset_backfill_data._replace(materialized_subset=made, failed_and_downstream_subset=failed)
        if row.status == BulkActionStatus.CANCELING:
            status = BulkActionStatus.CANCELED
        elif row.status == BulkActionStatus.REQUESTED:
            status = BulkActionStatus.COMPLETED_SUCCESS if failed.is_empty else BulkActionStatus.COMPLETED_FAILED
        else:
            status = row.status
        self._instance.update_backfill(
            row._replace(asset_backfill_data=data, status=status, backfill_end_timestamp=time.time())
        )

    def _row(self, tags: Mapping[str, str]) -> PartitionBackfill:
        now = time.time()
        target = _subset(dict.fromkeys(self._keys, self._org_ids))
        data = AssetBackfillData.empty(target, now, self._instance)._replace(
            requested_subset=target, requested_runs_for_target_roots=True, latest_storage_id=self._began_after
        )
        return PartitionBackfill(
            backfill_id=self.backfill_id,
            status=BulkActionStatus.REQUESTED,
            from_failure=False,
            tags=tags,
            backfill_timestamp=now,
            asset_selection=self._keys,
            asset_backfill_data=data,
            title=f"sgd backfill of {len(self._org_ids)} orgs",
        )

    def _outcome(self) -> tuple[AssetGraphSubset, AssetGraphSubset]:
        storage, wanted = self._instance.event_log_storage, set(self._org_ids)
        made: dict[AssetKey, list[str]] = {}
        failed: dict[AssetKey, list[str]] = {}
        for key in self._keys:
            stored = storage.get_latest_storage_id_by_partition(
                key, DagsterEventType.ASSET_MATERIALIZATION, wanted, self._began_after
            )
            made[key] = sorted(stored)
            failed[key] = sorted(wanted - set(stored))
        return _subset(made), _subset(failed)


def _subset(orgs_of: Mapping[AssetKey, Sequence[str]]) -> AssetGraphSubset:
    subsets = {key: orgs.subset_with_partition_keys(org_ids) for key, org_ids in orgs_of.items() if org_ids}
    return AssetGraphSubset(partitions_subsets_by_asset_key=subsets)  # type: ignore[call-arg]  # its others have defaults
