"""Lets Dagster's Postgres storages stamp their tables from an installation in a folder whose name holds a `%`.

Alembic hands the folder of its ini file to ConfigParser as the default `here`, where a bare `%` is a syntax error that
ends the process (alembic 1.x, `Config.file_config`). What must not live here: migrations.
"""

from functools import cache
from types import ModuleType

from alembic.config import Config
from dagster_postgres.event_log import event_log
from dagster_postgres.run_storage import run_storage
from dagster_postgres.schedule_storage import schedule_storage
from dagster_postgres.utils import pg_alembic_config

_STORAGES: tuple[ModuleType, ...] = (event_log, run_storage, schedule_storage)


@cache
def escaped_alembic_config(dunder_file: str) -> Config:
    """Dagster's own configuration of Alembic, readable in any folder."""
    config: Config = pg_alembic_config(dunder_file)
    defaults = config.file_config.defaults()
    config.file_config["DEFAULT"]["here"] = defaults["here"].replace("%", "%%")
    return config


def read_ini_in_any_folder() -> None:
    """Have the three storages use `escaped_alembic_config`. Idempotent."""
    for module in _STORAGES:
        module.pg_alembic_config = escaped_alembic_config  # type: ignore[attr-defined]  # a name it imported
