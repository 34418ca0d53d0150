"""Writes a backup: databases first, then objects, so that each object a row names was there when it was copied.

What must not live here: reading one back (`restore.py`).
"""

import os
import shutil
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from sgd_resources.backup import databases, objects
from sgd_resources.backup.manifest import KEYS, MANIFEST, OBJECTS, BackupManifest, kept_file, read_backup
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.errors import Conflict, StorageFull, Unavailable
from sgd_resources.ports import ObjectStore
from sgd_resources.settings import Settings

KEY_PLACES = ("signing.key", "provenance")
"""Of the data directory: the key of signed URLs, and our own certificate authority."""
_NO_ROOM = 28
_MOST_TOLD = 100


def make_backup(
    settings: Settings, urls: ServiceUrls, store: ObjectStore, target: Path, *, earlier: Path | None = None
) -> BackupManifest:
    """Write a backup to a folder that does not exist yet; it appears under its name once it is whole.

    Everything may be in use meanwhile. The folder holds keys and every org's data: it is readable by its owner only.

    Args:
        settings: of this installation.
        urls: of its running services.
        store: its object store.
        target: the backup's folder.
        earlier: a finished backup on the same disk, from which unchanged objects are linked.

    Raises:
        Conflict: the target exists. Forbidden: see `databases.dump`.
        CorruptObject: an object of the store is damaged. Unavailable, StorageFull: retry.
    """
    if target.exists():
        raise Conflict(f"{target} exists already: a backup is never written over")
    if earlier is not None:
        read_backup(earlier)
    draft = target.with_name(f".{target.name}.{uuid4().hex[:12]}.unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir(mode=0o700)
        made = _write(settings, urls, store, draft, earlier)
        draft.rename(target)
        return made
    except OSError as error:
        if error.errno == _NO_ROOM:
            raise StorageFull("no room left for the backup", retry_after_s=60) from error
        raise Unavailable(f"the backup cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(
    settings: Settings, urls: ServiceUrls, store: ObjectStore, folder: Path, earlier: Path | None
) -> BackupManifest:
    began = _now()
    found = databases.kept_databases(settings, urls)
    revision, orgs = databases.facts(found[0])
    named = sorted(databases.named_objects(found[0]))
    dumps = tuple(kept_file(folder, databases.dump(database, folder)) for database in found)
    written = objects.copy_out(store, folder, earlier=earlier)
    present = {kept.key for kept in written}
    manifest = BackupManifest(
        made_by=version("smart-graphic-designer"),
        began_at=began,
        ended_at=_now(),
        revision=revision,
        orgs=orgs,
        databases=dumps,
        keys=tuple(kept_file(folder, name) for name in _copy_keys(settings.var_dir, folder)),
        objects_file=kept_file(folder, OBJECTS),
        objects=len(written),
        objects_bytes=sum(kept.size_bytes for kept in written),
        not_in_store=tuple(key for key in named if key not in present)[:_MOST_TOLD],
    )
    with (folder / MANIFEST).open("w", encoding="utf-8") as sink:
        sink.write(manifest.model_dump_json(indent=2) + "\n")
        sink.flush()
        os.fsync(sink.fileno())
    return manifest


def _copy_keys(var_dir: Path, folder: Path) -> list[str]:
    names = []
    for place in KEY_PLACES:
        source = var_dir / place
        files = sorted(source.iterdir()) if source.is_dir() else [source]
        for file in files:
            if file.is_file() and not file.name.startswith("."):
                # One level of folders is enough to tell them apart, and all that the manifest lets a path have.
                name = file.name if file == source else f"{place}.{file.name}"
                (folder / KEYS).mkdir(mode=0o700, exist_ok=True)
                shutil.copyfile(file, folder / KEYS / name)
                (folder / KEYS / name).chmod(0o600)
                names.append(f"{KEYS}/{name}")
    return names


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
