"""Uploads whose evidence was let in, or withdrawn, under other rules than today's: whose they are, and their fate.

What must not live here: judging (`sgd_assets/evidence/rejudge.py`), or uploads that were never evidence (`uploads.py`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text, update

from sgd_resources.postgres.rows.uploads import Upload
from sgd_resources.postgres.shape import columns_of
from sgd_resources.postgres.tables.brand import uploads


@dataclass(frozen=True)
class OrgToJudge:
    """An org with uploads to judge again, and how many."""

    org_id: str
    files: int


def orgs_judged_otherwise(
    directory: Connection, versions: Collection[str], after_org_id: str, limit: int
) -> list[OrgToJudge]:
    """Orgs after that one with evidence of other rules than `versions`, ordered. Call inside `Database.directory()`."""
    rows = directory.execute(
        text("SELECT org_id, files FROM directory_orgs_judged_otherwise(:known, :after, :limit)"),
        {"known": sorted(versions), "after": after_org_id, "limit": limit},
    )
    return [OrgToJudge(*row) for row in rows]


def judged_otherwise(connection: Connection, org_id: str, versions: Collection[str], limit: int) -> list[Upload]:
    """The org's uploads that are evidence, or were withdrawn, under other rules than `versions`; oldest first."""
    query = (
        select(*columns_of(uploads, Upload))
        .where(uploads.c.org_id == org_id, _was_evidence(), uploads.c.judged_by.not_in(sorted(versions)))
        .order_by(uploads.c.seq)
        .limit(limit)
    )
    return [Upload(*row) for row in connection.execute(query)]


def note_judged(connection: Connection, org_id: str, upload_ids: Collection[str], judged_by: str) -> None:
    """Nothing changes but the rules that stand behind it."""
    mine = (uploads.c.org_id == org_id, uploads.c.upload_id.in_(list(upload_ids)))
    connection.execute(update(uploads).where(*mine).values(judged_by=judged_by))


def mark_judged_again(
    connection: Connection, org_id: str, upload_id: str, *, evidence_sha256: str, verdict: str,
    details: Mapping[str, Any], judged_by: str,
) -> None:  # fmt: skip
    """The upload is evidence under today's rules, with these clean bytes; what was taken back meanwhile stays so."""
    values = {
        "status": "promoted", "evidence_sha256": evidence_sha256, "verdict": verdict, "reason": None,
        "details": dict(details), "judged_by": judged_by, "withdrawn_at": None, "processed_at": func.now(),
    }  # fmt: skip
    _change(connection, org_id, upload_id, values)


def mark_withdrawn(
    connection: Connection, org_id: str, upload_id: str, *, verdict: str, reason: str, details: Mapping[str, Any],
    judged_by: str,
) -> bool:  # fmt: skip
    """Today's rules hold the upload; the next change of rules asks again. False when it was taken back meanwhile."""
    values = {
        "status": "rejected" if verdict == "reject" else "quarantined", "evidence_sha256": None, "verdict": verdict,
        "reason": reason, "details": dict(details), "judged_by": judged_by, "withdrawn_at": func.now(),
        "processed_at": func.now(),
    }  # fmt: skip
    return _change(connection, org_id, upload_id, values)


def _was_evidence() -> Any:
    return (uploads.c.status == "promoted") | uploads.c.withdrawn_at.is_not(None)


def _change(connection: Connection, org_id: str, upload_id: str, values: Mapping[str, Any]) -> bool:
    mine = (uploads.c.org_id == org_id, uploads.c.upload_id == upload_id, uploads.c.status != "discarded")
    return connection.execute(update(uploads).where(*mine).values(**values)).rowcount == 1
