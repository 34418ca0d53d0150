"""Dagster's Postgres storage with connections that are kept. Named in `dagster.yaml` under `storage: custom:`.

`DagsterPostgresStorage` opens a connection per statement: about 90 per run, two thirds of a warm run's time. Its own
`optimize_for_webserver` holds one instead. What must not live here: anything that changes what is stored.
"""

from collections.abc import Mapping
from typing import Any

from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage
from dagster_postgres.utils import get_token_provider_from_config, pg_url_from_config

STATEMENT_TIMEOUT_MS = 60_000
POOL_RECYCLE_S = 1_800
MAX_OVERFLOW = 20


class PooledPostgresStorage(DagsterPostgresStorage):
    """The same storage, its three engines pooled."""

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "PooledPostgresStorage":
        """The storage that `dagster.yaml` configures; makes tables when they are missing."""
        storage = cls(
            inst_data=inst_data,
            postgres_url=pg_url_from_config(config_value),
            should_autocreate_tables=config_value.get("should_autocreate_tables", True),
            token_provider=get_token_provider_from_config(config_value),
        )
        for part in (storage.run_storage, storage.event_log_storage, storage.schedule_storage):
            part.optimize_for_webserver(
                statement_timeout=STATEMENT_TIMEOUT_MS, pool_recycle=POOL_RECYCLE_S, max_overflow=MAX_OVERFLOW
            )
        return storage
