"""Renders of a sample kit that are sealed, through jobs that run in this process."""

from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.model import RenderRecord
from sgd_assets.renders.render import render_request
from sgd_resources.font_shelf import font_shelf
from sgd_resources.llm.safety.request_text import TextKept
from sgd_resources.ports import ConfinedJobs
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import ORG, RENDER_ID, SampleBrand
from tests.sgd_resources.provenance.signers import sealer


def sealed_render(
    brand: SampleBrand,
    body: Mapping[str, Any],
    *,
    render_id: str = RENDER_ID,
    jobs: ConfinedJobs | None = None,
    text: TextKept = "kept",
) -> RenderRecord:
    confined = jobs or FakeConfinedJobs()
    return render_request(
        body, brand.canon, org_id=ORG, render_id=render_id, canon_version=brand.canon.version, evidence=brand.evidence,
        store=brand.store, jobs=confined, fonts=font_shelf(), sealer=sealer(confined), text=text,
    )  # fmt: skip
