"""The answer of a dry run: brief, plans, predicted cost and predicted violations. Spends nothing, keeps nothing.

The pictures are made by the local route and thrown away, so what is predicted is what was measured. What must not live
here: making them (`sgd_assets/renders/rehearse.py`).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sgd_api.http.bodies.schemas import DryRun, PredictedCost, RenderAudit, RenderResponse
from sgd_api.http.services import Services
from sgd_api.http.stored.content_check import policy_of
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.alt_text import alt_text
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.rehearse import rehearse
from sgd_resources.errors import NotFound, ValidationFailed
from sgd_resources.font_shelf import font_shelf
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.shown.first_step import first_step
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import manifest_key

if TYPE_CHECKING:
    from sgd_resources.llm.gateway import LlmGateway
    from sgd_resources.llm.policy.policy_file import Policy

MAX_DRY_RUN_PX = 25_000_000
"""What a caller may have painted while it waits, over all pictures of the request; as much as for a critique."""


def dry_run(services: Services, org_id: str, body: Mapping[str, Any]) -> RenderResponse:
    """What the request would give. No run, no row, no object, no model.

    Raises:
        ContentBlocked: the org's content policy blocks a word or a picture.
        ValidationFailed: the request cannot be met, or is larger than a dry run paints.
        NotFound: the org has no canon yet.
        Unavailable: the store or the confined child is down. Retry.
    """
    _check_size(body["outputs"])
    with services.database.org_transaction(org_id) as connection:
        row = canon_rows.current_version(connection, org_id)
    if row is None:
        raise NotFound(f"this org has no canon to render from: {first_step(org_id)}")
    canon = services.canons.load(org_id, row.version, row.key)
    content = policy_of(services, org_id)
    made = rehearse(
        body,
        canon,
        org_id=org_id,
        evidence=_evidence(services, org_id),
        store=services.store,
        jobs=services.drawing.client(),
        fonts=font_shelf(),
        content=content,
    )
    plans = [picture.plan for picture in made]
    violations = _union(picture.critique.violations for picture in made)
    unmet = _union(plan.unmet for plan in plans)
    cost = _predicted(services, plans[0].brief or Brief(), len(plans), is_moderated=content.moderation != "off")
    return RenderResponse(
        assets=(),
        audit=RenderAudit(
            model_route="local",
            cost_usd=0.0,
            cost_usd_micros=0,
            guardrails_ok=not (violations or unmet),
            canon_version=row.version,
        ),
        plan=plans[0],
        unmet=unmet,
        notes=_union(plan.notes for plan in plans),
        alt=alt_text(plans[0]),
        dry_run=DryRun(plans=tuple(plans), violations=violations, cost=cost),
        project_id=body["project_id"],
    )


def _check_size(outputs: Mapping[str, Any]) -> None:
    width, height = (int(side) for side in outputs["dimensions"].split("x"))
    if (total := width * height * outputs["count"]) > MAX_DRY_RUN_PX:
        message = f"a dry run paints at most {MAX_DRY_RUN_PX} px in all, not {total}: ask for less"
        raise ValidationFailed(message, details={"errors": [{"path": "$.outputs", "message": message}]})


def _evidence(services: Services, org_id: str) -> EvidenceManifest:
    key = manifest_key(org_id, "brand_evidence")
    found = read_derived(services.store, key, EvidenceManifest.model_validate_json, what="the evidence manifest")
    return found if found is not None else EvidenceManifest(org_id=org_id)


def _predicted(services: Services, brief: Brief, count: int, *, is_moderated: bool) -> PredictedCost:
    """Nothing without a key; else from nothing (every model falls back to the local route) to all the tasks' caps."""
    policy = services.llm.client().run(_policy_in_force)
    most = most_usd_micros(policy, brief, count, is_moderated=is_moderated) if policy is not None else 0
    return PredictedCost(low_usd_micros=0, high_usd_micros=most)


async def _policy_in_force(gateway: "LlmGateway") -> "Policy | None":
    return gateway.parts.policies.current() if gateway.is_cloud else None


def most_usd_micros(policy: "Policy", brief: Brief, count: int, *, is_moderated: bool = False) -> int:
    """The caps of all calls that one request can make, at most the request's own cap."""
    is_painted = brief.imagery.kind not in ("none", "pattern")
    tasks = [
        *(["moderation"] if is_moderated else []),
        "planner",
        *(["image"] * count if is_painted else []),
        *(["critic"] * count),
    ]
    total = sum(policy.tasks[task].max_cost_usd_micros for task in tasks if task in policy.tasks)
    cap = policy.budgets.request_usd_micros
    return total if cap is None else min(total, cap)


def _union(lists: Any) -> tuple[str, ...]:
    found: Sequence[str] = [line for lines in lists for line in lines]
    return tuple(dict.fromkeys(found))
