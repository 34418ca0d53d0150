"""All that an org has, as one zip archive: rows as JSON lines, objects as they are, and a list of it all.

    manifest.json             org, time, rows by table, objects with size and SHA-256, vectors
    rows/<table>.jsonl        one row a line; secrets of keys are left out
    objects/<key>             without the org's own prefix

Vectors are told by their number: they are made anew from the documents. What must not live here: erasing.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sgd_resources.errors import NotFound
from sgd_resources.ports import ObjectStore, VectorStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.orgs import get_org
from sgd_resources.postgres.rows.whole.erasure import count_rows, read_rows
from sgd_resources.storage.keys import org_prefix

_BLOCK_BYTES = 1 << 20
FORMAT = 1


@dataclass(frozen=True)
class Exported:
    """What went into the archive."""

    rows: dict[str, int]
    objects: int
    size_bytes: int


def export_org(database: Database, store: ObjectStore, vectors: VectorStore, org_id: str, target: Path) -> Exported:
    """Write the archive; one that is there is replaced when the new one is whole.

    Raises:
        NotFound: there is no such org.
        Unavailable: a store is down; nothing is left behind.
    """
    with database.org_transaction(org_id) as connection:
        get_org(connection, org_id)
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            rows = _rows(database, org_id, archive)
            objects = _objects(store, org_id, archive)
            manifest = {
                "format": FORMAT, "org_id": org_id, "exported_at": datetime.now(UTC).isoformat(), "rows": rows,
                "objects": objects, "vectors": vectors.count(org_id),
            }  # fmt: skip
            archive.writestr("manifest.json", json.dumps(manifest, indent=1, ensure_ascii=False))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Exported(rows, len(objects), target.stat().st_size)


def _rows(database: Database, org_id: str, archive: zipfile.ZipFile) -> dict[str, int]:
    found = {}
    with database.org_transaction(org_id) as connection:
        for table in count_rows(connection, org_id):
            found[table] = 0
            with archive.open(f"rows/{table}.jsonl", "w") as lines:
                for row in read_rows(connection, org_id, table):
                    lines.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                    found[table] += 1
    return found


def _objects(store: ObjectStore, org_id: str, archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    prefix, found = org_prefix(org_id), []
    for stored in store.list(prefix):
        name, hashed, size = stored.key.removeprefix(prefix), hashlib.sha256(), 0
        try:
            stream = store.open(stored.key)
        except NotFound:
            # Deleted since it was listed.
            continue
        with stream, archive.open(zipfile.ZipInfo(f"objects/{name}"), "w", force_zip64=True) as copy:
            while block := stream.read(_BLOCK_BYTES):
                copy.write(block)
                hashed.update(block)
                size += len(block)
        found.append({"key": name, "size_bytes": size, "sha256": hashed.hexdigest()})
    return found
