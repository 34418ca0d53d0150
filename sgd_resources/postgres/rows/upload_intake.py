"""What the API asks while it takes an upload in: the org's turn, and whether the bytes are there already.

What must not live here: the rows' later life (`uploads.py`), or the quota's size (settings).
"""

from collections.abc import Sequence
from pathlib import PurePosixPath

from sqlalchemy import Connection, func, select

from sgd_resources.postgres.rows.uploads import Upload
from sgd_resources.postgres.shape import columns_of
from sgd_resources.postgres.tables.brand import uploads

_MOST_NAMES = 50  # of the same bytes; beyond them nobody sends a file by mistake


def lock_intake(connection: Connection, org_id: str) -> None:
    """Make the rest of this transaction the only one that takes uploads into the org."""
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"uploads:{org_id}"))))


def find_same_bytes(
    connection: Connection,
    org_id: str,
    source_sha256: str,
    *,
    file_name: str,
    declared_type: str | None,
    project_id: str | None = None,
) -> Upload | None:
    """The org's newest upload of these bytes that counts: waiting, promoted or refused, not given up or discarded.

    The gate asks whether name, declared type and content agree: what waits for it or was refused by it under another
    extension or type is no verdict on this one, or a file sent once under a wrong name could never come in.

    Args:
        connection: inside the org's transaction.
        org_id: whose uploads.
        source_sha256: of the bytes.
        file_name: that they are sent under now.
        declared_type: that they are sent with now.
        project_id: only of that project; each has an upload of its own, which it can take back without the other's.
    """
    query = (
        select(*columns_of(uploads, Upload))
        .where(
            uploads.c.org_id == org_id,
            uploads.c.source_sha256 == source_sha256,
            uploads.c.status.in_(("quarantined", "promoted", "rejected")),
        )
        .order_by(uploads.c.seq.desc())
        .limit(_MOST_NAMES)
    )
    if project_id is not None:
        query = query.where(uploads.c.project_id == project_id)
    sent_as = (_extension(file_name), declared_type)
    found = (Upload(*row) for row in connection.execute(query))
    return next(
        (one for one in found if one.status == "promoted" or (_extension(one.file_name), one.declared_type) == sent_as),
        None,
    )


def _extension(file_name: str) -> str:
    return PurePosixPath(file_name).suffix.lower()


def known_uploads(connection: Connection, org_id: str, upload_ids: Sequence[str]) -> frozenset[str]:
    """Those of the ids that have a row."""
    found = select(uploads.c.upload_id).where(uploads.c.org_id == org_id, uploads.c.upload_id.in_(upload_ids))
    return frozenset(str(upload_id) for upload_id in connection.execute(found).scalars())
