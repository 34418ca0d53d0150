"""Dagster's migrations are read from any folder."""

import shutil
from pathlib import Path

import dagster_postgres
from dagster_postgres.event_log import event_log

from sgd_resources.dagster.alembic_names import escaped_alembic_config, read_ini_in_any_folder

INI = Path(dagster_postgres.__file__).parent / "alembic" / "alembic.ini"


def test_a_percent_sign_in_the_folder_of_the_installation_is_no_syntax(tmp_path: Path) -> None:
    package = tmp_path / "50% off" / "dagster_postgres"
    for folder in ("alembic", "event_log"):
        (package / folder).mkdir(parents=True)
    shutil.copy(INI, package / "alembic")
    config = escaped_alembic_config(str(package / "event_log" / "event_log.py"))
    assert config.get_section("post_write_hooks", {})["here"] == str(package / "alembic")
    assert config.get_main_option("script_location") == "dagster:_core/storage/alembic"


def test_the_storages_use_it() -> None:
    read_ini_in_any_folder()
    assert vars(event_log)["pg_alembic_config"] is escaped_alembic_config
