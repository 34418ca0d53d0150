"""Where a page's canon and evidence come from: a folder that was just read, or an org's stored files.

What must not live here: the page itself (`page.py`).
"""

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from sgd_api.canon_page.evidence_files import EvidenceFile, bytes_at_hand
from sgd_api.canon_page.page import build_canon_page
from sgd_api.cli.folders.canon import FolderCanon, as_title
from sgd_assets.canon.model import Canon
from sgd_resources.errors import InvalidInput
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import evidence as evidence_rows
from sgd_resources.postgres.rows import orgs
from sgd_resources.settings import Settings
from sgd_resources.storage.select import build_object_store


def write_folder_page(path: Path, result: FolderCanon, *, title: str) -> None:
    """Write the page of a folder's canon. Raises InvalidInput when the file cannot be written."""
    files = [
        EvidenceFile(f.evidence_sha256, f.file_name, f.media_type, len(f.data), bytes_at_hand(f.data))
        for f in result.files
    ]
    _write(path, build_canon_page(result.canon, title=title, files=files))


def write_org_page(path: Path, canon: Canon, *, org_id: str, database: Database, settings: Settings) -> None:
    """Write the page of an org's canon. Raises InvalidInput when the file cannot be written."""
    store = build_object_store(settings)
    with database.org_transaction(org_id) as connection:
        rows = evidence_rows.list_evidence(connection, org_id)
        name = orgs.get_org(connection, org_id).name
    files = [
        EvidenceFile(row.evidence_sha256, row.file_name, row.media_type, row.size_bytes, _stored(store, row.key))
        for row in rows
    ]
    _write(path, build_canon_page(canon, title=as_title(name), files=_of_canon(files, canon)))


def _of_canon(files: Sequence[EvidenceFile], canon: Canon) -> list[EvidenceFile]:
    read = set(canon.evidence_sha256s)
    return [file for file in files if file.sha256 in read]


def _stored(store: ObjectStore, key: str) -> Callable[[], bytes]:
    return lambda: store.get(key)


def _write(path: Path, page: bytes) -> None:
    """Whole or not at all."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(page)
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
