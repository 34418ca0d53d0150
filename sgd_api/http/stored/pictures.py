"""Names of pictures in a request -> the org's stored pictures.

What must not live here: reading their bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sgd_assets.renders.model import Critique, RenderPlan
from sgd_resources.errors import NotFound
from sgd_resources.postgres.rows import evidence, renders

_RASTER_TYPES = {"image/png", "image/jpeg", "image/webp"}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Picture:
    """One picture of the org; `plan` is None for evidence, which no plan of ours made."""

    asset_id: str
    key: str
    plan: RenderPlan | None
    made_with: Critique | None = None
    """What was measured when it was made, with the places of text and logo at hand."""
    render_id: str | None = None


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
        return [_own_render(row) for row in rows]
    if _SHA256.fullmatch(asset_id):
        item = evidence.get_evidence(connection, org_id, asset_id)
        if item.media_type not in _RASTER_TYPES:
            raise NotFound("no such picture")
        return [Picture(asset_id, item.key, None)]
    return [_own_render(renders.find_output(connection, org_id, asset_id))]


def _own_render(row: renders.Render) -> Picture:
    plan, critique = RenderPlan.model_validate(row.plan), Critique.model_validate(row.critique)
    return Picture(row.key, row.key, plan, critique, str(row.render_id))


def join_critiques(now: Critique, when_made: Critique) -> Critique:
    """Both measurements of one picture: the lower score, every finding once, today's value of what both measured."""
    findings = {(finding.rule, finding.message): finding for finding in (*when_made.findings, *now.findings)}
    return Critique(
        score=min(now.score, when_made.score),
        violations=tuple(dict.fromkeys((*now.violations, *when_made.violations))),
        repair_suggestions=tuple(dict.fromkeys((*now.repair_suggestions, *when_made.repair_suggestions))),
        findings=tuple(findings.values()),
        measurements={**when_made.measurements, **now.measurements},
        rules=now.rules,
    )
