"""The only ways to a connection: one org's transaction, or the cross-org directory.

What must not live here: queries (the module of each noun) and table definitions (`tables/`).
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sgd_resources.errors import NotFound, Unavailable, ValidationFailed
from sgd_resources.postgres.failures import as_sgd_error
from sgd_resources.postgres.live_pool import drop_dead_connections
from sgd_resources.postgres.observe import observe, unavailable
from sgd_resources.postgres.pooler import addresses
from sgd_resources.postgres.safe_text import guard

ORG_ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]{1,62}")
STATEMENT_TIMEOUT_MS = 30_000
SESSION_OPTIONS = (
    f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout=10000"
    " -c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
)


_AFTER_COMMIT = "sgd.after_commit"
_NAME_ORG = text("SELECT set_config('app.org_id', :org_id, true)")
"""Transaction-local: with `false` the org would stay on the pooled connection after COMMIT."""


def _engine(url: str, pool_size: int, max_overflow: int, *, is_pooled: bool = False) -> Engine:
    told: dict[str, Any] = {"application_name": "sgd", "connect_timeout": 5}
    # A pooler hands each transaction to another session: it passes no options on (deploy/postgres/roles.sh gives them
    # to the role), and a statement that was prepared in one is not known to the next.
    told |= {"prepare_threshold": None} if is_pooled else {"options": SESSION_OPTIONS}
    made = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_pre_ping=is_pooled,  # the pooler's connection lives on when the one behind it is gone
        pool_timeout=10,
        hide_parameters=True,
        connect_args=told,
    )
    if not is_pooled:
        drop_dead_connections(made)
    guard(made)
    observe(made)
    return made


def after_commit(connection: Connection, act: Callable[[], None]) -> None:
    """Do this when the transaction of a `Database` is committed, and never when it is not; it must not raise."""
    connection.info.setdefault(_AFTER_COMMIT, []).append(act)


def with_psycopg(url: str) -> str:
    """A Postgres URL for psycopg 3; the rest stays as it was written, since libpq reads it too."""
    return re.sub(r"\Apostgres(ql)?(\+\w+)?://", "postgresql+psycopg://", url)


class Database:
    """A pool of connections as the plain app role.

    Make one per process, after any fork. Threads may share it.
    """

    def __init__(
        self, app_url: str, owner_url: str | None = None, *, pool_size: int = 8, max_overflow: int = 16
    ) -> None:
        """Connect lazily.

        Args:
            app_url: SQLAlchemy URL (psycopg 3) of the role `sgd_app`; may lead through a pooler, see `pooler.py`.
            owner_url: of the schema owner; kept for those who migrate, never connected to from here.
            pool_size: connections kept open.
            max_overflow: connections opened beyond that under load.
        """
        self.app_url = app_url
        self.owner_url = owner_url
        found = addresses(app_url)
        self._engine = _engine(found.transactions, pool_size, max_overflow, is_pooled=found.is_pooled)
        self._each_alone = self._engine.execution_options(isolation_level="AUTOCOMMIT")  # of the same pool
        # Sessions are few: a lock for as long as a process lives.
        self._sessions = _engine(found.sessions, 1, max_overflow) if found.is_pooled else self._engine

    @contextlib.contextmanager
    def org_transaction(self, org_id: str) -> Iterator[Connection]:
        """One transaction that sees and writes the rows of one org only; commits at the end of the block.

        Raises:
            NotFound: not a possible org id. A well-formed id of no org simply sees no rows.
            Unavailable: the database cannot be reached or is overloaded. Retry.
            Conflict, Forbidden, ValidationFailed: the statement breaks a constraint, see `failures.py`.
        """
        if not ORG_ID_PATTERN.fullmatch(org_id):
            raise NotFound("no such org")
        with self._transaction() as connection:
            connection.execute(_NAME_ORG, {"org_id": org_id})
            yield connection

    @contextlib.contextmanager
    def directory(self) -> Iterator[Connection]:
        """One transaction without an org: tables look empty, only the `directory_*` functions answer.

        Raises:
            Unavailable: the database cannot be reached or is overloaded. Retry.
        """
        with self._transaction() as connection:
            yield connection

    @contextlib.contextmanager
    def directory_statement(self) -> Iterator[Connection]:
        """As `directory`, for a single statement: it commits itself, which saves the trips of BEGIN and COMMIT.

        Raises:
            Unavailable: the database cannot be reached or is overloaded. Retry.
        """
        with _our_errors(), self._each_alone.connect() as connection:
            yield connection

    def session(self) -> Connection:
        """A connection of the caller's own, in autocommit, for what lasts longer than a transaction. Close it.

        Raises:
            Unavailable: the database is away; retry.
        """
        with _our_errors():
            return self._sessions.connect().execution_options(isolation_level="AUTOCOMMIT")

    def dispose(self) -> None:
        """Close the pool's connections; the object stays usable and reconnects."""
        self._engine.dispose()
        self._sessions.dispose()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with _our_errors():
            with self._engine.begin() as connection:
                connection.info.pop(_AFTER_COMMIT, None)  # of an earlier user of this pooled connection, rolled back
                yield connection
                acts: list[Callable[[], None]] = connection.info.pop(_AFTER_COMMIT, [])
            for act in acts:
                act()


@contextlib.contextmanager
def _our_errors() -> Iterator[None]:
    """The driver's errors as ours; counted where there was no connection."""
    try:
        yield
    except PoolTimeout as error:
        unavailable("pool")
        raise Unavailable("all database connections are busy", retry_after_s=1.0) from error
    except DBAPIError as error:
        found = as_sgd_error(error)
        if isinstance(found, Unavailable):
            unavailable("away")
        raise found from error
    except UnicodeEncodeError as error:
        raise ValidationFailed("a text holds characters that are no valid Unicode") from error
