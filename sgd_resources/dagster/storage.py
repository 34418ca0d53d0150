"""Dagster's Postgres storage as warm processes need it. Named in `dagster.yaml` under `storage: custom:`.

The same tables and rows as `DagsterPostgresStorage`, with three costs left out that make up most of a small run:
a new connection per statement, reading the catalogue to see whether tables of the present schema exist (45 of 118
statements), and a NOTIFY per event that nothing has listened to since Dagster 0.14. What must not live here: anything
that changes what is stored.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as db
from dagster import AssetKey, BoolSource, DagsterEventType, EventLogEntry, Field
from dagster._config.config_schema import UserConfigSchema
from dagster._core.events import ASSET_CHECK_EVENTS, ASSET_EVENTS
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable, SqlEventLogStorageTable
from dagster._serdes import ConfigurableClassData, serialize_value
from dagster_postgres import DagsterPostgresStorage
from dagster_postgres.event_log import PostgresEventLogStorage
from dagster_postgres.run_storage import PostgresRunStorage
from dagster_postgres.schedule_storage import PostgresScheduleStorage
from dagster_postgres.utils import get_token_provider_from_config, pg_url_from_config

from sgd_resources.dagster.alembic_names import read_ini_in_any_folder
from sgd_resources.postgres.live_pool import drop_dead_connections

if TYPE_CHECKING:
    from dagster._core.definitions.asset_checks.asset_check_evaluation import AssetCheckEvaluationPlanned

STATEMENT_TIMEOUT_MS = 60_000
POOL_RECYCLE_S = 1_800
MAX_OVERFLOW = 20


class LivePool:
    """Of each of the three storages: hands out no connection that a restart of the server has closed."""

    commits_wait = True
    """False: see `durable_events`."""
    _engine: db.Engine

    def optimize_for_webserver(self, statement_timeout: int, pool_recycle: int, max_overflow: int) -> None:
        """Keep connections; called here and, with times of its own, by the webserver."""
        super().optimize_for_webserver(  # type: ignore[misc]  # the storage that stands beside this in the bases
            statement_timeout=statement_timeout, pool_recycle=pool_recycle, max_overflow=max_overflow
        )
        drop_dead_connections(self._engine)
        if not self.commits_wait:
            db.event.listen(self._engine, "connect", _commit_without_waiting)


class WarmScheduleStorage(LivePool, PostgresScheduleStorage):
    """Of sensors, schedules and backfills."""


class WarmEventLogStorage(LivePool, PostgresEventLogStorage):
    """Looks at the schema once per process: a table or column that is there stays."""

    batched_events = frozenset({DagsterEventType.ASSET_MATERIALIZATION, DagsterEventType.ASSET_CHECK_EVALUATION})
    """What `store_event_batch` stores many of in a few statements."""

    _present: frozenset[str] = frozenset()

    def has_table(self, table_name: str) -> bool:
        """Whether the table exists; asked of Postgres until it does."""
        if table_name not in self._present and super().has_table(table_name):
            self._present |= {table_name}
        return table_name in self._present

    def _has_asset_key_col_on_connection(self, conn: db.Connection, column_name: str) -> bool:
        name = f"asset_keys.{column_name}"
        if name not in self._present and super()._has_asset_key_col_on_connection(conn, column_name):
            self._present |= {name}
        return name in self._present

    def has_asset_key_col(self, column_name: str) -> bool:
        """The same for a column of the asset table, without a connection when it is known."""
        return f"asset_keys.{column_name}" in self._present or super().has_asset_key_col(column_name)

    def store_event(self, event: EventLogEntry) -> None:
        """Store one event: the steps of the base class without its NOTIFY."""
        insert = self.prepare_insert_event(event).returning(SqlEventLogStorageTable.c.id)
        with self._connect() as conn:
            event_id = int(conn.execute(insert).scalar_one())
        if not event.is_dagster_event or event.dagster_event is None:
            return
        kind = event.dagster_event.event_type
        if kind in ASSET_EVENTS and isinstance(event.dagster_event.asset_key, AssetKey):
            with self.index_transaction() as conn:
                self._store_asset_event_tags(conn, [event], [event_id])
                self._store_asset_event(conn, event, event_id)
        if kind in ASSET_CHECK_EVENTS:
            self.store_asset_check_event(event, event_id)

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store many events of one kind: results of checks too, which the base class stores one by one."""
        if all(event.dagster_event_type == DagsterEventType.ASSET_CHECK_EVALUATION for event in events):
            self._store_check_evaluations(events)
        else:
            super().store_event_batch(events)

    def _store_check_evaluations(self, events: Sequence[EventLogEntry]) -> None:
        with self._connect() as conn:
            inserted = conn.execute(self.prepare_insert_event_batch(events).returning(SqlEventLogStorageTable.c.id))
            ids = [int(row[0]) for row in inserted]
        rows = [_check_row(event, event_id) for event, event_id in zip(events, ids, strict=True)]
        with self.index_transaction() as conn:
            planned = _fill_in_planned(conn, rows)
            missing = [row for row in rows if _place_of(row) not in planned]
            if missing:
                conn.execute(AssetCheckExecutionsTable.insert().values(missing))

    def _store_asset_check_evaluation_planned(self, event: EventLogEntry, event_id: int | None) -> None:
        # As the base class, but the event, which names every partition, is serialised once and not once for each.
        planned = cast("AssetCheckEvaluationPlanned", event.get_dagster_event().event_specific_data)
        keys = planned.partitions_subset.get_partition_keys() if planned.partitions_subset else [None]
        row = {
            "asset_key": planned.asset_key.to_string(),
            "check_name": planned.check_name,
            "run_id": event.run_id,
            "execution_status": AssetCheckExecutionRecordStatus.PLANNED.value,
            "evaluation_event": serialize_value(event),
            "evaluation_event_timestamp": _utc(event),
            "evaluation_event_storage_id": event_id,
        }
        with self.index_connection() as conn:
            conn.execute(AssetCheckExecutionsTable.insert().values([{**row, "partition": key} for key in keys]))


