"""An org that is erased while work of it is under way: the work ends, and nothing of it comes afterwards."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from dagster import DagsterInstance, DagsterRunStatus, JobDefinition, job, op

from sgd_assets.on_demand.request import request_render
from sgd_assets.running.bounded import bounded_in_process_executor
from sgd_assets.running.in_process import execute, job_origin, org_tags
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.dagster.logs_of_org import DagsterLogs
from sgd_resources.dagster.rows_of_org import DagsterRows
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.erasure.erase import erase_org, scan
from sgd_resources.erasure.objects import Objects
from sgd_resources.erasure.place import Place
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import renders
from sgd_resources.storage.select import build_object_store
from tests.benchmarks.graph_stack import BODY, GraphStack, graph_stack

pytestmark = [pytest.mark.embedded, pytest.mark.slow]
PATIENCE_S = 120.0
ENDLESS_S = 3_600.0


@pytest.fixture
def stack(services: ServiceUrls, database: Database, tmp_path: Path) -> Iterator[GraphStack]:
    with graph_stack(tmp_path, services) as made:
        made.seed_org("acme")
        yield made


@pytest.fixture
def instance(stack: GraphStack) -> Iterator[DagsterInstance]:
    with warm_instance(str(stack.dagster_home)) as made:
        yield made


def until(is_so: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends_at, "it did not come about"
        time.sleep(0.05)


def places(stack: GraphStack, services: ServiceUrls) -> list[Place]:
    rows, store = DagsterRows(services.dagster_url), build_object_store(stack.settings)
    return [DagsterLogs(stack.settings.var_dir, store, rows), rows, Objects(store)]


def attempts(stack: GraphStack, render_id: str) -> int:
    with stack.database.org_transaction("acme") as connection:
        return renders.get_request(connection, "acme", render_id).attempts


def is_under_way(services: ServiceUrls) -> bool:
    with psycopg.connect(services.dagster_url) as connection:
        query = "SELECT 1 FROM runs WHERE partition = 'acme' AND status = 'STARTED'"
        return connection.execute(query).fetchone() is not None


def test_a_warm_worker_leaves_the_work_of_an_erased_org_and_serves_the_next(
    stack: GraphStack, services: ServiceUrls
) -> None:
    stack.seed_org("globex")
    with stack.worker(1, slow_render_s=ENDLESS_S):
        ticket = request_render(stack.database, "acme", BODY)
        until(lambda: attempts(stack, ticket.render_id) == 1 and is_under_way(services))
        erase_org(stack.database, places(stack, services), "acme")
        # Its only process was in the midst of it: another org's work begins when that is over.
        other = request_render(stack.database, "globex", BODY)
        until(lambda: _attempts_of(stack, other.render_id) == 1)
        assert scan(stack.database, places(stack, services), "acme") == {}


def _attempts_of(stack: GraphStack, render_id: str) -> int:
    with stack.database.org_transaction("globex") as connection:
        return renders.get_request(connection, "globex", render_id).attempts


def sleeper(write: Callable[[], None]) -> JobDefinition:
    @op
    def sleeps() -> None:
        ends_at = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends_at:
            time.sleep(0.1)
            write()

    @job(executor_def=bounded_in_process_executor)
    def some_job() -> None:
        sleeps()

    return some_job


def test_a_run_of_the_graph_that_is_under_way_is_ended_and_waited_for(
    stack: GraphStack, services: ServiceUrls, instance: DagsterInstance
) -> None:
    store = build_object_store(stack.settings)
    written: list[str] = []

    def write() -> None:
        written.append(f"org/acme/evidence/{len(written)}")
        store.put(written[-1], b"late")

    def erase() -> None:
        until(lambda: is_under_way(services) and bool(written))
        erase_org(stack.database, places(stack, services), "acme")

    erasing = threading.Thread(target=erase)
    erasing.start()
    instance.add_dynamic_partitions("orgs", ["acme"])
    result = execute(sleeper(write), instance, tags=org_tags("acme"))
    erasing.join(PATIENCE_S)
    assert not erasing.is_alive()
    assert not result.success
    assert scan(stack.database, places(stack, services), "acme") == {}


@pytest.mark.parametrize("status", [DagsterRunStatus.QUEUED, DagsterRunStatus.NOT_STARTED])
def test_a_run_that_waits_is_not_begun(
    stack: GraphStack, services: ServiceUrls, instance: DagsterInstance, status: DagsterRunStatus
) -> None:
    """Whoever holds it in memory looks at its row before it begins."""
    made, other = (
        instance.create_run_for_job(
            sleeper(lambda: None), tags=org_tags(org_id), status=status, remote_job_origin=job_origin("some_job")
        )
        for org_id in ("acme", "globex")
    )
    rows = DagsterRows(services.dagster_url)
    rows.end_runs("acme")
    found = [instance.get_run_by_id(run.run_id) for run in (made, other)]
    assert [run.status for run in found if run] == [DagsterRunStatus.CANCELED, status]
    for org_id in ("acme", "globex"):
        rows.erase(org_id)
