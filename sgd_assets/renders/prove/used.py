"""What a picture was made of, by what each part did: facts' evidence, logo, fonts, pictures, references.

Plan + canon + evidence -> `Used`, the same for the manifest, the lineage and the way back from evidence. What must not
live here: how it is stored or signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sgd_assets.canon.model import Canon
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.prove.facts_used import facts_used


@dataclass(frozen=True)
class UsedEvidence:
    """One clean file of evidence and what it gave the picture."""

    evidence_sha256: str
    roles: tuple[str, ...]
    """Of: fact, logo, font, picture, reference."""


def evidence_used(plan: RenderPlan, canon: Canon, *, by_model: bool = False) -> tuple[UsedEvidence, ...]:
    """Every file behind one picture, ordered by sha256."""
    roles: dict[str, list[str]] = {}
    for sha256, role in _pairs(plan, canon, by_model):
        if role not in roles.setdefault(sha256, []):
            roles[sha256].append(role)
    return tuple(UsedEvidence(sha256, tuple(sorted(found))) for sha256, found in sorted(roles.items()))


def joined(used: Iterable[tuple[UsedEvidence, ...]]) -> tuple[UsedEvidence, ...]:
    """What several pictures of one render use together."""
    roles: dict[str, set[str]] = {}
    for one in (found for picture in used for found in picture):
        roles.setdefault(one.evidence_sha256, set()).update(one.roles)
    return tuple(UsedEvidence(sha256, tuple(sorted(found))) for sha256, found in sorted(roles.items()))


def _pairs(plan: RenderPlan, canon: Canon, by_model: bool) -> Iterable[tuple[str, str]]:
    for fact in facts_used(plan, canon, by_model=by_model):
        yield from ((citation.evidence_sha256, "fact") for citation in fact.citations)
    if plan.logo_sha256 is not None:
        yield plan.logo_sha256, "logo"
    for choice in (plan.heading_font, plan.body_font):
        if choice is not None and choice.evidence_sha256 is not None:
            yield choice.evidence_sha256, "font"
    if plan.imagery is not None:
        role = "reference" if plan.imagery.kind == "reference" else "picture"
        yield from ((sha256, role) for sha256 in plan.imagery.evidence_sha256s)
