"""What the API asks while it takes an upload in: the org's turn, and whether the bytes are there already.

What must not live here: the rows' later life (`uploads.py`), or the quota's size (settings).
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from sgd_resources.postgres.rows.uploads import Upload
from sgd_resources.postgres.shape import columns_of
from sgd_resources.postgres.tables.brand import uploads


def lock_intake(connection: Connection, org_id: str) -> None:
    """Make the rest of this transaction the only one that takes uploads into the org."""
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"uploads:{org_id}"))))


def find_same_bytes(
    connection: Connection, org_id: str, source_sha256: str, *, project_id: str | None = None
) -> Upload | None:
    """The org's newest upload of these bytes that counts: waiting, promoted or refused, not given up or discarded.

    With a project, of that project alone: each has an upload of its own, which it can take back without the other's.
    """
    query = (
        select(*columns_of(uploads, Upload))
        .where(
            uploads.c.org_id == org_id,
            uploads.c.source_sha256 == source_sha256,
            uploads.c.status.in_(("quarantined", "promoted", "rejected")),
        )
        .order_by(uploads.c.seq.desc())
        .limit(1)
    )
    if project_id is not None:
        query = query.where(uploads.c.project_id == project_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else Upload(*row)


def known_uploads(connection: Connection, org_id: str, upload_ids: Sequence[str]) -> frozenset[str]:
    """Those of the ids that have a row."""
    found = select(uploads.c.upload_id).where(uploads.c.org_id == org_id, uploads.c.upload_id.in_(upload_ids))
    return frozenset(str(upload_id) for upload_id in connection.execute(found).scalars())
