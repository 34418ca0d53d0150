"""The scene of a picture of ours, laid out again from its plan and files: a plan and pixels in, a `Scene` or None out.

None where the picture is no longer that scene: another size, moved words, fonts or references that are gone. Then it is
judged by its pixels. What must not live here: any rule, layouts (`compose/`).
"""

from sgd_assets.renders.compliance.boxes import Box, Pixels
from sgd_assets.renders.compliance.words.as_drawn import outline_likeness
from sgd_assets.renders.compose.layouts.catalogue import FAMILIES
from sgd_assets.renders.compose.layouts.lay_out import lay_out
from sgd_assets.renders.compose.parts.canvas import Kit
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.compose.type.faces_of_plan import faces_of_plan
from sgd_assets.renders.compose.type.settable import Unsettable
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.picture_files import PictureFiles
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import Painter

_SAME_PX = 0.5  # between the place that the plan noted and the one it is given again
_STANDS = 0.7
"""Correlation with a text's outlines from which it stands where it was set: moved by half a letter it is below 0.3,
coded at quality 40 or painted in another colour above 0.85."""


def scene_again(plan: RenderPlan, files: PictureFiles, pixels: Pixels, painter: Painter) -> Scene | None:
    """The scene, where at least one of its texts stands on the picture as it was set."""
    if plan.layout is None or FAMILIES[plan.layout].art == "backdrop":
        return None  # where words stand on a picture that fills the page is chosen by looking at that picture
    if (plan.height_px, plan.width_px) != pixels.shape[:2]:
        return None
    try:
        plan, pair = faces_of_plan(plan, files.fonts, painter.fonts)
        scene = lay_out(plan, Kit(pair, files.logo))
    except (Unsettable, ValidationFailed, StopIteration):
        return None
    if not _is_same(scene.logo.box if scene.logo is not None else None, plan.logo_box_px):
        return None
    stands = any(outline_likeness(pixels, text, painter) >= _STANDS for text in scene.texts)
    return scene if stands else None


def _is_same(box: Box | None, noted: Box | None) -> bool:
    if box is None or noted is None:
        return box is None and noted is None
    return all(abs(first - second) <= _SAME_PX for first, second in zip(box, noted, strict=True))
