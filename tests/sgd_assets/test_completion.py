"""Waiting for requests over one connection, against real Postgres."""

import asyncio
import re
from collections.abc import Callable
from typing import Literal

import psycopg
import pytest
from sqlalchemy import Connection

from sgd_assets.completion import FINAL_STATUSES
from sgd_assets.on_demand import CompletionListener, request_job, request_render
from sgd_resources.database import jobs, renders
from sgd_resources.database.engine import Database
from sgd_resources.database.orgs import ensure_org
from sgd_resources.database.queue import DONE_CHANNEL
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


async def test_each_way_a_request_or_a_job_can_end_wakes_its_waiter(database: Database, asked: str) -> None:
    mark_render: dict[str, Callable[[Connection, str], bool]] = {
        "succeeded": lambda connection, name: renders.mark_succeeded(connection, "acme", name),
        "failed": lambda connection, name: renders.mark_failed(connection, "acme", name, error={}),
        "cancelled": lambda connection, name: renders.mark_cancelled(connection, "acme", name),
    }
    mark_job: dict[str, Callable[[Connection, str], bool]] = {
        "succeeded": lambda connection, name: jobs.mark_succeeded(connection, "acme", name, result={}),
        "failed": lambda connection, name: jobs.mark_failed(connection, "acme", name, error={}),
        "cancelled": lambda connection, name: jobs.mark_cancelled(connection, "acme", name),
    }
    ends: list[tuple[Literal["render", "job"], str, Callable[[Connection, str], bool]]] = []
    for status in FINAL_STATUSES:
        ends.append(("render", request_render(database, "acme", BODY).render_id, mark_render[status]))
        ends.append(("job", request_job(database, "acme", "ingest", {}).job_id, mark_job[status]))

    def end_all() -> None:
        for _, name, mark in ends:
            with database.org_transaction("acme") as connection:
                assert mark(connection, name)

    async with CompletionListener(database.app_url) as listener:
        waiting = [asyncio.create_task(listener.wait(kind, name, 20, org_id="acme")) for kind, name, _ in ends]
        await asyncio.sleep(0.2)
        await asyncio.to_thread(end_all)
        assert all(await asyncio.gather(*waiting))


def test_the_database_notifies_on_the_one_channel_that_is_listened_to(database: Database) -> None:
    with database.directory() as connection:
        bodies = connection.exec_driver_sql(
            "SELECT prosrc FROM pg_proc WHERE prosrc LIKE '%%pg_notify%%' AND proname NOT LIKE 'procrastinate%%'"
            " AND pronamespace = 'public'::regnamespace"
        ).scalars()
        assert [re.findall(r"pg_notify\('(\w+)'", body) for body in bodies] == [[DONE_CHANNEL]]


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
