"""Takes evidence back and has the canon follow: rows, audit and the job that derives anew in one transaction.

What must not live here: HTTP, the command line, or deleting stored evidence (`sgd_assets/evidence/purge.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from sgd_assets.on_demand.request import ask_to_follow
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.evidence_removal import Removal


@dataclass(frozen=True)
class TakenBack:
    """What was taken back, and the job that makes the canon follow; None when no evidence went."""

    removal: Removal
    job_id: str | None


def take_back(
    database: Database, store: ObjectStore, org_id: str, remove: Callable[[Connection], Removal], *, actor: str
) -> TakenBack:
    """Run `remove` in the org's transaction. A repeat takes nothing back and asks for nothing.

    Raises:
        NotFound: as `remove` says; nothing changed. Unavailable: nothing changed; retry.
    """
    with database.org_transaction(org_id) as connection:
        removal = remove(connection)
        job_id = ask_to_follow(connection, org_id, actor=actor) if removal.evidence_sha256s else None
    for key in removal.upload_keys:
        # What a crash leaves here is swept: the rows say already that it is nobody's.
        store.delete(key)
    return TakenBack(removal, job_id)
