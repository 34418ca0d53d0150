"""What the C2PA manifest of a picture says: how it came to be, by what, from what. Facts of a render -> `ToSeal` parts.

A brand's files are ingredients by their hash alone; a picture that carries a manifest of its own (a generated one, a
render of ours) is taken over with it. No org, key, address or file name of the brand is told: pictures go public. What
must not live here: signing, or reading a manifest.

Sources: C2PA 2.2, "Actions" and "Ingredients" (https://spec.c2pa.org/); IPTC digital source types
(https://cv.iptc.org/newscodes/digitalsourcetype/, all 2026-11).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.model import PictureSource, RenderPlan
from sgd_assets.renders.prove.used import evidence_used
from sgd_resources.ports import Ingredient

LABEL = "org.sgd.render"
"""Of the assertion that is ours alone."""
AGENT = "Smart Graphic Designer"
PARENT = "parent"
"""Of the ingredient that the picture is an edit of."""
LOCAL_MODEL = "local/compositor"
_TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ALGORITHMIC, COMPOSITE = f"{_TERMS}algorithmicMedia", f"{_TERMS}composite"
GENERATED, COMPOSITE_GENERATED = f"{_TERMS}trainedAlgorithmicMedia", f"{_TERMS}compositeWithTrainedAlgorithmicMedia"
_MOST_CITED = 40  # files of facts; an org of thousands of documents must not make a manifest of megabytes
_MEDIA_TYPES: Mapping[bytes, str] = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


@dataclass(frozen=True)
class Origin:
    """What is known of one picture beside its plan."""

    render_id: str
    index: int
    canon: Canon
    canon_version: str
    code_version: str
    source: PictureSource | None = None
    """The generated picture that it shows."""
    planner_models: tuple[str, ...] = ()
    """Served models that had a say in plan or critique."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Files of the pictures that it shows, by key or address."""
    parent: bytes | None = None
    """File of the picture that this one is an edit of."""


def plan_sha256(plan: RenderPlan) -> str:
    """Of one plan, as JSON with sorted keys."""
    document = json.dumps(plan.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(document.encode()).hexdigest()


def source_type(plan: RenderPlan, origin: Origin) -> str:
    """The IPTC term: generated art with words set on it, things of the brand put together, or forms by rule alone."""
    if origin.source is not None:
        return COMPOSITE_GENERATED
    shows_pictures = plan.imagery is not None and plan.imagery.kind not in ("pattern",)
    return COMPOSITE if shows_pictures or plan.logo_sha256 is not None else ALGORITHMIC


def definition_of(plan: RenderPlan, origin: Origin, *, title: str, media_type: str) -> dict[str, Any]:
    """The manifest's definition, as the C2PA library reads it; ingredients with files are told beside it."""
    by_hash = _by_hash(plan, origin)
    with_files = [str(one.definition["label"]) for one in ingredients_of(plan, origin)]
    return {
        "claim_generator_info": [_agent()],
        "title": title,
        "format": media_type,
        "ingredients": by_hash,
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": _actions(plan, origin, by_hash, with_files)}},
            {"label": LABEL, "data": _told(plan, origin)},
        ],
    }


def ingredients_of(plan: RenderPlan, origin: Origin) -> tuple[Ingredient, ...]:
    """Pictures whose own manifests are taken over."""
    found = [_taken_over("picture", PARENT, origin.parent, "parentOf")] if origin.parent is not None else []
    for number, key in enumerate(plan.imagery.keys if plan.imagery is not None else ()):
        data = origin.pictures.get(key)
        if data is None or data == origin.parent or not _may_carry(key, origin):
            continue
        is_generated = origin.source is not None and key == origin.source.key
        title = "generated picture" if is_generated else "picture"
        found.append(_taken_over(title, f"picture-{number}", data, "componentOf"))
    return tuple(one for one in found if one is not None)


def _taken_over(title: str, label: str, data: bytes, relationship: str) -> Ingredient | None:
    """None for what no manifest can be in."""
    media_type = next((kind for start, kind in _MEDIA_TYPES.items() if data.startswith(start)), None)
    if media_type is None:
        return None
    name = f"urn:sha256:{hashlib.sha256(data).hexdigest()}"
    return Ingredient(
        {"title": title, "relationship": relationship, "instance_id": name, "label": label}, media_type, data
    )


def _may_carry(key: str, origin: Origin) -> bool:
    """Evidence was cleaned of what its makers left in it; a render and a generated picture lie as they were made."""
    return "/public/renders/" in key or (origin.source is not None and key == origin.source.key)


def _by_hash(plan: RenderPlan, origin: Origin) -> list[dict[str, Any]]:
    placed = {"logo", "picture", "reference"}
    used = evidence_used(plan, origin.canon, by_model=bool(origin.planner_models))
    first = sorted(used, key=lambda one: (not placed & set(one.roles), one.evidence_sha256))[:_MOST_CITED]
    return [
        {
            "title": f"brand evidence: {', '.join(one.roles)}",
            "relationship": "componentOf" if placed & set(one.roles) else "inputTo",
            "instance_id": f"urn:sha256:{one.evidence_sha256}",
            "label": f"evidence-{number}",
        }
        for number, one in enumerate(first)
    ]


def _actions(
    plan: RenderPlan, origin: Origin, by_hash: Sequence[Mapping[str, Any]], with_files: Sequence[str]
) -> list[dict[str, Any]]:
    kind = source_type(plan, origin)
    if PARENT in with_files:
        opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": [PARENT]}}
        actions: list[dict[str, Any]] = [opened, {"action": "c2pa.edited", "digitalSourceType": kind}]
    else:
        actions = [{"action": "c2pa.created", "digitalSourceType": kind}]
    actions[-1]["softwareAgent"] = _agent()
    for label in with_files:
        if label == PARENT:
            continue
        placed: dict[str, Any] = {"action": "c2pa.placed", "parameters": {"ingredientIds": [label]}}
        if origin.source is not None:
            placed |= {"digitalSourceType": GENERATED, "softwareAgent": {"name": origin.source.served_model}}
        actions.append(placed)
    components = [one["label"] for one in by_hash if one["relationship"] == "componentOf"]
    if components:
        actions.append({"action": "c2pa.placed", "parameters": {"ingredientIds": components}})
    return actions


def _told(plan: RenderPlan, origin: Origin) -> dict[str, Any]:
    source = origin.source
    return {
        "render_id": origin.render_id,
        "index": origin.index,
        "canon_version": origin.canon_version,
        "plan_sha256": plan_sha256(plan),
        "code_version": origin.code_version,
        "model_requested": source.requested_model if source is not None else LOCAL_MODEL,
        "model_served": source.served_model if source is not None else LOCAL_MODEL,
        "models_asked": list(origin.planner_models),
    }


def _agent() -> dict[str, str]:
    return {"name": AGENT, "version": version("smart-graphic-designer")}
