"""Renders of the product for the brands that it can render for, made through `render_request` as for a client.

What must not live here: any change to a picture.
"""

import io
import random
from dataclasses import dataclass, field
from functools import cached_property

from PIL import Image

from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.pictures import make_picture
from sgd_assets.renders.render import render_request
from sgd_resources.errors import SgdError
from sgd_resources.font_shelf import font_shelf
from tests.compliance.brands.kit import LogoPicture, OrgKit
from tests.compliance.brands.shelf import ORG
from tests.compliance.cards import words
from tests.compliance.cards.card import Box
from tests.compliance.case import MediaFormat
from tests.fakes.confined import FakeConfinedJobs

_SIZES = ("540x540", "1080x1080", "1080x1350", "1200x628", "600x900", "800x800", "1080x1920", "1600x900", "970x500")
_RENDER_ID = "00000000-0000-4000-8000-000000000001"


@dataclass(frozen=True, eq=False)
class OwnRender:
    """One render without any violation, with its logo where its plan says."""

    kit: OrgKit = field(repr=False)
    plan: RenderPlan = field(repr=False)
    data: bytes = field(repr=False)
    media_format: MediaFormat
    logo: LogoPicture

    @cached_property
    def image(self) -> Image.Image:
        """Its pixels; never changed in place."""
        return Image.open(io.BytesIO(self.data)).convert("RGB")

    @property
    def logo_box(self) -> Box:
        """Of the logo's ink, in whole pixels."""
        assert self.plan.logo_box_px is not None
        x0, y0, x1, y1 = self.plan.logo_box_px
        return int(x0), int(y0), round(x1 + 0.5), round(y1 + 0.5)

    @property
    def logo_ground(self) -> str:
        """What the logo stands on."""
        ground = self.plan.logo_ground_hex or self.plan.background_hex
        assert ground is not None
        return ground

    @property
    def copy(self) -> tuple[str, ...]:
        """The words that it was asked to show."""
        plan = self.plan
        told = (plan.headline, plan.body, plan.call_to_action, plan.date, plan.price, plan.url, plan.legal)
        return tuple(text for text in (*told, *plan.extra) if text)


def own_render(kit: OrgKit, rng: random.Random) -> OwnRender | None:
    """A render of the brand with a headline, and mostly a line below it; None where the product makes none."""
    lines = [rng.choice(words.HEADLINES)] + ([rng.choice(words.BODIES)] if rng.random() < 0.7 else [])
    media_format: MediaFormat = rng.choice(("png", "png", "jpg", "webp"))
    body = {
        "project_id": "spring",
        "prompts": {"task": "create", "instruction": "Poster: " + " and ".join(f'"{line}"' for line in lines)},
        "outputs": {"count": 1, "format": media_format, "dimensions": rng.choice(_SIZES)},
    }
    try:
        record = render_request(
            body, kit.canon, org_id=ORG, render_id=_RENDER_ID, canon_version=kit.canon.version, evidence=kit.evidence,
            store=kit.store, jobs=FakeConfinedJobs(), fonts=font_shelf(),
        )  # fmt: skip
    except SgdError:
        return None
    [output] = record.outputs
    name = next((art.file_name for art in kit.files.kit.logos if art.sha256 == output.plan.logo_sha256), None)
    logo = next((picture for picture in kit.logos if picture.file_name == name), None)
    if logo is None or output.plan.logo_box_px is None or output.critique.violations or output.plan.unmet:
        return None
    return OwnRender(kit, output.plan, kit.store.get(output.key), media_format, logo)


def with_words(render: OwnRender, **changes: str | None) -> Image.Image | None:
    """The picture of the same plan with other words in it; None where its layout does not hold them."""
    plan = render.plan.model_copy(update=changes)
    try:
        made = make_picture(plan, render.kit.files.files_for(plan, {}), "png", FakeConfinedJobs())
    except SgdError:
        return None
    same_place = made.plan.layout == render.plan.layout and not made.plan.unmet
    return Image.open(io.BytesIO(made.data)).convert("RGB") if same_place else None
