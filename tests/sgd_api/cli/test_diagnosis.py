"""The doctor on runs whose process is gone: they are told of and mended."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dagster import DagsterRunStatus
from dagster._core.storage.tags import PARTITION_NAME_TAG, SENSOR_NAME_TAG
from dagster._core.test_utils import create_run_for_test

from sgd_api.cli.diagnosis import _drops, _ports, _runs
from sgd_api.local import listeners
from sgd_api.local.up_state import only_up
from sgd_assets.on_demand.request import ask_to_follow
from sgd_assets.running.owner import OWNER_TAG, RunOwner
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.postgres.engine import Database
from sgd_resources.settings import Settings
from tests.benchmarks.graph_stack import GraphStack, graph_stack
from tests.fakes import job_ends


@pytest.fixture
def stack(
    services: ServiceUrls, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GraphStack]:
    with graph_stack(tmp_path, services) as made:
        for name, value in made.environment().items():
            monkeypatch.setenv(name, value)
        yield made


@pytest.mark.embedded
@pytest.mark.slow
def test_runs_of_dead_processes_are_told_of_once_and_marked_failed(stack: GraphStack) -> None:
    dead = {OWNER_TAG: replace(RunOwner.here(), started="1").text()}
    with warm_instance(str(stack.dagster_home)) as instance:
        run_id = create_run_for_test(instance, "some_job", tags=dead, status=DagsterRunStatus.STARTED).run_id
        found = _runs(stack.settings)
        assert run_id[:8] in found.state
        run = instance.get_run_by_id(run_id)
        assert run is not None
        assert run.status == DagsterRunStatus.FAILURE
    assert _runs(stack.settings).state == "none of a dead process"


@pytest.mark.embedded
@pytest.mark.slow
def test_an_org_whose_last_ingest_failed_is_named_with_its_reason(stack: GraphStack, database: Database) -> None:
    stack.seed_org("acme")
    with database.org_transaction("acme") as connection:
        job_id = ask_to_follow(connection, "acme", actor="test")
    assert job_ends.fail(database, "acme", job_id, error={"code": "UNAVAILABLE", "message": "away"})
    found = _runs(stack.settings)
    assert found.level == "warn"
    assert "acme: 1 in a row, the last for UNAVAILABLE: away" in found.state


@pytest.mark.embedded
@pytest.mark.slow
def test_an_org_whose_run_of_a_sensor_failed_is_named_with_what_becomes_of_it(stack: GraphStack) -> None:
    with warm_instance(str(stack.dagster_home)) as instance:
        tags = {SENSOR_NAME_TAG: "new_uploads", PARTITION_NAME_TAG: "acme"}
        create_run_for_test(instance, "ingest_job", tags=tags, status=DagsterRunStatus.FAILURE)
    found = _runs(stack.settings)
    assert found.level == "warn"
    assert "acme: run: INTERNAL_ERROR: the run failed unexpectedly" in found.state
    assert "a retry does not help" in found.state


def test_where_nothing_ever_ran_nothing_is_started(tmp_path: Path) -> None:
    settings = Settings(sgd_var_dir=tmp_path).model_copy(
        update=dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
    )
    assert _runs(settings).state == "none yet"
    assert list(tmp_path.iterdir()) == []


def test_a_dropped_file_whose_name_cannot_be_taken_is_named_with_how_to_mend_it(tmp_path: Path) -> None:
    settings = Settings(sgd_var_dir=tmp_path).model_copy(update={"s3_endpoint_url": None})
    assert _drops(settings).level == "ok"
    quarantine = tmp_path / "objects" / "org" / "acme" / "quarantine"
    quarantine.mkdir(parents=True)
    Path(os.fsdecode(bytes(quarantine) + b"/caf\xe9.md")).write_bytes(b"x")
    found = _drops(settings)
    assert (found.level, found.part) == ("warn", "drops")
    assert "caf%E9.md" in found.state
    assert "rename" in found.mend


def test_ports_that_our_own_stack_serves_on_are_not_told_as_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "is_free", lambda host, port: False)
    settings = Settings(sgd_var_dir=tmp_path)
    api, dagster = settings.sgd_api_port, settings.sgd_dagster_port
    with only_up(tmp_path) as guard:
        guard.say(local_url=f"http://127.0.0.1:{api}", dagster_url=f"http://127.0.0.1:{dagster}")
        found = _ports(settings)
        assert found.level == "ok"
        assert str(api) in found.state
        guard.say(local_url="http://127.0.0.1:1")  # ours gave way to another program
        assert _ports(settings).state.startswith(f"{api} taken")
    assert _ports(settings).state.startswith(f"{api}, {dagster} taken")
