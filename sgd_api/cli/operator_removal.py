"""What `sgd evidence remove` and `supersede` need beside the API: finding what is meant, waiting for the canon.

What must not live here: what a removal does (`http/stored/removal.py`), or printing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from sgd_api.api_client import ApiClient
from sgd_api.http.stored.removal import take_back
from sgd_api.local.stack import LocalStack
from sgd_assets.evidence.purge import purge_removed
from sgd_resources.errors import InvalidInput, NotFound
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
from sgd_resources.postgres.rows.evidence_removal import Removal, RemovalReason, remove_evidence, remove_uploads
from sgd_resources.storage.select import build_object_store

_SHA256_BEGINNING = re.compile(r"[0-9a-f]{8,64}")
_SHA256_CHARACTERS = 64
_PROJECT = "command-line"
ACTOR = "operator"


def removal_of(
    database: Database, org_id: str, name: str, *, reason: RemovalReason = "removed", details: Mapping[str, Any]
) -> Callable[[Connection], Removal]:
    """What takes back the upload of this id, or the evidence whose sha256 begins so.

    Raises:
        NotFound: no evidence begins so. InvalidInput: several do.
    """
    told: dict[str, Any] = {"org_id": org_id, "actor": ACTOR, "reason": reason, "details": details}
    if not _SHA256_BEGINNING.fullmatch(name):
        return partial(remove_uploads, upload_ids=[name], **told)
    shas = [record.evidence_sha256 for record in DatabaseUploadLedger(database).evidence(org_id)]
    found = [sha256 for sha256 in shas if sha256.startswith(name)]
    if len(found) > 1:
        raise InvalidInput(f"{len(found)} files of evidence begin with {name}; give more of it")
    if not found and len(name) < _SHA256_CHARACTERS:
        raise NotFound(f"no evidence of {org_id} begins with {name}; see `sgd evidence list --org {org_id}`")
    return partial(remove_evidence, evidence_sha256=found[0] if found else name, **told)


def bring_in(client: ApiClient, file: Path) -> tuple[str, str]:
    """(upload id, sha256 of the evidence) that the file became.

    Raises:
        InvalidInput: no such file, or the gate refused it; then nothing else changed.
    """
    if not file.is_file():
        raise InvalidInput(f"{file} is not a file")
    with file.open("rb") as stream:
        [upload] = client.upload(file.name, stream, project_id=_PROJECT)["uploads"]
    [row] = client.ingest([upload["upload_id"]], project_id=_PROJECT)["files"]
    if row["status"] != "promoted":
        raise InvalidInput(f"{file.name} stayed out ({row.get('reason')}), so it replaces nothing")
    return str(row["upload_id"]), str(row["evidence_sha256"])


def take_back_and_wait(
    stack: LocalStack, client: ApiClient, org_id: str, removals: Iterable[Callable[[Connection], Removal]]
) -> tuple[int, int]:
    """(uploads, files of evidence) that were taken back; the canon has followed and stored copies are deleted.

    Raises:
        NotFound: one of them is not in this org; those before it are taken back.
        Unavailable: the job that derives anew did not end within ten minutes.
    """
    store = build_object_store(stack.settings)
    taken = [take_back(stack.database, store, org_id, remove, actor=ACTOR) for remove in removals]
    for job_id in dict.fromkeys(one.job_id for one in taken if one.job_id is not None):
        client.wait_for(f"/jobs/{job_id}")
    purge_removed(org_id, store=store, ledger=DatabaseUploadLedger(stack.database))
    return (
        sum(len(one.removal.upload_ids) for one in taken),
        sum(len(one.removal.evidence_sha256s) for one in taken),
    )
