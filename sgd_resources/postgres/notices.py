"""Hears one channel of Postgres over a connection of its own, made again whenever it is lost.

What must not live here: what a notice means.
"""

import asyncio
import logging
from collections.abc import Callable

import psycopg
from psycopg import sql

from sgd_resources.postgres.pooler import addresses

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 5.0


def conninfo_of(database_url: str) -> str:
    """The libpq URL of a SQLAlchemy one, past a pooler in transaction mode: listening needs a session of its own."""
    return addresses(database_url).sessions.replace("postgresql+psycopg://", "postgresql://", 1)


async def listen(
    database_url: str,
    channel: str,
    *,
    on_notice: Callable[[str], None],
    on_connected: Callable[[], None] = lambda: None,
    on_lost: Callable[[], None] = lambda: None,
) -> None:
    """Call `on_notice` with each payload, until cancelled.

    Args:
        database_url: SQLAlchemy or libpq URL.
        channel: to listen to.
        on_notice: must not block.
        on_connected: called when listening began, also after a loss: what was missed meanwhile is to be looked up.
        on_lost: called when the connection was lost.
    """
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            connection = await psycopg.AsyncConnection.connect(
                conninfo_of(database_url),
                autocommit=True,
                connect_timeout=5,
                # A server that vanishes without a word is noticed within a minute.
                keepalives_idle=30,
                keepalives_interval=10,
                keepalives_count=3,
            )
            async with connection:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                pause_s = _FIRST_PAUSE_S
                on_connected()
                async for notice in connection.notifies():
                    on_notice(notice.payload)
        except psycopg.OperationalError as error:
            log.warning("listening to %s lost its connection: %s", channel, type(error).__name__)
        on_lost()
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
