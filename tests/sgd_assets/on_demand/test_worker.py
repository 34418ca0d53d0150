"""A real worker process against real Postgres: served once, killed, stopped."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from sgd_assets.on_demand.request import request_render
from sgd_assets.on_demand.worker import org_share
from sgd_assets.running.warm_runs import REQUEST_TAG, warm_instance
from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.rows.queue import OrgShare
from sgd_resources.settings import Settings
from tests.benchmarks.graph_stack import BODY, DIE, HANG, GraphStack, graph_stack
from tests.fakes import job_ends

pytestmark = [pytest.mark.embedded, pytest.mark.slow]
PATIENCE_S = 180.0
LONGEST_STOP_S = 15.0
"""What a supervisor waits before it kills. An unloaded machine needs a second, or three when Postgres is gone."""


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
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def request(stack: GraphStack, render_id: str, org_id: str = "acme") -> renders.RenderRequest:
    with stack.database.org_transaction(org_id) as connection:
        return renders.get_request(connection, org_id, render_id)


def status(stack: GraphStack, render_id: str, org_id: str = "acme") -> str:
    return request(stack, render_id, org_id).status


def instructed(instruction: str) -> dict[str, Any]:
    return {**BODY, "prompts": {"task": "create", "instruction": instruction}}


def runs_of(instance: DagsterInstance, request_id: str) -> list[DagsterRunStatus]:
    return [run.status for run in instance.get_runs(RunsFilter(tags={REQUEST_TAG: request_id}))]


def test_a_request_becomes_one_successful_dagster_run(stack: GraphStack, instance: DagsterInstance) -> None:
    with stack.worker(1):
        ticket = request_render(stack.database, "acme", BODY)
        until(lambda: status(stack, ticket.render_id) == "succeeded")
        until(lambda: runs_of(instance, ticket.render_id) == [DagsterRunStatus.SUCCESS])


def test_a_worker_killed_in_the_middle_leaves_one_output_set_and_a_failed_run(
    stack: GraphStack, instance: DagsterInstance
) -> None:
    with stack.worker(1, slow_render_s=2.0) as parent:
        ticket = request_render(stack.database, "acme", BODY)
        until(lambda: request(stack, ticket.render_id).attempts == 1)
        os.kill(child_of(parent.pid), signal.SIGKILL)
        until(lambda: status(stack, ticket.render_id) == "succeeded")
        until(lambda: DagsterRunStatus.STARTED not in runs_of(instance, ticket.render_id))
    assert sorted(state.value for state in runs_of(instance, ticket.render_id)) == ["FAILURE", "SUCCESS"]
    with stack.database.org_transaction("acme") as connection:
        succeeded = connection.exec_driver_sql("SELECT count(*) FROM audit_log WHERE action = 'render.succeeded'")
        assert succeeded.scalar_one() == 1
        assert renders.get_request(connection, "acme", ticket.render_id).attempts == 2


def test_a_request_that_kills_its_workers_is_failed_with_a_reason_and_not_tried_a_third_time(
    stack: GraphStack, instance: DagsterInstance
) -> None:
    stack.seed_org("globex")
    with stack.worker(2):
        poison = request_render(stack.database, "acme", instructed(DIE)).render_id
        innocent = request_render(stack.database, "globex", BODY).render_id
        until(lambda: status(stack, poison) == "failed")
        until(lambda: status(stack, innocent, "globex") == "succeeded")
        until(lambda: runs_of(instance, poison) == [DagsterRunStatus.FAILURE] * 2)
    found = request(stack, poison)
    assert found.attempts == 2
    assert found.error is not None
    assert "died 2 times" in found.error["message"]
    assert request(stack, innocent, "globex").attempts == 1


@pytest.mark.parametrize(
    ("limits", "instruction"),
    [
        ({"SGD_JOB_MAX_RUNTIME_BY_KIND": "render=3"}, "sleep"),
        ({"SGD_JOB_MAX_RUNTIME_S": "8", "SGD_JOB_HARD_AFTER_S": "5"}, HANG),
        ({"SGD_JOB_MAX_CPU_S": "4", "SGD_JOB_HARD_AFTER_S": "5"}, HANG),
    ],
    ids=["a run that waits", "native code that holds the interpreter", "native code that burns processor time"],
)
def test_a_run_over_its_limit_is_ended_once_and_says_so_while_other_orgs_are_served(
    stack: GraphStack, instance: DagsterInstance, limits: dict[str, str], instruction: str
) -> None:
    stack.seed_org("globex")
    slow_render_s = PATIENCE_S if instruction == "sleep" else 0.0
    with stack.worker(2, slow_render_s=slow_render_s, **limits):
        over = request_render(stack.database, "acme", instructed(instruction)).render_id
        if instruction == HANG:
            other = request_render(stack.database, "globex", BODY).render_id
            until(lambda: status(stack, other, "globex") == "succeeded")
        until(lambda: status(stack, over) == "failed")
        until(lambda: runs_of(instance, over) == [DagsterRunStatus.FAILURE])
    found = request(stack, over)
    assert found.attempts == 1
    assert found.error is not None
    assert next(iter(limits)) in found.error["message"]


def test_a_run_whose_request_is_cancelled_ends(stack: GraphStack, instance: DagsterInstance) -> None:
    with stack.worker(1, slow_render_s=PATIENCE_S):
        ticket = request_render(stack.database, "acme", BODY)
        until(lambda: request(stack, ticket.render_id).attempts == 1)
        assert job_ends.want_cancelled(stack.database, "acme", ticket.render_id)
        until(lambda: status(stack, ticket.render_id) == "cancelled")
        until(lambda: runs_of(instance, ticket.render_id) == [DagsterRunStatus.FAILURE])


def test_one_orgs_renders_make_another_wait_for_no_more_than_what_already_runs(stack: GraphStack) -> None:
    stack.seed_org("globex")
    with stack.worker(2, slow_render_s=1.0):
        many = [request_render(stack.database, "acme", BODY).render_id for _ in range(6)]
        until(lambda: status(stack, many[0]) != "queued")
        other = request_render(stack.database, "globex", BODY).render_id
        until(lambda: status(stack, other, "globex") == "succeeded")
        # Two ran when the other org asked, one may have begun beside its run, and one more since that ended.
        assert [status(stack, render_id) for render_id in many].count("queued") >= 2


def test_an_operators_number_is_a_cap_and_the_default_a_share() -> None:
    assert org_share(Settings(sgd_org_max_running=3), 2) == OrgShare(3, is_cap=True)
    assert org_share(Settings(), 4) == OrgShare(3, is_cap=False)
    assert org_share(Settings(), 1) == OrgShare(1, is_cap=False)


def test_sigterm_lets_the_run_finish(stack: GraphStack) -> None:
    with stack.worker(1, slow_render_s=1.5) as parent:
        ticket = request_render(stack.database, "acme", BODY)
        until(lambda: status(stack, ticket.render_id) == "running")
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(timeout=PATIENCE_S) == 0
    assert status(stack, ticket.render_id) == "succeeded"


def test_a_run_that_outlasts_its_grace_is_served_by_the_next_worker(stack: GraphStack) -> None:
    with stack.worker(1, "--run-grace", "0.2", slow_render_s=PATIENCE_S) as parent:
        ticket = request_render(stack.database, "acme", BODY)
        until(lambda: status(stack, ticket.render_id) == "running")
        assert seconds_to_end(parent) < LONGEST_STOP_S
    assert status(stack, ticket.render_id) == "queued"
    with stack.worker(1):
        until(lambda: status(stack, ticket.render_id) == "succeeded")


def test_a_stop_in_the_middle_of_starting_leaves_no_process(stack: GraphStack) -> None:
    with stack.worker(4) as parent:
        until(lambda: bool(children_of(parent.pid)))
        assert seconds_to_end(parent) < LONGEST_STOP_S


def test_an_idle_worker_ends_soon_when_postgres_is_gone(tmp_path: Path) -> None:
    short = Path(tempfile.mkdtemp(prefix="sgd-gone-"))
    settings = Settings(sgd_var_dir=short).model_copy(
        update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
    )
    with ExitStack() as everything:
        everything.callback(shutil.rmtree, short, ignore_errors=True)
        services = everything.enter_context(embedded_services(settings, is_durable=False))
        stack = everything.enter_context(graph_stack(tmp_path, services))
        stack.seed_org("acme")
        with stack.worker(2) as parent:
            ticket = request_render(stack.database, "acme", BODY)
            until(lambda: status(stack, ticket.render_id) == "succeeded")
            postgres = int((short / "postgres" / "postmaster.pid").read_text().splitlines()[0])
            os.kill(postgres, signal.SIGQUIT)
            until(lambda: not is_alive(postgres))
            assert seconds_to_end(parent) < LONGEST_STOP_S


def test_a_quiet_run_writes_its_events_and_nothing_else_to_stderr(stack: GraphStack) -> None:
    with stack.worker(1):
        ticket = request_render(stack.database, "acme", BODY)
        until(lambda: status(stack, ticket.render_id) == "succeeded")
    told = [json.loads(line) for line in (stack.settings.var_dir / "worker.log").read_text().splitlines()]
    assert [line["event"] for line in told] == [
        "workers.started", "worker.started", "job.taken", "audit.appended", "render.ended", "stage.ended", "job.served",
        "workers.stopped",
    ]  # fmt: skip
    assert {line["level"] for line in told} == {"info"}
    served = told[6]
    assert (served["job_id"], served["org_id"], served["kind"]) == (ticket.render_id, "acme", "render")
    assert served["duration_ms"] > 0


def test_children_end_when_the_parent_is_killed(stack: GraphStack) -> None:
    with stack.worker(1) as parent:
        ticket = request_render(stack.database, "acme", BODY)
        until(lambda: status(stack, ticket.render_id) == "succeeded")
        child = child_of(parent.pid)
        parent.kill()
        parent.wait()
        until(lambda: not is_alive(child))


def test_an_error_of_the_stage_reaches_the_row(stack: GraphStack, database: Database) -> None:
    with database.org_transaction("hollow") as connection:
        connection.exec_driver_sql("INSERT INTO orgs (org_id) VALUES ('hollow')")
    with stack.worker(1):
        ticket = request_render(database, "hollow", BODY)

        def row() -> renders.RenderRequest:
            with database.org_transaction("hollow") as connection:
                return renders.get_request(connection, "hollow", ticket.render_id)

        until(lambda: row().status == "failed")
        error = row().error
    assert error is not None
    assert error["code"] == "NOT_FOUND"


def child_of(parent_pid: int) -> int:
    """The first warm process of the worker."""
    return children_of(parent_pid)[0]


def children_of(parent_pid: int) -> list[int]:
    """The warm processes among the parent's children; another one tracks multiprocessing's resources."""
    pids = Path(f"/proc/{parent_pid}/task/{parent_pid}/children").read_text().split()
    return [int(pid) for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def seconds_to_end(parent: "subprocess.Popen[bytes]") -> float:
    """How long the worker takes from SIGTERM until it and its processes are gone, and that it ended well."""
    children = children_of(parent.pid)
    began = time.monotonic()
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(timeout=PATIENCE_S) == 0
    elapsed_s = time.monotonic() - began
    until(lambda: not any(is_alive(pid) for pid in children))
    return elapsed_s


def is_alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
