"""A backfill that is killed, or told to end, leaves no run that holds a place for ever."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRunStatus

from sgd_assets.running.dead_runs import fail_runs_of_dead_owners
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.postgres.engine import Database
from tests.benchmarks.graph_stack import GraphStack, graph_stack

pytestmark = [pytest.mark.embedded, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 180.0
ORGS = [f"org-{number:03d}" for number in range(100)]
"""So many that the one run over them lasts long enough to be ended in the middle."""


@pytest.fixture
def stack(services: ServiceUrls, database: Database, tmp_path: Path) -> Iterator[GraphStack]:
    with graph_stack(tmp_path, services) as made:
        yield made


@contextmanager
def backfilling(stack: GraphStack) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "sgd_assets.running.backfill_process"],
        env={**os.environ, **stack.environment()}, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write("\n".join(ORGS))
        process.stdin.close()
        try:
            yield process
        finally:
            process.kill()


def started_run(instance: DagsterInstance, known: set[str]) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        for run in instance.get_runs():
            if run.run_id not in known and run.status == DagsterRunStatus.STARTED:
                return run.run_id
        time.sleep(0.02)
    raise TimeoutError("no run began")


def status(instance: DagsterInstance, run_id: str) -> DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_no_run_is_left_as_started(stack: GraphStack, number: signal.Signals) -> None:
    with warm_instance(str(stack.dagster_home)) as instance:
        known = {run.run_id for run in instance.get_runs()}
        with backfilling(stack) as process:
            run_id = started_run(instance, known)
            process.send_signal(number)
            code = process.wait(timeout=PATIENCE_S)
        if number == signal.SIGKILL:
            assert status(instance, run_id) == DagsterRunStatus.STARTED
            assert run_id in fail_runs_of_dead_owners(instance)
        else:
            assert code == 130
            assert run_id not in fail_runs_of_dead_owners(instance)
        assert status(instance, run_id) == DagsterRunStatus.FAILURE
