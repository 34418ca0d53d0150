"""Brings folders into quarantine and has the graph run over many orgs.

The runs happen in a process of their own (`python -m sgd_assets.backfill`), because this package knows no Dagster.
"""

import hashlib
import json
import mimetypes
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from sgd_api.folder import files_below
from sgd_api.local_stack import child_env
from sgd_resources.database import audit, orgs, upload_intake, uploads
from sgd_resources.database.engine import Database
from sgd_resources.database.ingest_claims import Claim
from sgd_resources.embedded import ServiceUrls
from sgd_resources.errors import Unavailable
from sgd_resources.ports import ObjectStore
from sgd_resources.settings import Settings
from sgd_resources.storage.keys import quarantine_key


def intake_folder(
    database: Database, store: ObjectStore, org_id: str, folder: Path, *, project_id: str, claim: Claim
) -> int:
    """Put a folder's files into the org's quarantine; returns how many were new. The same bytes are taken once.

    Raises:
        InvalidInput: the folder is empty.
        Unavailable: the store or the database is down. Retry; what was taken stays taken.
    """
    files = files_below(folder)
    taken = 0
    with database.org_transaction(org_id) as connection:
        orgs.ensure_org(connection, org_id)
        claim.take(connection, org_id)
        upload_intake.lock_intake(connection, org_id)
        for file in files:
            with file.path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
                if upload_intake.find_same_bytes(connection, org_id, sha256) is not None:
                    continue
                stream.seek(0)
                upload_id = str(uuid4())
                key = quarantine_key(org_id, upload_id)
                store.put(key, stream)
            uploads.record_upload(
                connection,
                org_id,
                upload_id=upload_id,
                key=key,
                file_name=file.name,
                declared_type=mimetypes.guess_type(file.name)[0],
                size_bytes=file.size_bytes,
                source_sha256=sha256,
                project_id=project_id,
            )
            taken += 1
        audit.append(
            connection,
            org_id,
            actor="operator",
            action="backfill.taken",
            subject=folder.name,
            details={"new_files": taken},
        )
    return taken


def run_backfill(
    settings: Settings, urls: ServiceUrls, org_ids: Sequence[str], *, on_orgs_done: Callable[[int], object]
) -> dict[str, str]:
    """Org id to `ok` or the reason it failed.

    Raises:
        Unavailable: the backfill process ended before it was through; its log says why.
    """
    log_path = settings.var_dir / "log" / "backfill.log"
    results: dict[str, str] = {}
    with log_path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "sgd_assets.backfill"],
            env=child_env(settings, urls),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write("\n".join(org_ids))
            process.stdin.close()
            for line in process.stdout:
                done = json.loads(line)
                results.update(done)
                on_orgs_done(len(done))
        finally:
            process.stdout.close()
            if process.wait() != 0 or len(results) < len(org_ids):
                missing = len(org_ids) - len(results)
                raise Unavailable(f"the backfill ended with {missing} orgs to go; its log is {log_path}")
    return results
