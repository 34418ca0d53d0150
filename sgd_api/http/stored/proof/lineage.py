"""From a render's rows to its lineage: plans, canon version, facts used, citations, evidence, uploads.

What must not live here: which facts a plan uses (`sgd_assets/renders/prove/facts_used.py`).
"""

from collections.abc import Sequence

from sgd_api.http.bodies import proof
from sgd_api.http.pages import page_of
from sgd_assets.canon.model import Canon
from sgd_assets.on_demand.resource.canon_version import load_canon
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.prove.facts_used import facts_used
from sgd_assets.renders.prove.manifest import plan_sha256
from sgd_resources.errors import NotFound
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.rows.proof import lists as rows


def lineage_of(
    database: Database, store: ObjectStore, org_id: str, render_id: str, *, after: str, limit: int
) -> proof.Lineage:
    """One page of a render's lineage, by evidence.

    Raises:
        NotFound: no such render in this org, or it has no pictures.
        Unavailable: database or store is down. Retry.
    """
    with database.org_transaction(org_id) as connection:
        request = renders.get_request(connection, org_id, render_id)
        outputs = renders.list_outputs(connection, org_id, render_id)
        if not outputs:
            raise NotFound("this render has no pictures")
        version = outputs[0].canon_version
        stored = canon_rows.get_version(connection, org_id, version)
        current = canon_rows.current_version(connection, org_id)
        successor = rows.successor_of(connection, org_id, render_id)
        found = rows.evidence_of_render(connection, org_id, render_id, after=after, limit=limit + 1)
        shown, following = page_of(found, limit, lambda row: row.evidence_sha256)
        uploads = rows.uploads_of(connection, org_id, [use.evidence_sha256 for use in shown])
    canon = load_canon(store, org_id, version, stored.key)
    plans = [RenderPlan.model_validate(output.plan) for output in outputs]
    facts = _facts(plans, canon, by_model=outputs[0].model_route == "cloud")
    result = dict(request.result or {})
    generated = {source["key"]: source["sha256"] for source in result.get("sources") or ()}
    return proof.Lineage(
        render_id=request.render_id,
        project_id=request.project_id,
        dagster_run_id=request.dagster_run_id,
        pictures=tuple(_picture(row, plan, generated) for row, plan in zip(outputs, plans, strict=True)),
        canon_version=version,
        is_stale=current is not None and current.version != version and successor is None,
        replaced_by=successor,
        evidence=tuple(_used(use, uploads.get(use.evidence_sha256, []), facts) for use in shown),
        next_cursor=following,
    )


def _facts(plans: Sequence[RenderPlan], canon: Canon, *, by_model: bool) -> dict[str, list[proof.UsedFact]]:
    """Facts by the evidence that states them, each place once."""
    found: dict[str, list[proof.UsedFact]] = {}
    used = {fact.id: fact for plan in plans for fact in facts_used(plan, canon, by_model=by_model)}
    for fact in used.values():
        for place in fact.citations:
            told = proof.UsedFact(
                id=fact.id, kind=fact.kind, value=fact.value, page=place.page,
                selector=place.selector or place.xml_path, quote=place.quote,
            )  # fmt: skip
            found.setdefault(place.evidence_sha256, []).append(told)
    return found


def _picture(row: renders.Render, plan: RenderPlan, generated: dict[str, str]) -> proof.LineagePicture:
    keys = plan.imagery.keys if plan.imagery is not None else ()
    return proof.LineagePicture(
        index=row.index,
        key=row.key,
        sha256=row.sha256,
        unsigned_sha256=row.unsigned_sha256,
        plan_sha256=plan_sha256(plan),
        generated_sha256=next((generated[key] for key in keys if key in generated), None),
    )


def _used(use: rows.EvidenceUse, uploads: Sequence[str], facts: dict[str, list[proof.UsedFact]]) -> proof.UsedEvidence:
    return proof.UsedEvidence(
        evidence_sha256=use.evidence_sha256,
        roles=tuple(use.roles),
        file_name=use.file_name,
        media_type=use.media_type,
        source_sha256=use.source_sha256,
        is_removed=use.removed_at is not None,
        uploads=tuple(uploads),
        facts=tuple(facts.get(use.evidence_sha256, ())),
    )
