"""One org's new evidence leads to one run, whoever brought it: sensor, automation, API and backfills together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from dagster import (
    AssetKey,
    AssetSelection,
    DagsterEventType,
    DagsterRunStatus,
    ExecuteInProcessResult,
    SensorResult,
    build_run_status_sensor_context,
    build_sensor_context,
    evaluate_automation_conditions,
)
from dagster._core.test_utils import create_run_for_test
from sqlalchemy import text

from sgd_api.cli.folders.intake import intake_folder
from sgd_assets.evidence.drops import DropRules
from sgd_assets.graph.sensors import failed_ingests, new_uploads
from sgd_assets.on_demand.request import request_job
from sgd_assets.running.backfill_process import backfill
from sgd_resources.errors import BrokenContract
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.ingest_claims import Claim, ingest_claim
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.storage.keys import quarantine_key
from tests.fakes import job_ends
from tests.fakes.graph import FakeGraph, fake_graph
from tests.fakes.resources import fixed

pytestmark = pytest.mark.embedded
GUIDE = "Primary: #0086BF, Secondary: #FFD400"


class Day:
    """The graph over real rows, its sensor, and its automation; what the sensor asks for is run at once."""

    def __init__(self, graph: FakeGraph, database: Database) -> None:
        self.graph, self.database = graph, database
        self.graph.uploads = DatabaseUploadLedger(database)  # type: ignore[assignment]  # the real ledger over real rows
        self.cursor: str | None = None
        self.keys: set[str] = set()
        self.automation = evaluate_automation_conditions(
            graph.definitions(), graph.instance, asset_selection=AssetSelection.all()
        )

    def upload(self, org_id: str, words: str = GUIDE) -> str:
        """As the API takes a file in."""
        upload_id = str(uuid4())
        key = quarantine_key(org_id, upload_id)
        self.graph.store.put(key, words.encode())
        with self.database.org_transaction(org_id) as connection:
            ensure_org(connection, org_id)
            uploads.record_upload(
                connection,
                org_id,
                upload_id=upload_id,
                key=key,
                file_name="guide.md",
                declared_type=None,
                size_bytes=len(words.encode()),
            )
        return upload_id

    def asked(self) -> list[tuple[str, str]]:
        """(run key, org) of a tick's new requests; the daemon launches no key twice."""
        resources = {
            "database": fixed(self.database), "store": fixed(self.graph.store), "drop_rules": fixed(DropRules(0)),
        }  # fmt: skip
        with build_sensor_context(self.graph.instance, self.cursor, resources=resources) as context:
            result = new_uploads(context)
            self.cursor = result.cursor if isinstance(result, SensorResult) else context.cursor
        requests = (result.run_requests or []) if isinstance(result, SensorResult) else []
        found = [(request.run_key or "", request.partition_key or "") for request in requests]
        new = [(key, org_id) for key, org_id in found if key not in self.keys]
        self.keys |= {key for key, _ in new}
        return new

    def tick(self) -> list[ExecuteInProcessResult]:
        """A tick, and the runs it asked for."""
        return [self.graph.run("ingest_job", org_id) for _, org_id in self.asked()]

    def asked_by_automation(self) -> int:
        """Partitions that automation wants now."""
        self.automation = evaluate_automation_conditions(
            self.graph.definitions(),
            self.graph.instance,
            asset_selection=AssetSelection.all(),
            cursor=self.automation.cursor,
        )
        return self.automation.total_requested

    def hear_of_failure(self, result: ExecuteInProcessResult) -> None:
        """What the daemon does with a failed run."""
        event = next(event for event in result.all_events if event.event_type == DagsterEventType.RUN_FAILURE)
        with build_run_status_sensor_context(
            sensor_name="failed_ingests",
            dagster_event=event,
            dagster_instance=self.graph.instance,
            dagster_run=result.dagster_run,
        ).for_run_failure() as context:
            failed_ingests(context, ledger=fixed(self.graph.uploads))

    def change(self, org_id: str, statement: str) -> None:
        with self.database.org_transaction(org_id) as connection:
            connection.execute(text(statement))

    def runs(self) -> int:
        """Runs that Dagster knows."""
        return self.graph.instance.get_runs_count()


@pytest.fixture
def day(database: Database) -> Iterator[Day]:
    with fake_graph() as graph:
        yield Day(graph, database)


@contextmanager
def under_way(day: Day, org_id: str) -> Iterator[None]:
    day.graph.instance.add_dynamic_partitions("orgs", [org_id])
    tags = {"dagster/partition": org_id}
    run = create_run_for_test(day.graph.instance, "ingest_job", tags=tags, status=DagsterRunStatus.STARTED)
    yield
    day.graph.instance.delete_run(run.run_id)


def test_uploads_through_the_api_lead_to_one_run_and_nothing_follows(day: Day) -> None:
    day.upload("acme")
    day.upload("acme", f"{GUIDE} again")
    assert len(day.tick()) == 1
    assert day.asked_by_automation() == 0
    assert day.tick() == []
    assert day.asked_by_automation() == 0
    assert day.runs() == 1


