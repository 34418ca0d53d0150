"""The databases of an installation as its administrator sees them: looked at, dumped, and one put in another's place.

Row level security is forced on our tables, also for their owner, so that a dump needs a role that may pass it by.
What must not live here: the dump's format (`pg_tools.py`), objects.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from sgd_resources.backup import pg_tools
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.errors import Conflict, Forbidden, Unavailable
from sgd_resources.settings import Settings

_ADMIN_OF_EMBEDDED = "postgres"
_NAMED_OBJECTS = """
    SELECT key FROM canon_versions UNION SELECT key FROM evidence WHERE key IS NOT NULL
    UNION SELECT key FROM renders WHERE key IS NOT NULL
"""


@dataclass(frozen=True)
class KeptDatabase:
    """One database, and the address of a role that reads all of it and may make another beside it."""

    name: str
    url: URL

    @property
    def dump_name(self) -> str:
        """Name of its dump in a backup."""
        return f"{self.name}.dump"


def kept_databases(settings: Settings, urls: ServiceUrls) -> tuple[KeptDatabase, ...]:
    """Ours, then Dagster's; only ours when both are one."""
    ours, dagster = make_url(_admin_url(settings, urls)), make_url(urls.dagster_url)
    if settings.dagster_database_url is None:
        dagster = ours.set(database=dagster.database)
    found = [KeptDatabase("sgd", ours), KeptDatabase("dagster", dagster)]
    return tuple(found[:1] if _place(ours) == _place(dagster) else found)


def dump(database: KeptDatabase, folder: Path) -> str:
    """Write the dump; its name.

    Raises:
        Forbidden: the role is held back by row level security. Unavailable, InvalidInput: see `pg_tools.dump`.
    """
    with _connected(database.url) as connection:
        _check_reads_all(connection)
        major = connection.info.server_version // 10_000
    pg_tools.dump(database.url, folder / database.dump_name, server_major=major)
    return database.dump_name


def facts(database: KeptDatabase) -> tuple[str, int]:
    """Newest migration and number of orgs of our database."""
    with _connected(database.url) as connection:
        _check_reads_all(connection)
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        count = connection.execute("SELECT count(*) FROM orgs").fetchone()
    assert revision is not None
    assert count is not None
    return str(revision[0]), int(count[0])


def named_objects(database: KeptDatabase) -> Iterator[str]:
    """Keys that rows of our database name: canons, evidence, pictures."""
    with _connected(database.url) as connection, connection.cursor(name="named_objects") as cursor:
        for row in cursor.execute(_NAMED_OBJECTS):
            yield str(row[0])


def check_empty(databases: Sequence[KeptDatabase]) -> None:
    """Nothing when no database holds what a restore would take the place of.

    Raises:
        Conflict: one does, and which.
    """
    for database in databases:
        table = "orgs" if database.name == "sgd" else "runs"
        with _connected(database.url) as connection:
            is_there = connection.execute("SELECT to_regclass(%s)", (f"public.{table}",)).fetchone()
            if is_there is None or is_there[0] is None:
                continue
            query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table))
            found = connection.execute(query).fetchone()
        if found is not None and found[0]:
            raise Conflict(
                f"the database {database.url.database} holds {table} already: nothing was changed. "
                "Restore into an empty installation (another SGD_VAR_DIR, or new databases)"
            )


def replace(database: KeptDatabase, dump_file: Path) -> None:
    """Put the dump's content in the place of an empty database: filled beside it, then renamed.

    A failure leaves the database as it was.

    Raises:
        Unavailable, InvalidInput: see `pg_tools.restore`.
    """
    name = str(database.url.database)
    mark = uuid4().hex[:12]
    fresh, before = f"{name}_restored_{mark}", f"{name}_before_{mark}"
    with _connected(database.url.set(database="postgres"), autocommit=True) as connection:
        major = connection.info.server_version // 10_000
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", (name,)
        ).fetchone()
        assert owner is not None
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(fresh), sql.Identifier(str(owner[0]))
            )
        )
        try:
            pg_tools.restore(database.url.set(database=fresh), dump_file, server_major=major)
        except BaseException:
            connection.execute(_drop(fresh))
            raise
        _end_connections(connection, name)
        _rename(connection, name, before)
        _rename(connection, fresh, name)
        connection.execute(_drop(before))


def _admin_url(settings: Settings, urls: ServiceUrls) -> str:
    if settings.database_admin_url is not None:
        return settings.database_admin_url.get_secret_value()
    url = urls.database_owner_url or urls.database_url
    if settings.database_url is None:
        return make_url(url).set(username=_ADMIN_OF_EMBEDDED).render_as_string(hide_password=False)
    return url


def _check_reads_all(connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
    row = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is None or not row[0]:
        raise Forbidden(
            "the role of this backup sees no row of any org: set DATABASE_ADMIN_URL to a role with BYPASSRLS that may "
            "read all tables, or to a superuser"
        )


def _place(url: URL) -> tuple[object, ...]:
    return url.host, url.port, url.database, url.query.get("host")


def _drop(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))


def _rename(connection: "psycopg.Connection[tuple[Any, ...]]", name: str, new: str) -> None:
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new)))


def _end_connections(connection: "psycopg.Connection[tuple[Any, ...]]", name: str) -> None:
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))


@contextmanager
def _connected(url: URL, *, autocommit: bool = False) -> "Iterator[psycopg.Connection[tuple[Any, ...]]]":
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(address, autocommit=autocommit, connect_timeout=10) as connection:
            yield connection
    except psycopg.Error as error:
        said = " ".join(str(error).split())[:300]
        raise Unavailable(f"the database cannot be used: {said}", retry_after_s=10) from None
