"""Runs of dead owners end as failed; those of living ones stay."""

import queue
from dataclasses import replace

import pytest
from dagster import DagsterInstance, DagsterRunStatus
from dagster._core.test_utils import create_run_for_test

from sgd_assets.running import dead_runs
from sgd_assets.running.dead_runs import fail_runs_of_dead_owners, heartbeat
from sgd_assets.running.owner import HEARTBEAT_TAG, OWNER_TAG, RunOwner, owner_tags


def test_the_run_of_a_dead_process_fails_and_that_of_a_living_one_goes_on() -> None:
    dead = {OWNER_TAG: replace(RunOwner.here(), started="1").text()}
    with DagsterInstance.ephemeral() as instance:
        ids = [
            create_run_for_test(instance, "nothing", tags=tags, status=status).run_id
            for tags, status in (
                (dead, DagsterRunStatus.STARTED),
                (dead, DagsterRunStatus.SUCCESS),
                (owner_tags(), DagsterRunStatus.STARTED),
                ({}, DagsterRunStatus.STARTED),
            )
        ]
        assert fail_runs_of_dead_owners(instance) == ids[:1]
        assert fail_runs_of_dead_owners(instance) == []
        runs = [instance.get_run_by_id(run_id) for run_id in ids]
    assert [run and run.status.value for run in runs] == ["FAILURE", "SUCCESS", "STARTED", "STARTED"]


def test_a_run_that_was_re_executed_in_the_ui_is_not_taken_for_its_dead_parents() -> None:
    dead = {OWNER_TAG: replace(RunOwner.here(), started="1").text()}
    with DagsterInstance.ephemeral() as instance:
        first = create_run_for_test(instance, "nothing", tags=dead, status=DagsterRunStatus.FAILURE).run_id
        create_run_for_test(
            instance, "nothing", tags=dead, status=DagsterRunStatus.STARTED, parent_run_id=first, root_run_id=first
        )
        assert fail_runs_of_dead_owners(instance) == []


def test_a_long_run_is_heard_of_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dead_runs, "HEARTBEAT_S", 0.001)
    heard: queue.Queue[tuple[str, dict[str, str]]] = queue.Queue()
    with DagsterInstance.ephemeral() as instance:
        monkeypatch.setattr(instance, "add_run_tags", lambda run_id, tags: heard.put((run_id, tags)))
        with heartbeat(instance, "some-run"):
            for _ in range(3):
                run_id, tags = heard.get()
                assert run_id == "some-run"
                assert tags[HEARTBEAT_TAG].isdigit()
