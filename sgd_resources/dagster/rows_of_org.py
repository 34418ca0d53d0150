"""What Dagster's own storage holds of an org: its partition, its runs, their events, and its name in shared records.

Tables and columns are found in the catalogue, so that a newer Dagster's tables are covered. What is only the org's is
deleted; in records that other orgs share (ranged runs, ticks, backfills) what is said of it and its id are put out and
the record stays. An asset keeps a copy of its last event: that of another org takes the place of the erased one's.
Imports no dagster: the API erases too. What must not live here: our own tables (`postgres/`).
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from sgd_resources.dagster.shared_text import SaidOf
from sgd_resources.erasure.mentions import NOBODY, sql_mention
from sgd_resources.errors import Unavailable

_TEXTS = ("text", "character varying")
_TIMEOUT_MS = 600_000
"""Event logs are read from end to end once; a million rows take about a minute."""
_AWAITED_S = 15.0
"""A worker looks every two seconds whether its job is still there, a run of the graph whether it was cancelled: it ends
at the second look, and between two pieces of its work."""
_LOOK_S = 0.2
_ENDED: tuple[str, ...] = (
    "UPDATE runs SET status = 'CANCELED' WHERE run_id = ANY(%(runs)s) AND status IN ('NOT_STARTED', 'QUEUED')",
    "UPDATE runs SET status = 'CANCELING' WHERE run_id = ANY(%(runs)s) AND status IN ('STARTING', 'STARTED')",
)
_UNDER_WAY = """
SELECT 1 FROM runs WHERE run_id = ANY(%(runs)s) AND status IN ('STARTING', 'STARTED', 'CANCELING')
   AND update_timestamp > now() - interval '1 day' LIMIT 1
"""
_COLUMNS = """
SELECT table_name, column_name, data_type FROM information_schema.columns
 WHERE table_schema = 'public' AND table_name <> 'alembic_version'
   AND table_name IN (SELECT relname FROM pg_class
                       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'))
 ORDER BY table_name, ordinal_position
"""
_OWN_RUNS = """
SELECT run_id FROM runs WHERE partition = %(org)s
UNION SELECT run_id FROM run_tags WHERE key = 'dagster/partition' AND value = %(org)s
UNION SELECT run_id FROM run_tags AS first JOIN run_tags AS last USING (run_id)
       WHERE first.key = 'dagster/asset_partition_range_start' AND last.key = 'dagster/asset_partition_range_end'
         AND first.value = %(org)s AND last.value = %(org)s
"""
_USED = {"runs", "run_tags", "dynamic_partitions"}
"""Of a storage that was never used there are none."""
_NAMED = """
SELECT partition FROM dynamic_partitions UNION SELECT partition FROM runs WHERE partition IS NOT NULL
UNION SELECT value FROM run_tags WHERE key IN ('dagster/partition', 'dagster/asset_partition_range_start')
"""
_LATE = sql.SQL(
    "DELETE FROM {} AS late WHERE late.run_id <> '' AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.run_id = late.run_id)"
)
"""Without a run: events that are told outside of any have an empty id."""
_NEWEST = """
SELECT '{"__class__": "EventLogRecord", "event_log_entry": ' || e.event || ', "storage_id": ' || e.id || '}'
  FROM event_logs AS e
 WHERE e.asset_key = asset_keys.asset_key AND e.dagster_event_type = 'ASSET_MATERIALIZATION'
 ORDER BY e.id DESC LIMIT 1
"""
"""The asset's newest event that is left, as Dagster keeps a copy of it."""
_COPIES: tuple[str, ...] = (
    # The second condition: an earlier release put out the id in the copy and left the rest of it.
    f"""
    UPDATE asset_keys SET last_materialization = ({_NEWEST})
     WHERE (last_materialization LIKE %(like)s AND last_materialization ~ %(whole)s)
        OR last_materialization LIKE '%%"partition": "{NOBODY}"%%'
    """,  # noqa: S608 - of constants of this file
    "UPDATE asset_keys SET last_run_id = NULL WHERE last_run_id = ANY(%(runs)s)",
    """
    UPDATE asset_keys SET cached_status_data = NULL
     WHERE cached_status_data LIKE %(like)s AND cached_status_data ~ %(whole)s
    """,
)
"""Of `asset_keys`; Dagster works the last one out anew."""


class DagsterRows:
    """Dagster's Postgres.

    Args:
        url: libpq URL.
    """

    name = "dagster"

    def __init__(self, url: str) -> None:
        self._url = url

    def count(self, org_id: str) -> Mapping[str, int]:
        """Rows by table that are the org's or name it."""
        with self._connected() as connection:
            tables = _tables(connection)
            runs = _own_runs(connection, tables, org_id)
            found = {}
            for table, columns in tables.items():
                condition = sql.SQL(" OR ").join([*_is_own(columns), *_names_it(columns)])
                query = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(sql.Identifier(table), condition)
                row = connection.execute(query, _facts(org_id, runs)).fetchone()
                if row and row[0]:
                    found[table] = int(row[0])
            return found

    def own_runs(self, org_id: str) -> list[str]:
        """Ids of the runs that are this org's alone. Raises Unavailable."""
        with self._connected() as connection:
            return _own_runs(connection, _tables(connection), org_id)

    def end_runs(self, org_id: str, *, most_s: float = _AWAITED_S) -> None:
        """Cancel the org's runs, and wait until none is under way. Raises Unavailable.

        Whatever process executes one looks at its row. One whose process died is waited for as long as the others may
        take, and no longer.
        """
        with self._connected() as connection:
            cancelled = {"runs": _own_runs(connection, _tables(connection), org_id)}
            for statement in _ENDED if cancelled["runs"] else ():
                connection.execute(statement, cancelled)
        ends_at = time.monotonic() + most_s
        with self._connected() as connection:
            runs = {"runs": _own_runs(connection, _tables(connection), org_id)}
            while runs["runs"] and connection.execute(_UNDER_WAY, runs).fetchone() and time.monotonic() < ends_at:
                time.sleep(_LOOK_S)

    def erase(self, org_id: str) -> None:
        """See `Place.erase`. One transaction."""
        with self._connected() as connection:
            tables = _tables(connection)
            facts = _facts(org_id, _own_runs(connection, tables, org_id))
            for table, columns in tables.items():
                if own := _is_own(columns):
                    condition = sql.SQL(" OR ").join(own)
                    query = sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table), condition)
                    connection.execute(query, facts)
            if {"asset_keys", "event_logs"} <= set(tables):
                for statement in _COPIES:
                    connection.execute(statement, facts)
            for table, columns in tables.items():
                for column in columns:
                    _cut_out(connection, table, column, facts)
                    connection.execute(_put_out(table, column), facts)

    def org_ids(self) -> set[str]:
        """Every org that a partition or a run is of, whether it is there or not. Raises Unavailable."""
        with self._connected() as connection:
            if not set(_tables(connection)) >= _USED:
                return set()
            return {str(org_id) for (org_id,) in connection.execute(_NAMED)}

    def drop_late(self) -> int:
        """Remove what runs wrote after their own rows were erased; how many rows. Raises Unavailable."""
        with self._connected() as connection:
            tables = _tables(connection)
            if not set(tables) >= _USED:
                return 0
            late = [table for table, columns in tables.items() if "run_id" in columns and table != "runs"]
            return sum(connection.execute(_LATE.format(sql.Identifier(table))).rowcount for table in late)

    @contextmanager
    def _connected(self) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        options = f"-c statement_timeout={_TIMEOUT_MS} -c lock_timeout=30000"
        try:
            with psycopg.connect(self._url, options=options, connect_timeout=5) as connection:
                yield connection
        except psycopg.OperationalError as error:
            raise Unavailable("Dagster's database cannot be reached") from error


