"""Real Postgres and Redis from wheels for one machine, under `var/`: no root, no Docker, no ports.

Each part is replaced by the URL given in the settings. The services belong to a supervisor process
(`supervisor.py`) that every user holds on to (`hold.py`) and that ends with the last of them. What
must not live here: tables and queries (`postgres/`).
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from sgd_resources.embedded.hold import Hold, Place, file_lock
from sgd_resources.embedded.private_dirs import FURTHER, make_private
from sgd_resources.errors import ValidationFailed
from sgd_resources.postgres.engine import with_psycopg
from sgd_resources.settings import Settings

MAX_SOCKET_PATH_BYTES = 100
"""The kernel's limit is 107 (Linux) or 103 (macOS). Source: unix(7)."""

_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")

OWNER_ROLE = "sgd_owner"
DATABASE = "sgd"
DAGSTER_DATABASE = "dagster"


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
            _make_room(settings.var_dir, socket_dir)
            stack.enter_context(Hold(Place(settings.var_dir, socket_dir, tuple(needs), is_durable)))
        urls = _urls(settings, socket_dir)
        if "postgres" in needs:
            with file_lock(settings.var_dir / "run" / "bootstrap.lock"):
                _bootstrap(socket_dir)
                _migrate(urls)
        elif urls.database_owner_url is not None:
            _migrate(urls)
        yield urls


def private_socket_dir(var_dir: Path) -> Path:
    """A directory for further sockets of this machine that only we reach; its path is short and plain.

    Raises:
        Unavailable: somebody else owns it.
    """
    folder = _socket_dir(var_dir).with_name(FURTHER)
    make_private(folder)
    return folder


def _make_room(var_dir: Path, socket_dir: Path) -> None:
    (var_dir / "run").mkdir(parents=True, exist_ok=True)
    (var_dir / "log").mkdir(exist_ok=True)
    make_private(socket_dir)


def _socket_dir(var_dir: Path) -> Path:
    """Below `var_dir`, or in a runtime directory derived from it when that path is too long or odd for a URL.

    A blank, `%`, `#`, `?` or letter beyond ASCII means something else to each of libpq, SQLAlchemy, redis-py and
    Postgres' own configuration (a comma even makes two of one path), so no such character gets into an address.
    """
    near = var_dir / "run" / "sock"
    is_short = len(os.fsencode(near / ".s.PGSQL.5432")) <= MAX_SOCKET_PATH_BYTES
    if is_short and _PLAIN_PATH.fullmatch(str(near)):
        return near
    digest = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:12]
    return Path("/tmp") / f"sgd-{os.geteuid()}-{digest}" / "sock"  # noqa: S108 - ownership checked in make_private


def _urls(settings: Settings, socket_dir: Path) -> ServiceUrls:
    app = f"postgresql+psycopg://sgd_app@/{DATABASE}?host={socket_dir}"
    owner: str | None = f"postgresql+psycopg://{OWNER_ROLE}@/{DATABASE}?host={socket_dir}"
    if settings.database_url is not None:
        app = with_psycopg(settings.database_url.get_secret_value())
        given = settings.database_owner_url
        owner = None if given is None else with_psycopg(given.get_secret_value())
    redis = f"unix://{socket_dir}/redis.sock?db=0"
    if settings.redis_url is not None:
        redis = settings.redis_url.get_secret_value()
    return ServiceUrls(app, owner, _dagster_url(settings, owner or app), redis)


def _dagster_url(settings: Settings, fallback: str) -> str:
    """The URL given, else the database `dagster` beside ours."""
    if settings.dagster_database_url is not None:
        return settings.dagster_database_url.get_secret_value()
    url = make_url(fallback).set(drivername="postgresql", database=DAGSTER_DATABASE)
    # SQLAlchemy writes a blank as it is before the `?` and as `+` after it; libpq reads neither.
    address, mark, options = url.render_as_string(hide_password=False).partition("?")
    return address.replace(" ", "%20") + mark + options.replace("+", "%20")


def _bootstrap(socket_dir: Path) -> None:
    """Roles and databases of a fresh cluster; a few milliseconds when they exist."""
    import psycopg
    from psycopg import sql

    from sgd_resources.postgres.roles import CREATE_ROLES

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
    from sgd_resources.postgres.migrate import migrate

    assert urls.database_owner_url is not None
    migrate(urls.database_owner_url)
