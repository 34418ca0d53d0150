"""Brings a backup back into an empty installation, after all of it was verified.

Objects come first and the database last, in one step: until then the installation is as empty as it was, and a restore
that was cut short is simply run again. What must not live here: writing a backup (`make.py`), search vectors.
"""

from pathlib import Path

from sgd_resources.backup import databases, objects
from sgd_resources.backup.make import KEY_PLACES
from sgd_resources.backup.manifest import BackupManifest, verify
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.errors import Conflict, InvalidInput, Unavailable
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.migrate import HEAD_REVISION, migrate
from sgd_resources.settings import Settings
from sgd_resources.storage.select import build_object_store


def restore_backup(settings: Settings, urls: ServiceUrls, folder: Path) -> BackupManifest:
    """Everything of the backup is back, at the schema of this release; what it was.

    Nothing is ever written over: an installation with orgs, runs, foreign objects or other keys is refused untouched.

    Raises:
        InvalidInput, CorruptObject, BrokenContract: the backup is none, unfinished, damaged, or of a newer release.
        Conflict: the installation is not empty. Unavailable, StorageFull: retry.
    """
    manifest = verify(folder)
    if manifest.revision > HEAD_REVISION:
        raise InvalidInput(
            f"the backup is of schema {manifest.revision}, this release knows {HEAD_REVISION}: use a newer release"
        )
    found = databases.kept_databases(settings, urls)
    named = {database.dump_name: database for database in found}
    if {file.path for file in manifest.databases} != set(named):
        raise InvalidInput("the backup was made of other databases: set DAGSTER_DATABASE_URL as it was there")
    databases.check_empty(found)
    store = _store_with_keys(settings, manifest, folder)
    for _ in objects.copy_in(store, folder):
        pass
    # Ours last: its orgs are what says that an installation is in use.
    for file in reversed(manifest.databases):
        databases.replace(named[file.path], folder / file.path)
    if urls.database_owner_url is not None:
        migrate(urls.database_owner_url)
    return manifest


def _store_with_keys(settings: Settings, manifest: BackupManifest, folder: Path) -> ObjectStore:
    """The installation's store, with room for the backup. Keys go first: a local store without one makes its own."""
    laid = _put_keys(manifest, folder, settings.var_dir)
    try:
        store = build_object_store(settings)
        objects.check_room(store, folder)
    except BaseException:
        for path in laid:
            path.unlink(missing_ok=True)
        raise
    return store


def _put_keys(manifest: BackupManifest, folder: Path, var_dir: Path) -> list[Path]:
    """Lay the key files where they were; those that were not there. Raises Conflict before any is written."""
    places = {folder / file.path: _key_path(file.path, var_dir) for file in manifest.keys}
    for source, target in places.items():
        if target.is_file() and target.read_bytes() != source.read_bytes():
            raise Conflict(f"{target} is another key than the backup's: nothing was changed. Move it away first")
    new = {source: target for source, target in places.items() if not target.is_file()}
    try:
        for source, target in new.items():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.touch(mode=0o600)
            target.write_bytes(source.read_bytes())
    except OSError as error:
        raise Unavailable(f"a key file cannot be written: {error.strerror}") from error
    return list(new.values())


def _key_path(kept: str, var_dir: Path) -> Path:
    name = kept.rpartition("/")[2]
    for place in KEY_PLACES:
        if name.startswith(f"{place}."):
            return var_dir / place / name.removeprefix(f"{place}.")
    return var_dir / name
