"""Migrations: up from empty, idempotent, and equal to the tables SQLAlchemy Core knows."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.errors import Unavailable
from sgd_resources.postgres.migrate import HEAD_REVISION, MIGRATIONS_DIR, main, migrate
from sgd_resources.postgres.tables import metadata
from tests.conftest import _create_database

pytestmark = pytest.mark.embedded


def fresh(services: ServiceUrls, name: str) -> str:
    assert services.database_owner_url is not None
    base = make_url(services.database_owner_url)
    _create_database(services.database_owner_url, f"{name}_{base.database}")
    return base.set(database=f"{name}_{base.database}").render_as_string(hide_password=False)


def test_the_head_constant_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_DIR))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD_REVISION]


def test_an_empty_database_comes_up_once_and_then_stays(services: ServiceUrls) -> None:
    url = fresh(services, "empty")
    assert migrate(url) is True
    assert migrate(url) is False


def test_many_processes_may_migrate_at_once(services: ServiceUrls) -> None:
    url = fresh(services, "busy")
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(migrate, [url] * 4))
    assert sorted(applied) == [False, False, False, True]


def test_the_core_tables_are_the_migrated_ones(services: ServiceUrls) -> None:
    assert services.database_owner_url is not None
    engine = create_engine(services.database_owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True},
        )
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def test_an_owner_that_is_no_superuser_did_all_this(services: ServiceUrls) -> None:
    assert services.database_owner_url is not None
    engine = create_engine(services.database_owner_url)
    with engine.connect() as connection:
        role = connection.execute(
            text("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        ).one()
    engine.dispose()
    assert tuple(role) == (False, False, False)


def test_an_unreachable_database_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        migrate("postgresql+psycopg://nobody@/none?host=/nonexistent")


def test_the_command_migrates_what_the_settings_name_and_says_so(
    services: ServiceUrls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", fresh(services, "command").replace("+psycopg", ""))
    assert [main(), main()] == [0, 0]
    assert capsys.readouterr().out == f"migrated to {HEAD_REVISION}\nalready at {HEAD_REVISION}\n"


def test_the_command_without_an_owner_changes_nothing_and_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    assert main() == 2
    assert "DATABASE_OWNER_URL" in capsys.readouterr().err
