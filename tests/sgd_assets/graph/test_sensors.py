"""Sensors against the real directory functions and a fake store."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from dagster import (
    DagsterEventType,
    DagsterInstance,
    SensorResult,
    SkipReason,
    build_run_status_sensor_context,
    build_sensor_context,
)
from sqlalchemy import Connection

from sgd_assets.evidence.drops import DropRules
from sgd_assets.graph import sensors
from sgd_assets.graph.sensors import UploadsCursor, failed_ingests, new_uploads
from sgd_resources.errors import BrokenContract
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.storage.keys import quarantine_key
from tests.fakes.graph import fake_graph
from tests.fakes.object_store import FakeObjectStore
from tests.fakes.resources import fixed

pytestmark = pytest.mark.embedded


@contextmanager
def tick(database: Database, store: FakeObjectStore, instance: DagsterInstance, cursor: str | None) -> Iterator[object]:
    resources = {"database": fixed(database), "store": fixed(store), "drop_rules": fixed(DropRules(30))}
    with build_sensor_context(instance=instance, cursor=cursor, resources=resources) as context:
        yield new_uploads(context)


def evaluate(database: Database, store: FakeObjectStore, cursor: str | None = None) -> SensorResult | SkipReason:
    with DagsterInstance.ephemeral() as instance, tick(database, store, instance, cursor) as result:
        assert isinstance(result, SensorResult | SkipReason)
        return result


def upload(database: Database, org_id: str) -> str:
    with database.org_transaction(org_id) as connection:
        return record(connection, org_id)


def record(connection: Connection, org_id: str) -> str:
    upload_id = str(uuid4())
    ensure_org(connection, org_id)
    uploads.record_upload(
        connection,
        org_id,
        upload_id=upload_id,
        key=quarantine_key(org_id, upload_id),
        file_name="guide.md",
        declared_type=None,
        size_bytes=1,
    )
    return upload_id


def keys_of(result: SensorResult | SkipReason) -> list[str]:
    assert isinstance(result, SensorResult)
    assert result.run_requests is not None
    return [request.run_key or "" for request in result.run_requests]


def test_each_org_with_uploads_gets_one_run_and_its_partition(database: Database) -> None:
    upload(database, "acme")
    upload(database, "acme")
    upload(database, "globex")
    result = evaluate(database, FakeObjectStore())
    assert isinstance(result, SensorResult)
    assert result.run_requests is not None
    assert sorted(request.partition_key or "" for request in result.run_requests) == ["acme", "globex"]
    added = [key for request in result.dynamic_partitions_requests or () for key in request.partition_keys]
    assert sorted(added) == ["acme", "globex"]


def test_the_run_key_stays_while_the_same_is_pending_and_changes_with_a_new_file(database: Database) -> None:
    upload(database, "acme")
    first = keys_of(evaluate(database, FakeObjectStore()))
    again = keys_of(evaluate(database, FakeObjectStore()))
    upload(database, "acme")
    assert first == again
    assert keys_of(evaluate(database, FakeObjectStore())) != first


def test_a_failed_try_gets_another_run_key_once_its_pause_is_over(database: Database) -> None:
    upload_id = upload(database, "acme")
    first = evaluate(database, FakeObjectStore())
    assert isinstance(first, SensorResult)
    with database.org_transaction("acme") as connection:
        uploads.mark_retry(connection, "acme", upload_id, verdict="quarantine", reason="run_failed", details={})
    resting = evaluate(database, FakeObjectStore(), first.cursor)
    assert isinstance(resting, SkipReason)
    with database.org_transaction("acme") as connection:
        connection.exec_driver_sql("UPDATE uploads SET retry_after = now() - interval '1 second'")
    assert keys_of(evaluate(database, FakeObjectStore(), first.cursor)) != keys_of(first)


def test_a_tick_is_capped_and_the_next_one_goes_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sensors, "MAX_RUNS_PER_TICK", 3)
    monkeypatch.setattr(sensors, "KEPT_FOR_THE_ROUND", 1)
    for org_id in ("aa", "bb", "cc"):
        upload(database, org_id)
    first = evaluate(database, FakeObjectStore())
    assert isinstance(first, SensorResult)
    second = evaluate(database, FakeObjectStore(), first.cursor)
    assert len(keys_of(first)) == 2
    assert any(key.startswith("uploads:cc:") for key in keys_of(second))


def test_an_upload_that_commits_late_is_found_behind_the_cursor(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sensors, "MAX_RUNS_PER_TICK", 2)
    monkeypatch.setattr(sensors, "KEPT_FOR_THE_ROUND", 1)
    with database.org_transaction("slowpoke") as connection:
        record(connection, "slowpoke")
        upload(database, "prompt")
        first = evaluate(database, FakeObjectStore())
        assert isinstance(first, SensorResult)
        assert [key.split(":")[1] for key in keys_of(first)] == ["prompt"]
    cursor = first.cursor
    for number in range(3):
        upload(database, f"stream{number}")
        result = evaluate(database, FakeObjectStore(), cursor)
        assert isinstance(result, SensorResult)
        cursor = result.cursor
        if any(key.startswith("uploads:slowpoke:") for key in keys_of(result)):
            return
    raise AssertionError("a stream of new uploads starved the late one")


def test_a_failed_ingest_run_is_noted_on_the_uploads_it_left_pending(database: Database) -> None:
    upload_id = upload(database, "acme")
    with fake_graph() as graph:
        graph.drop("acme", "guide.md", "# Guide")
        graph.gate.error = BrokenContract("the cleaner broke its word")
        result = graph.run("ingest_job", "acme")
        assert not result.success
        event = next(event for event in result.all_events if event.event_type == DagsterEventType.RUN_FAILURE)
        with build_run_status_sensor_context(
            sensor_name="failed_ingests",
            dagster_event=event,
            dagster_instance=graph.instance,
            dagster_run=result.dagster_run,
        ).for_run_failure() as context:
            failed_ingests(context, ledger=fixed(DatabaseUploadLedger(database)))
    with database.org_transaction("acme") as connection:
        row = uploads.get_upload(connection, "acme", upload_id)
    assert (row.status, row.reason, row.attempts) == ("quarantined", "run_failed", 1)
    assert row.details == {"run_id": result.run_id}
    assert row.retry_after is not None


def test_files_dropped_by_hand_are_found_once_per_change_also_for_a_new_org(database: Database) -> None:
    store = FakeObjectStore()
    store.put("org/newcomer/quarantine/brand/guide.pdf", b"pdf")
    store.put(quarantine_key("newcomer", uuid4()), b"an upload has a row of its own")
    first = evaluate(database, store)
    assert isinstance(first, SensorResult)
    assert [key.split(":")[:2] for key in keys_of(first)] == [["dropped", "newcomer"]]
    assert isinstance(evaluate(database, store, first.cursor), SkipReason)
    store.put("org/newcomer/quarantine/logo.svg", b"<svg/>")
    assert keys_of(evaluate(database, store, first.cursor)) != keys_of(first)


def test_a_folder_that_is_no_org_id_is_passed_over_and_named(database: Database) -> None:
    store = FakeObjectStore()
    store.put("org/Not An Org/quarantine/a.txt", b"a")
    skipped = evaluate(database, store)
    assert isinstance(skipped, SkipReason)
    assert skipped.skip_message is not None
    assert 'passed over: "org/Not An Org/"' in skipped.skip_message
    assert "rename it" in skipped.skip_message


def test_the_cursor_survives_its_text_form() -> None:
    cursor = UploadsCursor(seen_seq=7, again_seq=3, listed_org="acme", drops={"acme": "f"})
    assert UploadsCursor.parse(cursor.text()) == cursor
