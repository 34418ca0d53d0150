"""A render made again from what was recorded of it, as a job: which pictures are the stored files to the byte.

What must not live here: making a picture again (`sgd_assets/renders/prove/replay.py`).
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sgd_assets.renders.prove.replay import replay
from sgd_resources.errors import NotFound
from sgd_resources.ports import ConfinedJobs, ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import renders


def replay_job(
    database: Database, store: ObjectStore, jobs: ConfinedJobs, org_id: str, document: Mapping[str, Any]
) -> dict[str, Any]:
    """What came of each picture. Raises as `replay`; NotFound also when the render is gone."""
    with database.org_transaction(org_id) as connection:
        outputs = renders.list_outputs(connection, org_id, document["render_id"])
    if not outputs:
        raise NotFound("no such render with pictures in this org")
    found = [replay(row, org_id=org_id, store=store, jobs=jobs) for row in outputs]
    return {
        "render_id": document["render_id"],
        "is_identical": all(one.is_identical for one in found),
        "pictures": [asdict(one) for one in found],
    }