class WarmRunStorage(LivePool, PostgresRunStorage):
    """Looks at the schema once per process."""

    _has_stats_columns = False
    _has_backfill_column = False

    def has_run_stats_index_cols(self) -> bool:
        """Whether runs have their start and end columns."""
        self._has_stats_columns = self._has_stats_columns or super().has_run_stats_index_cols()
        return self._has_stats_columns

    def has_backfill_id_column(self) -> bool:
        """Whether runs name their backfill."""
        self._has_backfill_column = self._has_backfill_column or super().has_backfill_id_column()
        return self._has_backfill_column


class PooledPostgresStorage(DagsterPostgresStorage):
    """The storage for `dagster.yaml`; takes what `DagsterPostgresStorage` takes, and `durable_events`."""

    @classmethod
    def config_type(cls) -> UserConfigSchema:
        """The base class's fields and one of ours."""
        durable = Field(
            BoolSource,
            is_required=False,
            default_value=True,
            description="False: an operating system crash may lose the last half second of events (never corrupts); a "
            "run then costs no disk sync per event. A killed process loses nothing either way.",
        )
        base: Any = super().config_type()
        return {**base, "durable_events": durable}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "PooledPostgresStorage":
        """The storage that `dagster.yaml` configures; makes tables when they are missing."""
        read_ini_in_any_folder()
        url, makes_tables = pg_url_from_config(config_value), config_value.get("should_autocreate_tables", True)
        token = get_token_provider_from_config(config_value)
        storage = cls(
            postgres_url=url, should_autocreate_tables=makes_tables, inst_data=inst_data, token_provider=token
        )
        storage._run_storage = WarmRunStorage(url, makes_tables, token_provider=token)
        storage._event_log_storage = WarmEventLogStorage(url, makes_tables, token_provider=token)
        storage._schedule_storage = WarmScheduleStorage(url, makes_tables, token_provider=token)
        for part in (storage._run_storage, storage._event_log_storage, storage._schedule_storage):
            part.commits_wait = config_value.get("durable_events", True)
            part.optimize_for_webserver(
                statement_timeout=STATEMENT_TIMEOUT_MS, pool_recycle=POOL_RECYCLE_S, max_overflow=MAX_OVERFLOW
            )
        return storage


def _check_row(event: EventLogEntry, event_id: int) -> dict[str, Any]:
    """The row of a check's result, as the base class writes it."""
    found = event.get_dagster_event().asset_check_evaluation_data
    status = AssetCheckExecutionRecordStatus.SUCCEEDED if found.passed else AssetCheckExecutionRecordStatus.FAILED
    target = found.target_materialization_data
    return {
        "asset_key": found.asset_key.to_string(),
        "check_name": found.check_name,
        "partition": found.partition,
        "run_id": event.run_id,
        "execution_status": status.value,
        "evaluation_event": serialize_value(event),
        "evaluation_event_timestamp": _utc(event),
        "evaluation_event_storage_id": event_id,
        "materialization_event_storage_id": target.storage_id if target else None,
    }


def _utc(event: EventLogEntry) -> datetime:
    # Dagster's columns hold UTC without saying so.
    return datetime.fromtimestamp(event.timestamp, UTC).replace(tzinfo=None)


def _place_of(row: Mapping[str, Any]) -> tuple[str, str, str | None, str]:
    return row["asset_key"], row["check_name"], row["partition"], row["run_id"]


def _fill_in_planned(conn: db.Connection, rows: Sequence[Mapping[str, Any]]) -> set[tuple[str, str, str | None, str]]:
    """Put results where rows were planned, in one statement; says which rows were."""
    table = AssetCheckExecutionsTable.c
    names = list(rows[0])
    found = db.values(*(db.column(name, table[name].type) for name in names), name="found").data(
        [tuple(row[name] for name in names) for row in rows]
    )
    place = [table[name] == found.c[name] for name in ("asset_key", "check_name", "run_id")]
    filled = (
        AssetCheckExecutionsTable.update()
        .where(*place, table.partition.is_not_distinct_from(found.c.partition))
        .values({name: found.c[name] for name in names if name not in ("asset_key", "check_name", "run_id")})
        .returning(table.asset_key, table.check_name, table.partition, table.run_id)
    )
    return {(row[0], row[1], row[2], row[3]) for row in conn.execute(filled)}


def _commit_without_waiting(connection: Any, record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    connection.commit()