def test_what_the_api_was_asked_to_ingest_is_not_asked_for_again(day: Day) -> None:
    day.upload("acme")
    job_id = request_job(day.database, "acme", "ingest", {}).job_id
    assert day.asked() == []
    day.graph.run("ingest_job", "acme")
    assert job_ends.succeed(day.database, "acme", job_id)
    assert day.asked() == []
    assert day.asked_by_automation() == 0
    assert day.runs() == 1


def test_a_job_that_nobody_serves_does_not_keep_the_sensor_away_for_ever(day: Day) -> None:
    day.upload("acme")
    request_job(day.database, "acme", "ingest", {})
    assert day.asked() == []
    day.change("acme", "UPDATE jobs SET created_at = now() - interval '2 hours'")
    assert len(day.asked()) == 1


def test_a_backfill_of_many_orgs_is_one_run_before_during_and_after_it(day: Day, tmp_path: Path) -> None:
    org_ids = [f"org{number}" for number in range(6)]
    with ingest_claim(day.database) as claim:
        for org_id in org_ids:
            folder = tmp_path / org_id
            folder.mkdir()
            (folder / "guide.md").write_text(f"{GUIDE} {org_id}", "utf-8")
            intake_folder(
                day.database, day.graph.store, org_id, folder, project_id="p1", max_file_bytes=1_000, claim=claim
            )
        assert day.asked() == []
        job = day.graph.definitions().resolve_job_def("ingest_job")
        for finished in backfill(day.graph.instance, job, org_ids):
            assert set(finished.values()) == {"ok"}
            assert day.asked() == []
    assert day.asked() == []
    assert day.asked_by_automation() == 0
    assert day.runs() == 1


def test_an_org_that_is_ingested_again_alone_after_a_backfill_moves_nothing_by_itself(day: Day) -> None:
    for org_id in ("one", "two"):
        day.upload(org_id, f"{GUIDE} {org_id}")
    day.graph.run("ingest_job", "one", "two")
    day.asked_by_automation()
    job = day.graph.definitions().resolve_implicit_global_asset_job_def()
    evidence = [AssetKey("brand_evidence")]
    job.execute_in_process(instance=day.graph.instance, partition_key="one", asset_selection=evidence)
    assert day.asked_by_automation() == 0


def test_files_dropped_by_hand_lead_to_one_run(day: Day) -> None:
    day.graph.store.put("org/acme/quarantine/brand/guide.md", GUIDE.encode())
    assert len(day.tick()) == 1
    assert day.tick() == []
    assert day.asked_by_automation() == 0


def test_while_a_run_is_under_way_nothing_is_asked_and_what_it_leaves_is_asked_once(day: Day) -> None:
    day.graph.store.put("org/dropped/quarantine/guide.md", GUIDE.encode())
    with under_way(day, "acme"), under_way(day, "dropped"):
        day.upload("acme")
        assert day.asked() == []
    assert sorted(org_id for _, org_id in day.asked()) == ["acme", "dropped"]


def test_a_claim_whose_owner_died_lapses(day: Day) -> None:
    day.upload("acme")
    with day.database.org_transaction("acme") as connection:
        Claim().take(connection, "acme")
    assert day.asked() == []
    day.change("acme", "UPDATE ingest_claims SET expires_at = now() - interval '1 second'")
    assert len(day.asked()) == 1


def test_a_failed_run_is_asked_for_again_after_a_pause_and_not_for_ever(day: Day) -> None:
    day.upload("acme")
    day.graph.gate.error = BrokenContract("the cleaner broke its word")
    (first,) = day.tick()
    day.hear_of_failure(first)
    assert day.asked() == []
    day.change("acme", "UPDATE uploads SET retry_after = now() - interval '1 second'")
    (second,) = day.tick()
    day.change("acme", f"UPDATE uploads SET attempts = {uploads.MAX_ATTEMPTS - 1}")
    day.hear_of_failure(second)
    day.change("acme", "UPDATE uploads SET retry_after = now() - interval '1 second' WHERE retry_after IS NOT NULL")
    assert day.asked() == []
    assert day.runs() == 2


def test_of_a_failed_range_only_the_org_that_failed_rests(day: Day) -> None:
    for org_id in ("one", "two"):
        day.upload(org_id, f"{GUIDE} {org_id}")
    day.graph.gate.error, day.graph.gate.error_on = BrokenContract("x"), b"two"
    result = day.graph.run("ingest_job", "one", "two")
    new = day.upload("one", "came later")
    day.hear_of_failure(result)
    with day.database.org_transaction("one") as connection:
        assert uploads.get_upload(connection, "one", new).attempts == 0
    assert [org_id for _, org_id in day.asked()] == ["one"]


def test_what_failed_under_a_claim_is_left_to_its_pause(day: Day) -> None:
    day.upload("acme")
    with ingest_claim(day.database) as claim:
        with day.database.org_transaction("acme") as connection:
            claim.take(connection, "acme")
        day.graph.gate.error = BrokenContract("x")
        result = day.graph.run("ingest_job", "acme")
        claim.failed.add("acme")
    assert day.asked() == []
    day.hear_of_failure(result)
    day.change("acme", "UPDATE ingest_claims SET expires_at = now() - interval '1 second'")
    assert day.asked() == []
    day.change("acme", "UPDATE uploads SET retry_after = now() - interval '1 second'")
    assert len(day.asked()) == 1
