"""Postgres restarts under a worker, the API's waiting and Dagster's own storage, and nobody answers with an error.

The embedded server is stopped as its administrator would stop it (SIGINT, fast shutdown); its supervisor starts it
again on the same data and the same socket.
"""

import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from sgd_assets.on_demand.completion import CompletionListener
from sgd_assets.on_demand.request import request_job, request_render
from sgd_assets.running.dead_runs import fail_runs_of_dead_owners
from sgd_assets.running.warm_runs import REQUEST_TAG, warm_instance
from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs
from sgd_resources.settings import Settings
from tests.benchmarks.graph_stack import BODY, GraphStack, graph_stack
from tests.fakes import job_ends

PATIENCE_S = 180.0


class Machine:
    """Services of their own, and a way to restart the database."""

    def __init__(self, var_dir: Path, urls: ServiceUrls, stack: GraphStack) -> None:
        self._var_dir = var_dir
        self._urls = urls
        self.stack = stack

    def restart_postgres(self) -> None:
        before = self._postmaster()
        os.kill(before, signal.SIGINT)
        until(lambda: self._postmaster() not in (0, before) and self._answers())

    def _postmaster(self) -> int:
        try:
            return int((self._var_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return 0

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._urls.dagster_url).close()
        except psycopg.OperationalError:
            return False
        return True


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def job(database: Database, job_id: str) -> jobs.Job:
    with database.org_transaction("acme") as connection:
        return jobs.get_job(connection, "acme", job_id)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    short = Path(tempfile.mkdtemp(prefix="sgd-restart-"))
    settings = Settings(sgd_var_dir=short).model_copy(
        update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
    )
    with ExitStack() as everything:
        everything.callback(shutil.rmtree, short, ignore_errors=True)
        urls = everything.enter_context(embedded_services(settings, is_durable=False))
        stack = everything.enter_context(graph_stack(tmp_path, urls))
        stack.seed_org("acme")
        yield Machine(short, urls, stack)


def test_the_next_call_of_each_pool_answers_after_a_restart(machine: Machine) -> None:
    database = machine.stack.database

    async def first_calls(instance: DagsterInstance) -> None:
        async with CompletionListener(database.app_url) as listener:
            done = request_job(database, "acme", "ingest", {"project_id": "p"}).job_id
            assert not await listener.wait(done, 0.5, org_id="acme")
            assert job_ends.cancel(database, "acme", done)
            await asyncio.to_thread(machine.restart_postgres)
            assert job(database, done).status == "cancelled"
            assert instance.get_runs() == []
            assert instance.all_instigator_state() == []
            assert instance.all_asset_keys() == []
            assert fail_runs_of_dead_owners(instance) == []
            assert await listener.wait(done, 20, org_id="acme")

    with warm_instance(str(machine.stack.dagster_home)) as instance:
        instance.get_runs()
        instance.all_instigator_state()
        instance.all_asset_keys()
        asyncio.run(first_calls(instance))


def test_a_worker_serves_the_next_request_after_a_restart_and_the_one_that_was_cut_short(machine: Machine) -> None:
    database = machine.stack.database
    with machine.stack.worker(1, slow_render_s=1.0):
        before = request_render(database, "acme", BODY).render_id
        until(lambda: job(database, before).status == "succeeded")
        machine.restart_postgres()
        after = request_render(database, "acme", BODY).render_id
        until(lambda: job(database, after).status in ("succeeded", "failed"))
        cut_short = request_render(database, "acme", BODY).render_id
        until(lambda: job(database, cut_short).attempts == 1)
        machine.restart_postgres()
        until(lambda: job(database, cut_short).status in ("succeeded", "failed"))
        with warm_instance(str(machine.stack.dagster_home)) as instance:
            until(lambda: not unfinished(instance, cut_short))
            runs = instance.get_runs(RunsFilter(tags={REQUEST_TAG: after}))
    assert (job(database, after).status, job(database, after).attempts) == ("succeeded", 1)
    assert job(database, cut_short).status == "succeeded"
    assert [run.status for run in runs] == [DagsterRunStatus.SUCCESS]


def unfinished(instance: DagsterInstance, request_id: str) -> list[str]:
    return [run.run_id for run in instance.get_runs(RunsFilter(tags={REQUEST_TAG: request_id})) if not run.is_finished]
