"""A plan and fonts -> the plan with words that can be set, and the faces that set them.

What must not live here: choosing fonts (`plan/`), setting text (`set_text.py`).
"""

from functools import partial

from sgd_assets.renders.compose.type.settable import cleaned, settable, words_of_plan
from sgd_assets.renders.compose.typefaces import BrandFont, TypePair, open_faces
from sgd_assets.renders.model import RenderPlan
from sgd_resources.ports import FontLibrary


def faces_of_plan(
    plan: RenderPlan, brand_fonts: tuple[BrandFont, ...], fonts: FontLibrary
) -> tuple[RenderPlan, TypePair]:
    """The plan with words that can be set, and the faces that set them.

    Raises:
        Unsettable: no font has the letters of its words. A retry does not help.
    """
    plan = cleaned(plan)
    assert plan.heading_font is not None
    assert plan.body_font is not None
    opened = partial(
        open_faces, brand_fonts=brand_fonts, fonts=fonts, text=words_of_plan(plan),
        language=plan.brief.language if plan.brief is not None else None,
    )  # fmt: skip
    pair = TypePair(opened(plan.heading_font, is_display=True), opened(plan.body_font, is_display=False))
    return settable(plan, pair.heading, pair.body), pair
