"""Small orgs with real files in quarantine, and ingest runs over them in this process. No numbers here."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from dagster import AssetKey, AssetRecordsFilter, DagsterInstance, JobDefinition

from sgd_assets.graph.definitions import build_definitions
from sgd_assets.graph.jobs import INGEST_ASSETS
from sgd_assets.graph.partitions import ORGS
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.embedded.services import embedded_services
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.settings import Settings
from sgd_resources.storage.keys import quarantine_key
from sgd_resources.storage.select import build_object_store
from tests.benchmarks.graph_stack import graph_stack


@dataclass(frozen=True)
class IngestStack:
    """The real graph in this process over embedded services."""

    instance: DagsterInstance
    job: JobDefinition
    database: Database
    store: ObjectStore

    def upload(self, org_id: str, names_and_bytes: Sequence[tuple[str, bytes]]) -> None:
        """Put files into the org's quarantine as the API does."""
        with self.database.org_transaction(org_id) as connection:
            ensure_org(connection, org_id)
            for name, data in names_and_bytes:
                upload_id = str(uuid4())
                key = quarantine_key(org_id, upload_id)
                self.store.put(key, data)
                uploads.record_upload(
                    connection,
                    org_id,
                    upload_id=upload_id,
                    key=key,
                    file_name=name,
                    declared_type=None,
                    size_bytes=len(data),
                )

    def ingest(self, org_id: str) -> float:
        """Seconds that one run of one org took."""
        self.instance.add_dynamic_partitions(ORGS, [org_id])
        began = time.perf_counter()
        self.job.execute_in_process(instance=self.instance, partition_key=org_id)
        return time.perf_counter() - began

    def stage_seconds(self, since: float) -> float:
        """What the stages themselves took, summed over every org and asset recorded since then."""
        spent = 0.0
        for name in INGEST_ASSETS:
            filters, cursor = AssetRecordsFilter(AssetKey(name), after_timestamp=since), None
            while True:
                page = self.instance.fetch_materializations(filters, limit=500, cursor=cursor)
                for record in page.records:
                    assert record.asset_materialization is not None
                    duration = record.asset_materialization.metadata["duration_ms"].value
                    assert isinstance(duration, float)
                    spent += duration / 1000
                cursor = page.cursor
                if not page.has_more:
                    break
        return spent


@contextmanager
def ingest_stack() -> Iterator[IngestStack]:
    """A stack in a temporary directory."""
    with tempfile.TemporaryDirectory(prefix="sgd-bench-", ignore_cleanup_errors=True) as folder:
        settings = Settings(sgd_var_dir=Path(folder)).model_copy(
            update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
        )
        with embedded_services(settings) as urls, graph_stack(Path(folder), urls) as stack:
            definitions = build_definitions(settings=stack.settings)
            with warm_instance(str(stack.dagster_home)) as instance:
                yield IngestStack(
                    instance,
                    definitions.resolve_job_def("ingest_job"),
                    stack.database,
                    build_object_store(stack.settings),
                )


def small_svg(number: int) -> bytes:
    """A picture that is no other number's."""
    colour = f"#{(number * 2_654_435_761) & 0xFFFFFF:06x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="{colour}"/>'
        f'<circle cx="32" cy="32" r="{8 + number % 16}" fill="#ffffff"/></svg>'
    ).encode()
