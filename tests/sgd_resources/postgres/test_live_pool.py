"""A pool outlives its server's connections, and a look at one costs no statement."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url

from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.postgres import live_pool
from sgd_resources.postgres.live_pool import drop_dead_connections

pytestmark = pytest.mark.embedded
NAME = "live-pool-test"


@pytest.fixture(params=["postgresql+psycopg", "postgresql+psycopg2"])
def engine(request: pytest.FixtureRequest, services: ServiceUrls) -> Iterator[Engine]:
    url = make_url(services.database_url).set(drivername=request.param)
    made = create_engine(url, pool_size=3, connect_args={"application_name": NAME})
    drop_dead_connections(made)
    yield made
    made.dispose()


def use(engine: Engine, at_once: int = 1) -> None:
    open_ones = [engine.connect() for _ in range(at_once)]
    for connection in open_ones:
        assert connection.scalar(text("SELECT 1")) == 1
        connection.close()


def end_all(services: ServiceUrls) -> int:
    url = make_url(services.database_url).set(drivername="postgresql", username="postgres")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        ended = connection.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = %s", (NAME,)
        ).fetchone()
    assert ended is not None
    return int(ended[0])


def test_every_connection_that_the_server_closed_is_made_anew(engine: Engine, services: ServiceUrls) -> None:
    use(engine, at_once=3)
    assert end_all(services) == 3
    use(engine, at_once=3)


def test_a_connection_that_rested_for_long_is_asked_itself(
    engine: Engine, services: ServiceUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_pool, "PING_AFTER_S", -1.0)
    monkeypatch.setattr(live_pool, "_is_hung_up", lambda connection: False)
    use(engine)
    assert end_all(services) == 1
    use(engine)


def test_a_look_costs_no_statement_and_keeps_the_connection(engine: Engine) -> None:
    said: list[str] = []
    made: list[Any] = []
    event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    event.listen(engine, "connect", lambda connection, record: made.append(connection))
    for _ in range(5):
        use(engine)
    assert said.count("SELECT 1") == 5
    assert len(made) == 1
