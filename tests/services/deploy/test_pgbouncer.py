"""Debian's PgBouncer in transaction mode between SGD and Postgres: two server connections for everybody."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from sgd_api.local.stack import LocalStack, local_stack
from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.llm.money.registry import DatabaseRegistry
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.settings import load_settings
from tests.services.deploy.running import PATIENCE_S, environment_of, folder_for_all, free_port, program, server

pytestmark = [pytest.mark.services, pytest.mark.slow]
SERVER_CONNECTIONS = 2
ORGS = ("larkfold", "kestrine", "acme")


@dataclass
class Pooled:
    """PgBouncer before the embedded Postgres."""

    port: int
    url: str
    urls: ServiceUrls
    folder: Path

    def shown(self, what: str) -> list[dict[str, object]]:
        with psycopg.connect(f"postgresql://admin@127.0.0.1:{self.port}/pgbouncer", autocommit=True) as admin:
            # It speaks the simple protocol alone.
            found = psycopg.ClientCursor(admin).execute(f"SHOW {what}")
            assert found.description is not None
            names = [column.name for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.fixture(scope="module")
def pooled() -> Iterator[Pooled]:
    with ExitStack() as held:
        folder = held.enter_context(folder_for_all("sgd-pool-"))
        held.enter_context(environment_of(SGD_VAR_DIR=str(folder / "var")))
        urls = held.enter_context(embedded_services(load_settings()))
        socket = urls.database_url.rpartition("host=")[2]
        port = free_port()
        configuration = folder / "pgbouncer.ini"
        configuration.write_text(
            f"[databases]\nsgd = host={socket} dbname=sgd user=sgd_app\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
            "auth_type = any\nadmin_users = admin\npool_mode = transaction\n"
            f"default_pool_size = {SERVER_CONNECTIONS}\nmax_client_conn = 400\n"
            "server_reset_query =\nlogfile = \npidfile =\n",
            "utf-8",
        )
        # It refuses to be root; the sockets belong to the account of the embedded Postgres.
        account = Path(socket).owner()
        command = [program("pgbouncer"), "-u", account, str(configuration)]
        with server(command, port, folder / "pgbouncer.log"):
            url = f"postgresql+psycopg://sgd_app@127.0.0.1:{port}/sgd?direct={socket}"
            yield Pooled(port, url, urls, folder)


def test_many_threads_of_many_orgs_share_two_sessions_and_none_sees_anothers_rows(pooled: Pooled) -> None:
    database = Database(pooled.url, pool_size=20, max_overflow=20)
    for org_id in ORGS:
        with database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
    ready = threading.Barrier(20)

    def looks(number: int) -> set[str]:
        ready.wait()
        seen = set()
        for turn in range(25):
            org_id = ORGS[(number + turn) % len(ORGS)]
            with database.org_transaction(org_id) as connection:
                rows = connection.execute(text("SELECT org_id FROM orgs")).scalars().all()
                assert rows == [org_id]
                seen.add(org_id)
        return seen

    with ThreadPoolExecutor(20) as threads:
        assert all(seen == set(ORGS) for seen in threads.map(looks, range(20)))
    with database.directory() as connection:
        assert connection.execute(text("SELECT org_id FROM orgs")).scalars().all() == []
    servers = [row for row in pooled.shown("SERVERS") if row["database"] == "sgd"]
    assert 0 < len(servers) <= SERVER_CONNECTIONS
    database.dispose()


def test_a_lock_that_lasts_as_long_as_a_process_is_held_past_the_pooler(pooled: Pooled) -> None:
    first, second = Database(pooled.url), Database(pooled.url)
    registry, other = DatabaseRegistry(first), DatabaseRegistry(second)
    try:
        assert "00000a01" in registry.living("00000a01")
        # Asked over another connection, and again, when the pooler has lent its sessions to others meanwhile.
        for _ in range(5):
            assert {"00000a01", "00000a02"} <= set(other.living("00000a02"))
        registry.left("00000a01")
        # Postgres notices in its own time that the connection is gone.
        deadline = time.monotonic() + PATIENCE_S
        while "00000a01" in other.living("00000a02"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        other.left("00000a02")
        first.dispose()
        second.dispose()


@pytest.fixture(scope="module")
def stack(pooled: Pooled) -> Iterator[LocalStack]:
    settings = {
        "SGD_VAR_DIR": str(pooled.folder / "var"),
        "SGD_API_PORT": str(free_port()),
        "SGD_SIGNING_KEY": "k" * 40,
        "DATABASE_URL": pooled.url,
        "DATABASE_OWNER_URL": str(pooled.urls.database_owner_url),
        "DAGSTER_DATABASE_URL": pooled.urls.dagster_url,
    }
    with environment_of(**settings), local_stack(load_settings(), workers=1) as made:
        yield made


def test_evidence_becomes_a_canon_with_api_and_worker_behind_the_pooler(stack: LocalStack, pooled: Pooled) -> None:
    with stack.client("larkfold", makes_org=True) as client:
        with (Path(__file__).with_name("voice.md")).open("rb") as file:
            client.upload("voice.md", file, project_id="p1")
        # The job is heard of by LISTEN, its end too: both go straight to Postgres.
        client.ingest([], project_id="p1")
        assert client.get("/canon")["version"]
    clients = [row for row in pooled.shown("CLIENTS") if row["database"] == "sgd"]
    assert clients
    servers = [row for row in pooled.shown("SERVERS") if row["database"] == "sgd"]
    assert len(servers) <= SERVER_CONNECTIONS
