"""A whole org is erased from every place, another stays as it was, and what is left proves both."""

import hashlib
import json
import os
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from dagster import AssetKey, materialize, mem_io_manager
from sqlalchemy import text

from sgd_resources.dagster.rows_of_org import DagsterRows
from sgd_resources.erasure.erase import erase_late, erase_org, finish_erasures, scan
from sgd_resources.erasure.export import export_org
from sgd_resources.erasure.mentions import NOBODY, mention
from sgd_resources.errors import NotFound, Unavailable
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.proof.audit_chain import verify
from sgd_resources.postgres.rows.whole.erasure import is_chain_whole, list_tombstones, mark_of, org_tables
from sgd_resources.postgres.tables import metadata
from tests.sgd_resources.erasure.world import World, brand, file_of, machine

pytestmark = pytest.mark.embedded


@pytest.fixture
def world(database: Database, redis_url: str, dagster_url: str, tmp_path: Path) -> Iterator[World]:
    before = dict(os.environ)
    made = machine(database, redis_url, dagster_url, tmp_path, os.environ)  # type: ignore[arg-type]  # a mapping
    yield made
    for org_id in ("acme", "acme-two"):
        DagsterRows(dagster_url).erase(org_id)
    made.dagster.dispose()
    made.client.close()
    os.environ.clear()
    os.environ.update(before)


