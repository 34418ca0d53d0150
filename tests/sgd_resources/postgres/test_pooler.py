"""One URL says where transactions go and where sessions go."""

import pytest
from sqlalchemy.engine import make_url

from sgd_resources.errors import InvalidInput
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.notices import conninfo_of
from sgd_resources.postgres.pooler import addresses

POOLED = "postgresql+psycopg://sgd_app:p%40ss@pooler:6432/sgd?sslmode=require&direct=postgres:5432"


@pytest.mark.parametrize("url", ["postgresql+psycopg://a@/sgd?host=/run/x", "postgresql://a:b@db:5432/sgd"])
def test_an_address_without_a_pooler_stays_as_it_was_written(url: str) -> None:
    found = addresses(url)
    assert (found.transactions, found.sessions, found.is_pooled) == (url, url, False)


def test_sessions_go_past_the_pooler_with_everything_else_the_same() -> None:
    found = addresses(POOLED)
    assert found.is_pooled
    assert found.transactions == "postgresql+psycopg://sgd_app:p%40ss@pooler:6432/sgd?sslmode=require"
    assert found.sessions == "postgresql+psycopg://sgd_app:p%40ss@postgres:5432/sgd?sslmode=require"
    assert conninfo_of(POOLED) == "postgresql://sgd_app:p%40ss@postgres:5432/sgd?sslmode=require"


def test_the_way_past_may_be_a_socket_or_an_address_of_six_parts() -> None:
    by_socket = make_url(addresses("postgresql://a@p:6432/sgd?direct=/run/sock").sessions)
    assert (by_socket.query["host"], by_socket.port) == ("/run/sock", None)
    assert "@[fd00::1]:5432/" in addresses("postgresql://a@p:6432/sgd?direct=[fd00::1]:5432").sessions


@pytest.mark.parametrize("direct", ["", "postgres", "postgres:port", ":5432"])
def test_what_is_no_address_is_refused(direct: str) -> None:
    with pytest.raises(InvalidInput, match="direct"):
        addresses(f"postgresql://a@p:6432/sgd?direct={direct}")


def test_a_pooled_database_keeps_two_kinds_of_connections() -> None:
    pooled, plain = Database(POOLED), Database("postgresql+psycopg://a@db/sgd")
    assert pooled._sessions is not pooled._engine
    assert plain._sessions is plain._engine
    pooled.dispose()
    plain.dispose()
