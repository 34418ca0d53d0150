"""Brings many folders into quarantine, each an org; names what it leaves out and goes on with the rest.

What must not live here: running the graph over the orgs (`runs.py`), or printing.
"""

import hashlib
import mimetypes
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection

from sgd_api.cli.folders.read import FolderFile, contents_below
from sgd_api.cli.left_out import LeftOut
from sgd_api.http.stored.reading_results import latest_documents, parse_results
from sgd_resources.errors import InvalidInput
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, orgs, upload_intake, uploads
from sgd_resources.postgres.rows.ingest_claims import Claim
from sgd_resources.shown.name import shown_name
from sgd_resources.shown.reason import shown_reason
from sgd_resources.storage.keys import quarantine_key, validate_org_id


@dataclass
class Intake:
    """What was brought in of one org's folder; files the org had already count as brought in."""

    upload_ids: list[str] = field(default_factory=list)
    new_files: int = 0
    left_out: list[LeftOut] = field(default_factory=list)


def org_folders(folder: Path) -> tuple[list[str], list[LeftOut]]:
    """(org ids, what is none: files beside the folders, names that no org can have), both ordered.

    A name is never bent: two could become one org. Hidden entries are nobody's, as within an org's folder.

    Raises:
        InvalidInput: not a folder, or one without sub-folders.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is not a folder")
    shown = sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=lambda path: path.name)
    names = [path.name for path in shown if path.is_dir()]
    if not names:
        raise InvalidInput(f"{folder} has no sub-folders")
    org_ids: list[str] = []
    beside = "no folder of an org: put it into the folder of the org that it belongs to"
    left_out = [LeftOut(shown_name(path.name), beside) for path in shown if not path.is_dir()]
    for name in names:
        try:
            org_ids.append(validate_org_id(name))
        except InvalidInput as error:
            left_out.append(LeftOut(shown_name(name), f"{error.message}; rename it{_suggestion(name)}"))
    return org_ids, left_out


def intake_folder(
    database: Database,
    store: ObjectStore,
    org_id: str,
    folder: Path,
    *,
    project_id: str,
    max_file_bytes: int,
    claim: Claim,
) -> Intake:
    """Put a folder's files into the org's quarantine. The same bytes are taken once.

    Raises:
        Unavailable: the store or the database is down. Retry; what was taken stays taken.
    """
    intake = Intake()
    try:
        inside = contents_below(folder)
    except InvalidInput as error:
        intake.left_out.append(LeftOut(".", error.message, org_id))
        return intake
    with database.org_transaction(org_id) as connection:
        orgs.ensure_org(connection, org_id)
        claim.take(connection, org_id)
        upload_intake.lock_intake(connection, org_id)
        intake.left_out += [LeftOut(one.file, one.reason, org_id) for one in inside.left_out]
        for file in inside.files:
            reason = _take(connection, store, org_id, file, intake, project_id, max_file_bytes)
            if reason is not None:
                intake.left_out.append(LeftOut(file.name, reason, org_id))
        audit.append(
            connection,
            org_id,
            actor="operator",
            action="backfill.taken",
            subject=shown_name(folder.name),
            details={"new_files": intake.new_files, "left_out": len(intake.left_out)},
        )
    return intake


def not_read(database: Database, store: ObjectStore, org_id: str, intake: Intake) -> list[LeftOut]:
    """Files that came in and that the gate or a parser refused, once the graph has run."""
    with database.org_transaction(org_id) as connection:
        rows = [uploads.get_upload(connection, org_id, upload_id) for upload_id in dict.fromkeys(intake.upload_ids)]
    parsed = parse_results(latest_documents(store, org_id))
    found: list[LeftOut] = []
    for row in rows:
        parse = parsed.get(row.evidence_sha256 or "")
        if row.status != "promoted":
            found.append(LeftOut(row.file_name, shown_reason(row.reason or row.status, row.details), org_id))
        elif parse is not None and parse.state == "refused":
            found.append(LeftOut(row.file_name, f"not readable: {parse.reason}", org_id))
    return found


def _take(
    connection: Connection,
    store: ObjectStore,
    org_id: str,
    file: FolderFile,
    intake: Intake,
    project_id: str,
    max_file_bytes: int,
) -> str | None:
    """Why the file is left out; None when it was taken, or had been before."""
    if file.size_bytes == 0:
        return "the file is empty"
    if file.size_bytes > max_file_bytes:
        return f"larger than a file may be ({max_file_bytes} bytes)"
    upload_id, declared_type = str(uuid4()), mimetypes.guess_type(file.name)[0]
    try:
        with file.path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            known = upload_intake.find_same_bytes(
                connection, org_id, sha256, file_name=file.name, declared_type=declared_type
            )
            if known is not None:
                intake.upload_ids.append(str(known.upload_id))
                return None
            stream.seek(0)
            # What is recorded is what the store kept: the file may have changed since it was hashed.
            stored = store.put(quarantine_key(org_id, upload_id), stream)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    row = uploads.record_upload(
        connection,
        org_id,
        upload_id=upload_id,
        key=stored.key,
        file_name=file.name,
        declared_type=declared_type,
        size_bytes=stored.size_bytes,
        source_sha256=stored.sha256,
        project_id=project_id,
    )
    intake.upload_ids.append(str(row.upload_id))
    intake.new_files += 1
    return None


def _suggestion(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:63]
    try:
        return f', for example to "{validate_org_id(slug)}"'
    except InvalidInput:
        return ""
