"""A dry run: the pictures of a request made by the local route and judged, but neither stored nor recorded.

What must not live here: storing (`render.py`), or what a model would cost (the API asks the policy).
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.documents.settled.keep import SettledFiles
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.brand_files import BrandFiles
from sgd_assets.renders.brief.read import read_brief
from sgd_assets.renders.content.guard import ContentGuard
from sgd_assets.renders.content.policy import ContentPolicy, content_policy
from sgd_assets.renders.edit.own_picture import as_edit
from sgd_assets.renders.imagery.shelf import PictureShelf
from sgd_assets.renders.imagery.shown import shown_of
from sgd_assets.renders.pictures import MadePicture
from sgd_assets.renders.plan.draw_up import brief_with
from sgd_assets.renders.references import read_references
from sgd_assets.renders.within_bounds import make_within_bounds
from sgd_resources.contracts import check_input
from sgd_resources.ports import ConfinedJobs, FontCatalogue, ObjectStore


def rehearse(
    body: Mapping[str, Any],
    canon: Canon,
    *,
    org_id: str,
    evidence: EvidenceManifest,
    store: ObjectStore,
    jobs: ConfinedJobs,
    fonts: FontCatalogue,
    content: ContentPolicy | None = None,
) -> tuple[MadePicture, ...]:
    """Every picture of a request as the local route makes it, with plan and critique; nothing is written.

    Raises:
        ContentBlocked: as `render_request`, whose model is not asked here.
        ValidationFailed: as `render_request`; a reference on the web is not fetched, and is refused here.
        Unavailable: the store or the confined child is down. Retry.
    """
    check_input("render_request", body)
    guard = ContentGuard(content or content_policy(), jobs)
    guard.check_request(body, evidence)
    edit = as_edit(body, brief_with(read_brief(body), body), canon, org_id=org_id, store=store)
    body, brief = edit.body, edit.brief
    pictures = read_references(body, org_id=org_id, evidence=evidence, store=store, jobs=jobs)
    brand = BrandFiles.find(evidence, SettledFiles(org_id, store=store, jobs=jobs), fonts)
    shown = shown_of(body, brief, evidence, PictureShelf(org_id, store=store, jobs=jobs))
    files = {**pictures, **shown.files}
    guard.check_pictures(files)
    made = tuple(
        make_within_bounds(
            body,
            canon,
            brand,
            files,
            brief=brief,
            index=index,
            jobs=jobs,
            imagery=shown.by_index.get(index),
            direction=edit.direction,
        )
        for index in range(body["outputs"]["count"])
    )
    for picture in made:
        guard.check_plan(picture.plan)
    return made
