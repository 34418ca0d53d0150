"""Which evidence behind a finished render was taken back since.

What must not live here: taking it back.
"""

from collections.abc import Sequence

from sgd_assets.canon.model import decode_version
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.rows.evidence_removal import removed_evidence
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import canon_key


def gone_evidence(
    database: Database, store: ObjectStore, org_id: str, outputs: Sequence[renders.Render]
) -> tuple[str, ...]:
    """sha256s of evidence that the render's canon was derived from and that is gone now, sorted.

    Costs one query; only an org that took something back pays the read of the canon.
    """
    if not outputs:
        return ()
    with database.org_transaction(org_id) as connection:
        removed = {found.evidence_sha256 for found in removed_evidence(connection, org_id)}
    if not removed:
        return ()
    version = outputs[0].canon_version
    canon = read_derived(
        store, canon_key(org_id, version), lambda data: decode_version(data, version), what="a canon version"
    )
    return tuple(sorted(removed.intersection(canon.evidence_sha256s))) if canon is not None else ()
