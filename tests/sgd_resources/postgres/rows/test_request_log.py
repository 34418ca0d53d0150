"""The log of requests: a partition for each month, its own org's rows only, dropped when kept long enough."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from sgd_resources.errors import SgdError
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.rows.whole.request_log import LoggedRequest, drop_older, keep, list_requests

pytestmark = pytest.mark.embedded
NOW = datetime.now(UTC)


def one(days_ago: float, name: str = "request-1") -> LoggedRequest:
    return LoggedRequest(NOW - timedelta(days=days_ago), name, "GET", "/renders", 200, 1.5, 10, "key:k")


@pytest.fixture(autouse=True)
def acme(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")


def kept(database: Database, *requests: LoggedRequest, org_id: str = "acme") -> int:
    with database.directory() as connection:
        return keep(connection, [(org_id, request) for request in requests])


def days_of(database: Database) -> list[int]:
    with database.org_transaction("acme") as connection:
        return [round((NOW - row.at).total_seconds() / 86_400) for row in list_requests(connection, "acme", limit=99)]


def months(owner: Connection) -> set[str]:
    query = text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'public.request_log'::regclass")
    return {name.rpartition(".")[2] for name in owner.scalars(query)}


def test_each_month_has_a_partition_that_is_made_when_it_is_needed(database: Database, owner: Connection) -> None:
    assert kept(database, one(0), one(100), one(100)) == 2, "the same one twice is one"
    wanted = {f"m{(NOW - timedelta(days=days)):%Y_%m}" for days in (0, 100)}
    assert months(owner) >= wanted
    assert days_of(database) == [0, 100]


@pytest.mark.parametrize(("days", "left"), [(30, [0, 20]), (90, [0, 20, 40]), (365, [0, 20, 40, 100]), (0, [])])
def test_what_is_older_than_the_setting_goes_and_whole_months_are_dropped(
    database: Database, owner: Connection, days: int, left: list[int]
) -> None:
    kept(database, one(0), one(20), one(40), one(100), one(399))
    with database.directory() as connection:
        removed = drop_older(connection, days)
    assert days_of(database) == left
    assert sum(removed.values()) == 5 - len(left)
    with database.directory() as connection:
        assert sum(drop_older(connection, days).values()) == 0
    gone = NOW - timedelta(days=399)
    assert f"m{gone:%Y_%m}" not in months(owner)
    assert f"m{NOW:%Y_%m}" in months(owner), "the next request has a month"


def test_an_org_that_is_none_has_no_log_and_nobody_reads_anothers(database: Database) -> None:
    assert kept(database, one(0), org_id="erased") == 0
    kept(database, one(0))
    with database.org_transaction("globex") as connection:
        assert list_requests(connection, "acme", limit=9) == []


def test_the_app_enters_no_partition_and_changes_nothing(database: Database) -> None:
    kept(database, one(0))
    for statement in (
        f"SELECT count(*) FROM request_months.m{NOW:%Y_%m}", "UPDATE request_log SET status = 500",
        "DELETE FROM request_log",
    ):  # fmt: skip
        with pytest.raises(SgdError), database.org_transaction("acme") as connection:
            connection.execute(text(statement))


def test_the_schemas_owner_may_dump_a_month_and_sees_no_row_of_it(database: Database, owner: Connection) -> None:
    kept(database, one(0))
    assert owner.scalar(text(f"SELECT count(*) FROM request_months.m{NOW:%Y_%m}")) == 0


def test_a_time_that_no_request_was_made_at_makes_no_partition(database: Database) -> None:
    with pytest.raises(SgdError):
        kept(database, one(5_000))
