"""One render of a sample kit through given jobs: those of a real sandbox, or the fake ones of this process."""

from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.model import RenderRecord
from sgd_assets.renders.render import render_request
from sgd_resources.font_shelf import font_shelf
from sgd_resources.ports import ConfinedJobs
from tests.sgd_assets.renders.brand import ORG, RENDER_ID, SampleBrand


def render(
    brand: SampleBrand, body: Mapping[str, Any], jobs: ConfinedJobs, *, render_id: str = RENDER_ID
) -> RenderRecord:
    return render_request(
        body, brand.canon, org_id=ORG, render_id=render_id, canon_version=brand.canon.version, evidence=brand.evidence,
        store=brand.store, jobs=jobs, fonts=font_shelf(),
    )  # fmt: skip
