"""Fixtures shared by all tests: real Postgres and Redis of this session, and no network.

The services start once per session, whatever the number of xdist workers; each worker has a database of its own,
emptied before each test that asks for it.
"""

import gc
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from pytest_socket import disable_socket, enable_socket
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.migrate import migrate
from sgd_resources.settings import Settings
from tests.longest_first import begin_with_the_longest

TESTS = Path(__file__).parent
SERVICES_DIR_VARIABLE = "SGD_TEST_SERVICES_DIR"
MAY_USE_SOCKETS = (TESTS / "services", TESTS / "benchmarks")

# `make check` tries a quarter of the examples at every commit; `make test` all of them. Neither asserts a time.
hypothesis_settings.register_profile("check", max_examples=25, deadline=None)
hypothesis_settings.register_profile("whole", max_examples=100, deadline=None)
hypothesis_settings.load_profile("whole")


def pytest_configure(config: pytest.Config) -> None:
    """The session's services directory: made by the controller, inherited by xdist workers.

    Folders of tests lie in it too. pytest's own place is shared by all sessions of a user, and each that starts closes
    it to everybody else: services that root started there run as another account, and could not reach their data.
    """
    if not hasattr(config, "workerinput"):
        os.environ[SERVICES_DIR_VARIABLE] = tempfile.mkdtemp(prefix="sgd-test-")
        config.option.basetemp = config.option.basetemp or str(Path(os.environ[SERVICES_DIR_VARIABLE]) / "t")
        config.option.loadscopereorder = False  # the workers' own order stands: tests/longest_first.py


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SERVICES_DIR_VARIABLE), ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is imported stays to the end: looking through it for garbage again and again was a third of collecting."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything below tests/services needs what only `make test-services` promises; who asks for a service has one."""
    if hasattr(config, "workerinput"):
        begin_with_the_longest(items)
    for item in items:
        if "services" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.embedded)
        if item.path.is_relative_to(TESTS / "services"):
            item.add_marker(pytest.mark.services)


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Unix sockets only, so that no test reaches the network by accident."""
    if item.get_closest_marker("services") or any(item.path.is_relative_to(folder) for folder in MAY_USE_SOCKETS):
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    enable_socket()
    _forget_dead_instance()


@pytest.fixture(scope="module", autouse=True)
def _own_environment() -> Iterator[None]:
    """A file of tests leaves no variable behind: processes of the next one would follow it to a server that is gone."""
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(scope="session")
def worker_id_or_main(request: pytest.FixtureRequest) -> str:
    """`gw0`, `gw1` ... below xdist, else `main`."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def services(worker_id_or_main: str) -> Iterator[ServiceUrls]:
    """The session's embedded services, with this worker's own databases and Redis number."""
    # Whatever the developer's environment names, tests only ever touch the embedded services.
    settings = Settings(sgd_var_dir=Path(os.environ[SERVICES_DIR_VARIABLE])).model_copy(
        update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
    )
    with embedded_services(settings, is_durable=False) as shared:
        assert shared.database_owner_url is not None
        for name in ("sgd", "dagster"):
            _create_database(shared.database_owner_url, f"{name}_{worker_id_or_main}")
        number = int(re.sub(r"\D", "", worker_id_or_main) or 0)
        own = ServiceUrls(
            database_url=_with_database(shared.database_url, f"sgd_{worker_id_or_main}"),
            database_owner_url=_with_database(shared.database_owner_url, f"sgd_{worker_id_or_main}"),
            dagster_url=_with_database(shared.dagster_url, f"dagster_{worker_id_or_main}"),
            redis_url=shared.redis_url.replace("db=0", f"db={number % 64}"),
        )
        assert own.database_owner_url is not None
        migrate(own.database_owner_url)
        yield own


@pytest.fixture(scope="session")
def _pooled_database(services: ServiceUrls) -> Iterator[Database]:
    database = Database(services.database_url, services.database_owner_url)
    yield database
    database.dispose()


@pytest.fixture
def database(_pooled_database: Database) -> Database:
    """This worker's database, migrated and empty."""
    assert _pooled_database.owner_url is not None
    _truncate(_pooled_database.owner_url)
    return _pooled_database


@pytest.fixture
def redis_url(services: ServiceUrls, request: pytest.FixtureRequest) -> str:
    """An empty Redis database of this worker."""
    import redis

    assert request.node.get_closest_marker("embedded"), "who asks for this in a fixture's body marks it `embedded`"
    with redis.Redis.from_url(services.redis_url) as client:
        client.flushdb()
    return services.redis_url


@pytest.fixture
def dagster_url(services: ServiceUrls) -> str:
    """A database of this worker for Dagster's own storage; its content outlives the test."""
    return services.dagster_url


def _forget_dead_instance() -> None:
    """Dagster remembers the store of the instance entered last in a context variable. Where an asynchronous test leaves
    one behind, loading definitions asks an instance that is gone, in whichever test comes next."""
    states = sys.modules.get("dagster._core.storage.defs_state.base")
    current = states._current_storage.get() if states is not None else None
    held = getattr(current, "_instance_weakref", None)
    if states is not None and held is not None and held() is None:
        states._current_storage.set(None)


def _with_database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _create_database(owner_url: str, name: str) -> None:
    engine = create_engine(owner_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) is None:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()


def _truncate(owner_url: str) -> None:
    """Empty every table of ours; the owner may, since TRUNCATE is not bound by row level security.

    Only tables that hold a page are: one that was emptied like this holds none, and emptying all of them once more for
    a test that writes two took longer than most tests.
    """
    url = make_url(owner_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        connection.execute(
            """
            DO $$ DECLARE names text; counter text; BEGIN
                SELECT string_agg(oid::regclass::text, ', ') INTO names FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
                   AND pg_relation_size(oid) > 0;
                IF names IS NOT NULL THEN
                    EXECUTE 'TRUNCATE ' || names || ' RESTART IDENTITY CASCADE';
                END IF;
                FOR counter IN SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences
                                WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
                    EXECUTE 'ALTER SEQUENCE ' || counter || ' RESTART';
                END LOOP;
            END $$
            """
        )
