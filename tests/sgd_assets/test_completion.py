"""Waiting for requests over one connection, against real Postgres."""

import asyncio

import psycopg
import pytest

from sgd_assets.on_demand import CompletionListener, request_render
from sgd_resources.database import renders
from sgd_resources.database.engine import Database
from sgd_resources.database.orgs import ensure_org
from sgd_resources.embedded import ServiceUrls
from tests.benchmarks.graph_stack import BODY

pytestmark = pytest.mark.embedded


@pytest.fixture
def asked(database: Database) -> str:
    with database.org_transaction("acme") as connection:
        ensure_org(connection, "acme")
    return request_render(database, "acme", BODY).render_id


def finish(database: Database, render_id: str) -> None:
    with database.org_transaction("acme") as connection:
        renders.mark_running(connection, "acme", render_id)
        renders.mark_succeeded(connection, "acme", render_id)


async def test_a_waiter_wakes_when_its_request_finishes(database: Database, asked: str) -> None:
    async with CompletionListener(database.app_url) as listener:
        waiting = asyncio.create_task(listener.wait("render", asked, 20, org_id="acme"))
        await asyncio.sleep(0.2)
        await asyncio.to_thread(finish, database, asked)
        assert await waiting


async def test_a_request_that_finished_before_is_seen_at_once(database: Database, asked: str) -> None:
    finish(database, asked)
    async with CompletionListener(database.app_url) as listener:
        assert await listener.wait("render", asked, 20, org_id="acme")


async def test_the_wait_ends_at_its_time_out(database: Database, asked: str) -> None:
    async with CompletionListener(database.app_url) as listener:
        assert not await listener.wait("render", asked, 0.2, org_id="acme")


async def test_another_orgs_request_looks_unfinished(database: Database, asked: str) -> None:
    finish(database, asked)
    async with CompletionListener(database.app_url) as listener:
        assert not await listener.wait("render", asked, 0.3, org_id="other")


async def test_many_waiters_share_one_listening_connection(database: Database, asked: str) -> None:
    async with CompletionListener(database.app_url) as listener:
        waiting = [asyncio.create_task(listener.wait("render", asked, 20, org_id="acme")) for _ in range(50)]
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
    assert services.database_owner_url is not None
    owner = services.database_owner_url.replace("postgresql+psycopg://", "postgresql://")
    async with CompletionListener(database.app_url) as listener:
        waiting = asyncio.create_task(listener.wait("render", asked, 20, org_id="acme"))
        await asyncio.sleep(0.3)
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()"
            )
        await asyncio.to_thread(finish, database, asked)
        assert await waiting
