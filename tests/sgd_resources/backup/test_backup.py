"""A backup holds everything or is not there; a restore brings back all of it into an empty installation, or nothing."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from sgd_resources.backup import databases
from sgd_resources.backup.make import make_backup
from sgd_resources.backup.manifest import MANIFEST, OBJECTS, BackupManifest, blob_path, read_objects, verify
from sgd_resources.backup.restore import restore_backup
from sgd_resources.errors import Conflict, CorruptObject, Forbidden, InvalidInput, SgdError
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.proof import audit_chain
from tests.sgd_resources.backup.installation import ORGS, Installation, installation

pytestmark = [pytest.mark.embedded, pytest.mark.slow]


@pytest.fixture(scope="module")
def first() -> Iterator[Installation]:
    with installation() as made:
        made.fill()
        yield made


@pytest.fixture(scope="module")
def second() -> Iterator[Installation]:
    """Empty, and still so after every restore that was refused."""
    with installation() as made:
        yield made


def back_up(made: Installation, folder: Path, earlier: Path | None = None) -> BackupManifest:
    return make_backup(made.settings, made.urls, made.store, folder, earlier=earlier)


@pytest.fixture
def backup(first: Installation, tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    back_up(first, folder)
    return folder


def test_everything_is_back_canons_hashes_audit_chain_and_signed_addresses(first: Installation, backup: Path) -> None:
    url = first.store.signed_url(f"org/{ORGS[0]}/documents/shared.bin", org_id=ORGS[0])
    with installation() as other:
        found = restore_backup(other.settings, other.urls, backup)
        assert (found.orgs, found.objects, found.not_in_store) == (2, 4, ())
        assert other.canons() == first.canons()
        assert set(other.canons()) == set(ORGS)
        key = url.partition("/assets/")[2].partition("?")[0]
        query = dict(part.split("=", 1) for part in url.partition("?")[2].split("&"))
        signer = other.store._signer
        assert signer is not None
        assert signer.verify(key, query, method="GET").key == key
        database = Database(other.urls.database_url)
        with database.org_transaction(ORGS[1]) as connection:
            told = audit_chain.verify(connection, ORGS[1])
        database.dispose()
        assert (told.broken, told.rows) == (None, 1)
        assert dict(owner_of_tables(other)) == dict(owner_of_tables(first))
        with pytest.raises(Conflict, match="holds orgs already"):
            restore_backup(other.settings, other.urls, backup)


def owner_of_tables(made: Installation) -> list[tuple[str, str]]:
    url = str(made.urls.database_owner_url).replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()


def test_bytes_that_two_keys_hold_lie_in_it_once_and_nobody_else_reads_it(backup: Path) -> None:
    shared = [kept for kept in read_objects(backup) if kept.key.endswith("shared.bin")]
    assert len({kept.sha256 for kept in shared}) == 1
    assert len(list((backup / "objects").rglob("?" * 64))) == 3
    assert backup.stat().st_mode & 0o077 == 0
    assert (backup / "keys" / "signing.key").stat().st_mode & 0o077 == 0


def test_what_did_not_change_is_linked_from_an_earlier_backup(
    first: Installation, backup: Path, tmp_path: Path
) -> None:
    back_up(first, tmp_path / "next", earlier=backup)
    for kept in read_objects(tmp_path / "next"):
        assert os.path.samefile(blob_path(backup, kept.sha256), blob_path(tmp_path / "next", kept.sha256))
    verify(tmp_path / "next")


def test_a_backup_is_never_written_over_and_a_failed_one_leaves_nothing(
    first: Installation, backup: Path, tmp_path: Path
) -> None:
    with pytest.raises(Conflict):
        back_up(first, backup)
    (first.settings.var_dir / "objects" / "org" / "acme" / "documents" / "shared.bin").write_bytes(b"changed")
    try:
        with pytest.raises(CorruptObject):
            back_up(first, tmp_path / "damaged")
    finally:
        first.store.put("org/acme/documents/shared.bin", b"the same bytes" * 1000)
    assert [path.name for path in tmp_path.iterdir()] == ["backup"]


def test_a_row_whose_object_is_gone_is_named(first: Installation, tmp_path: Path) -> None:
    key = next(kept.key for kept in first.store.list("org/acme/canon/"))
    body = first.store.get(key)
    first.store.delete(key)
    try:
        assert back_up(first, tmp_path / "gone").not_in_store == (key,)
    finally:
        first.store.put(key, body)


def unfinished(backup: Path) -> None:
    (backup / MANIFEST).unlink()


def scribbled(backup: Path) -> None:
    (backup / MANIFEST).write_text((backup / MANIFEST).read_text()[:-30])


def of_another_format(backup: Path) -> None:
    body = json.loads((backup / MANIFEST).read_text())
    (backup / MANIFEST).write_text(json.dumps({**body, "format": 2}))


def of_a_newer_release(backup: Path) -> None:
    body = json.loads((backup / MANIFEST).read_text())
    (backup / MANIFEST).write_text(json.dumps({**body, "revision": "9999"}))


def without_an_object(backup: Path) -> None:
    next((backup / "objects").rglob("?" * 64)).unlink()


def with_a_turned_byte(backup: Path) -> None:
    path = next((backup / "objects").rglob("?" * 64))
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)


def with_a_cut_dump(backup: Path) -> None:
    path = backup / "sgd.dump"
    path.write_bytes(path.read_bytes()[:-100])


def with_a_shorter_list(backup: Path) -> None:
    path = backup / OBJECTS
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (unfinished, InvalidInput, "never finished"),
        (scribbled, CorruptObject, "backup.json is damaged"),
        (of_another_format, InvalidInput, "format 2"),
        (of_a_newer_release, InvalidInput, "newer release"),
        (without_an_object, CorruptObject, "lacks org/"),
        (with_a_turned_byte, CorruptObject, "org/.* is damaged"),
        (with_a_cut_dump, CorruptObject, "sgd.dump is damaged"),
        (with_a_shorter_list, CorruptObject, "objects.jsonl is damaged"),
    ],
)
def test_a_wrong_partial_or_damaged_backup_is_told_and_changes_nothing(
    backup: Path, second: Installation, spoil: object, error: type[SgdError], words: str
) -> None:
    assert callable(spoil)
    spoil(backup)
    with pytest.raises(error, match=words):
        restore_backup(second.settings, second.urls, backup)
    assert second.canons() == {}
    assert not (second.settings.var_dir / "signing.key").exists()
    assert not (second.settings.var_dir / "objects").exists()


def test_a_store_that_holds_something_else_is_refused_untouched(backup: Path, second: Installation) -> None:
    other = second.settings.var_dir / "objects" / "org" / "acme" / "documents" / "shared.bin"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"somebody's own")
    try:
        with pytest.raises(Conflict, match=r"shared\.bin, which is not of this backup"):
            restore_backup(second.settings, second.urls, backup)
        assert other.read_bytes() == b"somebody's own"
        assert not (second.settings.var_dir / "signing.key").exists()
        assert second.canons() == {}
    finally:
        other.unlink()


def test_a_restore_that_was_cut_short_is_run_again(
    first: Installation, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with installation() as other:
        with monkeypatch.context() as patched:
            patched.setattr(databases, "replace", fails)
            with pytest.raises(KeyboardInterrupt):
                restore_backup(other.settings, other.urls, backup)
        assert other.canons() == {}
        restore_backup(other.settings, other.urls, backup)
        assert other.canons() == first.canons()


def fails(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_dump_that_does_not_load_leaves_the_database_as_it_was(second: Installation, tmp_path: Path) -> None:
    bad = tmp_path / "bad.dump"
    bad.write_bytes(b"PGDMP" + bytes(200))
    [ours, _] = databases.kept_databases(second.settings, second.urls)
    with pytest.raises(SgdError, match="pg_restore failed"):
        databases.replace(ours, bad)
    assert second.canons() == {}
    with psycopg.connect(str(second.urls.database_owner_url).replace("+psycopg", "")) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'sgd%'").fetchall()
    assert names == [("sgd",)]


def test_a_role_held_back_by_row_level_security_is_told_which_setting_to_give(
    first: Installation, tmp_path: Path
) -> None:
    assert first.urls.database_owner_url is not None
    owner = first.settings.model_copy(update={"database_admin_url": SecretStr(first.urls.database_owner_url)})
    with pytest.raises(Forbidden, match="DATABASE_ADMIN_URL"):
        make_backup(owner, first.urls, first.store, tmp_path / "blind")
    assert not (tmp_path / "blind").exists()
