"""Brings a database to the newest schema: locked, idempotent, and cheap when there is nothing to do.

python -m sgd_resources.postgres.migrate    (DATABASE_OWNER_URL names the schema owner)
"""

import logging
import sys
import time
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from sgd_resources.events import tell
from sgd_resources.postgres.engine import with_psycopg
from sgd_resources.postgres.failures import as_sgd_error

HEAD_REVISION = "0029"
"""The newest migration; a test holds it equal to Alembic's own answer."""
MIGRATIONS_DIR = Path(__file__).parent / "migrations"
_LOCK_ID = 7_346_211_504
"""Any constant: names this lock among the advisory locks of the database."""


def migrate(owner_url: str) -> bool:
    """Apply what is missing, in one transaction; True when something was.

    Safe to call from several processes at once: one migrates, the others wait and find it done.

    Args:
        owner_url: SQLAlchemy URL (psycopg 3) of the schema owner. No superuser needed, see `roles.py`.

    Raises:
        Unavailable: the database cannot be reached. Retry.
        Forbidden: the owner may not create the roles; an administrator runs `roles.CREATE_ROLES` once.
        SgdError: a migration failed; nothing of it was kept.
    """
    engine = create_engine(owner_url, connect_args={"connect_timeout": 10})
    try:
        with engine.begin() as connection:
            if _revision(connection) == HEAD_REVISION:
                return False
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _LOCK_ID})
            before, began = _revision(connection), time.monotonic()
            if before == HEAD_REVISION:
                return False
            _upgrade(connection)
            took_ms = round((time.monotonic() - began) * 1000)
        tell("database.migrated", before=before, after=HEAD_REVISION, duration_ms=took_ms)
        return True
    except DBAPIError as error:
        raise as_sgd_error(error) from error
    finally:
        engine.dispose()


def _revision(connection: object) -> str | None:
    from sqlalchemy import Connection

    assert isinstance(connection, Connection)
    # Not to_regclass: it may answer from a cache that is older than another process' commit.
    is_there = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = 'public' AND tablename = 'alembic_version'"
    if connection.scalar(text(is_there)) is None:
        return None
    found = connection.scalar(text("SELECT version_num FROM public.alembic_version"))
    return None if found is None else str(found)


def _upgrade(connection: object) -> None:
    from alembic import command
    from alembic.config import Config

    # Importing Alembic costs more than the usual case, where nothing is to be done.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_DIR).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def main() -> int:
    """Migrate the database of the settings; exit code 2 when they name none, 1 when it failed."""
    from sgd_resources.errors import SgdError
    from sgd_resources.settings import load_settings

    try:
        owner_url = load_settings().database_owner_url
        if owner_url is None:
            sys.stderr.write("error: set DATABASE_OWNER_URL to the schema owner; the embedded Postgres needs no call\n")
            return 2
        was_old = migrate(with_psycopg(owner_url.get_secret_value()))
    except SgdError as error:
        sys.stderr.write(f"error: {error.message}\n")
        return 1
    sys.stdout.write(f"{'migrated to' if was_old else 'already at'} {HEAD_REVISION}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
