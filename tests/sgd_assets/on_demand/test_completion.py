"""Waiting for requests over one connection, against real Postgres."""

import asyncio
import re
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy.engine import make_url

from sgd_assets.on_demand.completion import FINAL_STATUSES
from sgd_assets.on_demand.request import CompletionListener, request_job, request_render
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.postgres.rows.queue import DONE_CHANNEL, NEW_JOB_CHANNEL
from tests.benchmarks.graph_stack import BODY
from tests.fakes import job_ends

pytestmark = pytest.mark.embedded


@pytest.fixture
def asked(database: Database) -> str:
    with database.org_transaction("acme") as connection:
        ensure_org(connection, "acme")
    return request_render(database, "acme", BODY).render_id


def finish(database: Database, render_id: str) -> None:
    assert job_ends.succeed(database, "acme", render_id)


def end_sessions(services: ServiceUrls, which: str) -> int:
    """How many of the app role's sessions in this database were ended by the administrator."""
    url = make_url(services.database_url).set(drivername="postgresql", username="postgres")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        ended = connection.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            f" WHERE datname = current_database() AND usename = 'sgd_app' AND {which}".encode()
        )
        row = ended.fetchone()
    assert row is not None
    return int(row[0])


async def test_a_waiter_wakes_when_its_request_finishes(database: Database, asked: str) -> None:
    async with CompletionListener(database.app_url) as listener:
        waiting = asyncio.create_task(listener.wait(asked, 20, org_id="acme"))
        await asyncio.sleep(0.2)
        await asyncio.to_thread(finish, database, asked)
        assert await waiting


async def test_each_way_a_request_or_a_job_can_end_wakes_its_waiter(database: Database, asked: str) -> None:
    mark: dict[str, Callable[[Database, str, str], bool]] = {
        "succeeded": job_ends.succeed, "failed": job_ends.fail, "cancelled": job_ends.cancel,
    }  # fmt: skip
    ends: list[tuple[str, Callable[[Database, str, str], bool]]] = []
    for status in FINAL_STATUSES:
        ends.append((request_render(database, "acme", BODY).render_id, mark[status]))
        ends.append((request_job(database, "acme", "ingest", {}).job_id, mark[status]))

    def end_all() -> None:
        for name, end in ends:
            assert end(database, "acme", name)

    async with CompletionListener(database.app_url) as listener:
        waiting = [asyncio.create_task(listener.wait(name, 20, org_id="acme")) for name, _ in ends]
        await asyncio.sleep(0.2)
        await asyncio.to_thread(end_all)
        assert all(await asyncio.gather(*waiting))


def test_the_database_notifies_on_the_channels_that_are_listened_to(database: Database) -> None:
    with database.directory() as connection:
        bodies = connection.exec_driver_sql(
            "SELECT prosrc FROM pg_proc WHERE prosrc LIKE '%%pg_notify%%' AND pronamespace = 'public'::regnamespace"
        ).scalars()
        assert [re.findall(r"pg_notify\('(\w+)'", body) for body in bodies] == [[NEW_JOB_CHANNEL, DONE_CHANNEL]]


async def test_a_request_that_finished_before_is_seen_at_once(database: Database, asked: str) -> None:
    finish(database, asked)
    async with CompletionListener(database.app_url) as listener:
        assert await listener.wait(asked, 20, org_id="acme")


async def test_the_wait_ends_at_its_time_out(database: Database, asked: str) -> None:
    async with CompletionListener(database.app_url) as listener:
        assert not await listener.wait(asked, 0.2, org_id="acme")


async def test_another_orgs_request_looks_unfinished(database: Database, asked: str) -> None:
    finish(database, asked)
    async with CompletionListener(database.app_url) as listener:
        assert not await listener.wait(asked, 0.3, org_id="other")


async def test_many_waiters_share_one_listening_connection(database: Database, asked: str) -> None:
    async with CompletionListener(database.app_url) as listener:
        waiting = [asyncio.create_task(listener.wait(asked, 20, org_id="acme")) for _ in range(50)]
        await asyncio.sleep(0.3)
        with database.directory() as connection:
            count = connection.exec_driver_sql(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND starts_with(query, 'LISTEN')"
            ).scalar_one()
        await asyncio.to_thread(finish, database, asked)
        assert all(await asyncio.gather(*waiting))
    assert count == 1


async def test_a_lost_connection_is_made_again_and_nothing_is_missed(
    database: Database, services: ServiceUrls, asked: str
) -> None:
    async with CompletionListener(database.app_url) as listener:
        waiting = asyncio.create_task(listener.wait(asked, 20, org_id="acme"))
        await asyncio.sleep(0.3)
        assert end_sessions(services, "query LIKE 'LISTEN%'") == 1
        await asyncio.to_thread(finish, database, asked)
        assert await waiting


async def test_a_connection_older_than_the_server_is_made_again_before_the_first_look(
    database: Database, services: ServiceUrls, asked: str
) -> None:
    async with CompletionListener(database.app_url) as listener:
        assert not await listener.wait(asked, 0.3, org_id="acme")
        await asyncio.to_thread(finish, database, asked)
        assert end_sessions(services, "query NOT LIKE 'LISTEN%' AND application_name <> 'sgd'") == 1
        assert await listener.wait(asked, 5, org_id="acme")
