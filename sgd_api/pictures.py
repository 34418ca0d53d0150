"""Names of pictures in a request -> the org's stored pictures.

What must not live here: reading their bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sgd_assets.renders.model import RenderPlan
from sgd_resources.database import evidence, renders
from sgd_resources.errors import NotFound

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Picture:
    """One picture of the org; `plan` is None for evidence, which no plan of ours made."""

    asset_id: str
    key: str
    plan: RenderPlan | None


def find_pictures(connection: Connection, org_id: str, wanted: Sequence[str]) -> list[Picture]:
    """All pictures named, in order; a render id stands for all of its pictures.

    Raises:
        NotFound: `details["missing"]` names those that are not this org's.
    """
    found: list[Picture] = []
    missing: list[str] = []
    for asset_id in wanted:
        try:
            found += _pictures_of(connection, org_id, asset_id)
        except NotFound:
            missing.append(asset_id)
    if missing:
        raise NotFound("no such picture in this org", details={"missing": missing})
    return found


def _pictures_of(connection: Connection, org_id: str, asset_id: str) -> list[Picture]:
    if _UUID.fullmatch(asset_id):
        rows = renders.list_outputs(connection, org_id, asset_id)
        if not rows:
            raise NotFound("no such render")
        return [Picture(row.key, row.key, RenderPlan.model_validate(row.plan)) for row in rows]
    if _SHA256.fullmatch(asset_id):
        item = evidence.get_evidence(connection, org_id, asset_id)
        if not item.media_type.startswith("image/"):
            raise NotFound("no such picture")
        return [Picture(asset_id, item.key, None)]
    row = renders.find_output(connection, org_id, asset_id)
    return [Picture(asset_id, row.key, RenderPlan.model_validate(row.plan))]