def _tables(connection: "psycopg.Connection[tuple[Any, ...]]") -> dict[str, list[str]]:
    """Each table with its columns of text, in an order in which those that are pointed at come last."""
    found: dict[str, list[str]] = {}
    for table, column, kind in connection.execute(_COLUMNS):
        found.setdefault(table, [])
        if kind in _TEXTS:
            found[table].append(column)
    # `run_tags` and `asset_event_tags` point at these two.
    last = ("event_logs", "runs")
    ordered = [*(name for name in found if name not in last), *(name for name in last if name in found)]
    return {name: found[name] for name in ordered if found[name]}


def _own_runs(
    connection: "psycopg.Connection[tuple[Any, ...]]", tables: Mapping[str, Sequence[str]], org_id: str
) -> list[str]:
    """Runs of this org alone; a storage that was never used has no tables."""
    if not {"runs", "run_tags"} <= set(tables):
        return []
    return [run_id for (run_id,) in connection.execute(_OWN_RUNS, {"org": org_id})]


def _facts(org_id: str, runs: Sequence[str]) -> dict[str, Any]:
    # The id is looked for first by LIKE, which is ten times quicker than the expression.
    like = "%" + org_id.replace("_", r"\_") + "%"
    return {
        "org": org_id, "runs": list(runs), "like": like, "whole": sql_mention(org_id),
        "nobody": rf"\1{NOBODY}\2",
    }  # fmt: skip


def _is_own(columns: Sequence[str]) -> list[sql.Composable]:
    own = {"partition": "partition = %(org)s", "run_id": "run_id = ANY(%(runs)s)"}
    return [sql.SQL(condition) for column, condition in own.items() if column in columns]


def _names_it(columns: Sequence[str]) -> list[sql.Composable]:
    return [sql.SQL("({0} LIKE %(like)s AND {0} ~ %(whole)s)").format(sql.Identifier(column)) for column in columns]


def _cut_out(
    connection: "psycopg.Connection[tuple[Any, ...]]", table: str, column: str, facts: Mapping[str, Any]
) -> None:
    """Cut what texts of other orgs' records say of the org, row by row."""
    said, names = SaidOf(facts["org"]), {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    query = sql.SQL("SELECT ctid, {column} FROM {table} WHERE ").format(**names) + _names_it([column])[0]
    change = sql.SQL("UPDATE {table} SET {column} = %s WHERE ctid = %s").format(**names)
    with connection.cursor("naming") as rows:
        rows.execute(query, facts)
        for ctid, stored in rows:
            if (left := said.cut_stored(stored)) != stored:
                connection.execute(change, (left, ctid))


def _put_out(table: str, column: str) -> sql.Composed:
    # Twice, since two ids beside each other share the character between them.
    once = sql.SQL("regexp_replace({0}, %(whole)s, %(nobody)s, 'g')").format(sql.Identifier(column))
    twice = sql.SQL("regexp_replace({}, %(whole)s, %(nobody)s, 'g')").format(once)
    return sql.SQL("UPDATE {} SET {} = {} WHERE {}").format(
        sql.Identifier(table), sql.Identifier(column), twice, sql.SQL(" OR ").join(_names_it([column]))
    )