def all_text(world: World) -> Iterator[str]:
    """Everything that any store holds, as text: found without any code that erases."""
    assert world.database.owner_url is not None
    for url in (world.database.owner_url.replace("+psycopg", ""), world.dagster_url):
        with psycopg.connect(url) as connection:
            connection.execute("SET row_security = on")
            tables = connection.execute(
                "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            for table, its_owner in tables:
                if its_owner == "sgd_directory":
                    connection.execute("SET ROLE sgd_directory")
                elif table in metadata.tables:
                    # A copy is not bound by row level security that the owner is bound by.
                    connection.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
                for (row,) in connection.execute(f'SELECT t::text FROM "{table}" t'):
                    yield f"{table} {row}"
                connection.execute("RESET ROLE")
            connection.rollback()
    for path in world.settings.var_dir.rglob("*"):
        yield str(path.relative_to(world.settings.var_dir))
        if path.is_file():
            yield path.read_bytes().decode("latin-1")
    for key in world.client.scan_iter():
        yield key.decode()
        if world.client.type(key) == b"hash":
            yield repr(world.client.hgetall(key))


def mentions(world: World, org_id: str) -> list[str]:
    is_named = mention(org_id)
    return [found[:200] for found in all_text(world) if is_named.search(found)]


def own_text(world: World, org_id: str) -> list[str]:
    """All that names the org, but for two things that orgs share: the file of kept answers, and the pots of money."""
    found = (one for one in all_text(world) if mention(org_id).search(one))
    return sorted(one for one in found if not one.startswith(("SQLite", "{b'")))


@pytest.mark.slow
def test_an_org_of_200_documents_is_gone_from_every_store_and_another_is_as_it_was(world: World) -> None:
    world.settle("acme", documents=200)
    world.settle("acme-two", documents=20)
    other = scan(world.database, world.places, "acme-two")
    rows = own_text(world, "acme-two")
    assert mentions(world, "acme") != []
    found = scan(world.database, world.places, "acme")
    assert set(found) == {"postgres", *(place.name for place in world.places)}

    erased = erase_org(world.database, world.places, "acme")

    assert erased.counts == found
    folders = ("evidence", "documents", "public", "quarantine", "candidates", "manifests")
    assert erased.counts["objects"] == dict.fromkeys(folders, 200)
    assert (erased.counts["vectors"], erased.counts["postgres"]["jobs"]) == ({"points": 200}, 201)
    assert mentions(world, "acme") == []
    assert scan(world.database, world.places, "acme") == {}
    assert scan(world.database, world.places, "acme-two") == other
    assert own_text(world, "acme-two") == rows
    with world.database.org_transaction("acme-two") as connection:
        assert verify(connection, "acme-two").broken is None


def test_a_tombstone_keeps_counts_and_the_audit_logs_hashes_and_nothing_of_a_person(world: World) -> None:
    world.settle("acme")
    with world.database.org_transaction("acme") as connection:
        head = verify(connection, "acme").head
    erased = erase_org(world.database, world.places, "acme")
    mark = mark_of("acme")
    with world.database.org_transaction(mark) as connection:
        [left] = list_tombstones(connection, mark)
        assert is_chain_whole(connection, mark, left)
        rows = connection.execute(text("SELECT e::text FROM erased_audit e")).scalars().all()
    assert (left.chain_seq, left.chain_sha256, left.is_finished) == (head.seq, head.sha256, True)
    assert left.counts == erased.counts
    assert len(rows) == head.seq == 3
    forged = replace(left, chain_sha256="0" * 64)
    with world.database.org_transaction(mark) as connection:
        assert not is_chain_whole(connection, mark, forged)
    assert not any("secret" in row or "k1" in row for row in rows)
    assert "key.created" in rows[0]


def test_an_erasure_that_broke_off_is_gone_on_with(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.settle("acme")

    def away(prefix: str) -> None:
        raise Unavailable("the store is away")

    with monkeypatch.context() as patched:
        patched.setattr(world.store, "remove_prefix", away)
        with pytest.raises(Unavailable):
            erase_org(world.database, world.places, "acme")
    with world.database.org_transaction("acme") as connection:
        assert connection.scalar(text("SELECT count(*) FROM api_keys")) == 0
    assert finish_erasures(world.database, lambda: world.places) == 1
    assert mentions(world, "acme") == []
    assert finish_erasures(world.database, lambda: world.places) == 0


def test_an_org_that_goes_on_writing_is_told_of_and_not_called_erased(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.settle("acme")
    remove = world.store.remove_prefix

    def removed_and_written(prefix: str) -> None:
        remove(prefix)
        world.store.put(f"{prefix}evidence/late", b"late")

    monkeypatch.setattr(world.store, "remove_prefix", removed_and_written)
    with pytest.raises(Unavailable) as told:
        erase_org(world.database, world.places, "acme")
    assert told.value.details["left"] == {"objects": {"evidence": 1}}


def test_runs_that_orgs_share_keep_their_records_without_the_erased_id(world: World) -> None:
    for org_id in ("acme", "acme-two"):
        world.settle(org_id)
    shared = '[acme,acme,"brand_assets_acme","brand_assets_acme-two","my_acme"]'
    with psycopg.connect(world.dagster_url) as connection:
        connection.execute(
            "INSERT INTO run_tags (run_id, key, value) SELECT run_id, 'dagster/asset_partition_range_start', 'acme'"
            " FROM runs WHERE partition = 'acme-two' OR run_id IN"
            " (SELECT run_id FROM run_tags WHERE value = 'acme-two') LIMIT 1"
        )
        connection.execute("INSERT INTO job_ticks (status, type, tick_body) VALUES ('DONE', 'SENSOR', %s)", [shared])
    erase_org(world.database, world.places, "acme")
    with psycopg.connect(world.dagster_url) as connection:
        assert connection.execute(
            "SELECT count(*) FROM dynamic_partitions WHERE partition = 'acme-two'"
        ).fetchone() == (1,)
        tags = "SELECT value FROM run_tags WHERE key = 'dagster/asset_partition_range_start'"
        assert connection.execute(tags).fetchone() == ("erased-org",)
        ticks = connection.execute("SELECT tick_body FROM job_ticks ORDER BY id DESC LIMIT 1").fetchone()
        left = '[erased-org,erased-org,"brand_assets_erased-org","brand_assets_acme-two","my_acme"]'
        assert ticks == (left,)
        connection.execute("DELETE FROM job_ticks")


def test_dagsters_copy_of_an_assets_last_event_becomes_that_of_an_org_that_is_left(world: World) -> None:
    for org_id in ("acme-two", "acme"):
        world.settle(org_id)
    key, own = AssetKey("brand"), file_of("acme")
    assert any(own in found for found in all_text(world))

    erase_org(world.database, world.places, "acme")

    assert [found[:200] for found in all_text(world) if own in found] == []
    left = world.dagster.get_latest_materialization_event(key)
    assert left is not None
    assert left.get_dagster_event().partition == "acme-two"
    assert any(file_of("acme-two") in found for found in all_text(world))
    [record] = world.dagster.get_asset_records([key])
    newest = world.dagster.fetch_materializations(key, limit=1).records[0]
    assert record.asset_entry.last_materialization_storage_id == newest.storage_id
    erase_org(world.database, world.places, "acme-two")
    assert world.dagster.get_latest_materialization_event(key) is None
    assert [found[:200] for found in all_text(world) if "#AA3311" in found or file_of("acme-two") in found] == []


def test_what_an_earlier_release_left_of_an_erased_org_goes_with_the_next_erasure(world: World) -> None:
    world.settle("acme")
    with psycopg.connect(world.dagster_url) as connection:
        connection.execute(
            "UPDATE asset_keys SET last_materialization = replace(last_materialization, 'acme', %s)", [NOBODY]
        )
        connection.execute("DELETE FROM event_logs WHERE partition = 'acme'")
    erase_org(world.database, world.places, "acme")
    assert [found[:200] for found in all_text(world) if file_of("acme") in found] == []


def test_a_log_that_orgs_share_keeps_the_lines_of_the_others(world: World) -> None:
    for org_id in ("acme-two", "acme"):
        world.settle(org_id)
    event = json.dumps({"user_message": 'acme: "anna.txt" accept\nacme-two: "b.txt" accept'})
    with psycopg.connect(world.dagster_url) as connection:
        connection.execute("INSERT INTO event_logs (run_id, event) VALUES ('shared', %s)", [event])
    erase_org(world.database, world.places, "acme")
    with psycopg.connect(world.dagster_url) as connection:
        row = connection.execute("SELECT event FROM event_logs WHERE run_id = 'shared'").fetchone()
        connection.execute("DELETE FROM event_logs WHERE run_id = 'shared'")
    assert row is not None
    assert json.loads(row[0]) == {"user_message": 'erased-org\nacme-two: "b.txt" accept'}


def test_a_run_under_way_is_waited_for_and_one_whose_process_died_only_for_a_while(world: World) -> None:
    world.settle("acme")
    rows = DagsterRows(world.dagster_url)
    with psycopg.connect(world.dagster_url) as connection:
        connection.execute("UPDATE runs SET status = 'STARTED' WHERE partition = 'acme'")
    ended = threading.Timer(0.5, _end_runs, [world.dagster_url])
    ended.start()
    rows.end_runs("acme", most_s=60)
    with psycopg.connect(world.dagster_url) as connection:
        assert connection.execute("SELECT count(*) FROM runs WHERE status = 'CANCELING'").fetchone() == (0,)
        connection.execute("UPDATE runs SET status = 'STARTED' WHERE partition = 'acme'")
    ended.join()
    rows.end_runs("acme", most_s=0.01)


def test_what_a_run_wrote_after_the_erasure_goes_later_and_nothing_of_orgs_that_are_there(world: World) -> None:
    for org_id in ("acme-two", "acme"):
        world.settle(org_id)
    erase_org(world.database, world.places, "acme")
    rows = [one for one in own_text(world, "acme-two") if not one.startswith("asset_keys")]
    assert erase_late(world.database, world.places) == 0
    world.dagster.add_dynamic_partitions("orgs", ["acme", "never-was"])
    materialize([brand], partition_key="acme", instance=world.dagster, resources={"io_manager": mem_io_manager})
    with psycopg.connect(world.dagster_url) as connection:
        for run_id in ("gone", ""):
            connection.execute("INSERT INTO event_logs (run_id, event) VALUES (%s, %s)", [run_id, '"late"'])
    assert erase_late(world.database, world.places) > 1
    assert mentions(world, "acme") == []
    assert [one for one in own_text(world, "acme-two") if not one.startswith("asset_keys")] == rows
    assert world.dagster.has_dynamic_partition("orgs", "never-was")
    with psycopg.connect(world.dagster_url) as connection:
        left = connection.execute("SELECT run_id FROM event_logs WHERE event = '\"late\"'").fetchall()
        connection.execute("DELETE FROM event_logs WHERE run_id = ''")
    world.dagster.delete_dynamic_partition("orgs", "never-was")
    assert left == [("",)]


def test_objects_that_a_run_of_many_orgs_wrote_after_the_erasure_go_later(world: World) -> None:
    """Such a run is not ended for one of its orgs; nothing but the store may name what it wrote."""
    for org_id in ("acme-two", "acme"):
        world.settle(org_id)
    erase_org(world.database, world.places, "acme")
    other = scan(world.database, world.places, "acme-two")
    for org_id in ("acme", "never-was"):
        world.store.put(f"org/{org_id}/evidence/late", b"late")
    assert erase_late(world.database, world.places) == 1
    assert erase_late(world.database, world.places) == 0
    assert mentions(world, "acme") == []
    assert scan(world.database, world.places, "acme-two") == other
    # Nobody erased that one: who made it may be about to set it up.
    assert world.store.get("org/never-was/evidence/late") == b"late"


def _end_runs(dagster_url: str) -> None:
    with psycopg.connect(dagster_url) as connection:
        connection.execute("UPDATE runs SET status = 'CANCELED' WHERE status = 'CANCELING'")


def test_a_range_of_one_org_is_its_own_run(world: World) -> None:
    world.settle("acme")
    tags = {"dagster/asset_partition_range_start": "acme", "dagster/asset_partition_range_end": "acme"}
    with psycopg.connect(world.dagster_url) as connection:
        connection.execute("UPDATE runs SET partition = NULL")
        connection.execute("DELETE FROM run_tags WHERE key = 'dagster/partition'")
        for key, value in tags.items():
            connection.execute(
                "INSERT INTO run_tags (run_id, key, value) SELECT run_id, %s, %s FROM runs", [key, value]
            )
        connection.execute("DELETE FROM run_tags WHERE run_id NOT IN (SELECT run_id FROM runs)")
    erase_org(world.database, world.places, "acme")
    with psycopg.connect(world.dagster_url) as connection:
        for table in ("runs", "run_tags", "event_logs"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_new_table_with_orgs_is_erased_or_this_fails(database: Database) -> None:
    """What counts and what goes is found in the catalogue; both ends of it stand here."""
    assert database.owner_url is not None
    with psycopg.connect(database.owner_url.replace("+psycopg", "")) as owner:
        has_org = {name for (name,) in owner.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id'"
            " AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')"
        )}  # fmt: skip
        goes = {name for (name,) in owner.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'c'"
            " AND confrelid = 'orgs'::regclass AND conparentid = 0"
        )}  # fmt: skip
        counted = {name for (name,) in owner.execute(
            "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attname = 'org_id'"
            " AND c.relnamespace = 'public'::regnamespace"
            " AND has_column_privilege('sgd_directory', a.attrelid, a.attnum, 'SELECT')"
        )}  # fmt: skip
    stays = {"tombstones", "erased_audit"}
    assert has_org == goes | stays | {"orgs"}
    assert has_org - {"erased_audit"} <= counted
    with database.directory() as connection:
        assert set(org_tables(connection)) == has_org


def test_an_export_holds_every_row_and_object_of_the_org_alone_and_no_secret(world: World, tmp_path: Path) -> None:
    world.settle("acme", documents=4)
    world.settle("acme-two")
    target = tmp_path / "acme.zip"
    told = export_org(world.database, world.store, world.vectors, "acme", target)
    with zipfile.ZipFile(target) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
        rows = [json.loads(line) for name in names if name.startswith("rows/") for line in archive.open(name)]
        keys = json.loads(archive.read("rows/api_keys.jsonl"))
        for stored in manifest["objects"]:
            data = archive.read(f"objects/{stored['key']}")
            assert (len(data), hashlib.sha256(data).hexdigest()) == (stored["size_bytes"], stored["sha256"])
    assert {row["org_id"] for row in rows} == {"acme"}
    assert manifest["rows"] == told.rows == scan(world.database, world.places, "acme")["postgres"]
    assert (told.objects, manifest["vectors"]) == (24, 4)
    assert "key_sha256" not in keys
    assert not any("acme-two" in name for name in names)
    with pytest.raises(NotFound):
        export_org(world.database, world.store, world.vectors, "nobody", tmp_path / "none.zip")
    assert not (tmp_path / "none.zip").exists()


@pytest.mark.parametrize(
    ("said", "is_found"), [("org acme.", True), ('["acme"]', True), ("acme-two", False), ("the_acme", False)]
)
def test_an_id_is_found_as_a_whole(said: str, is_found: bool) -> None:
    assert bool(mention("acme").search(said)) == is_found
