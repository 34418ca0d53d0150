"""One picture within its bounds of time and memory: with the brand's logo and fonts, else without, and then it says so.

A logo or font that is harmless alone may still cost too much in one picture. What must not live here: the bounds.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brand_files import BrandFiles
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.model import Critique, PlannedImagery, Violation
from sgd_assets.renders.pictures import MadePicture, make_picture
from sgd_assets.renders.plan.direction import Direction
from sgd_assets.renders.plan.draw_up import draw_up_plan
from sgd_assets.renders.progress import Progress
from sgd_assets.renders.prove.recipe import MadeFrom
from sgd_resources.errors import BrokenContract, RejectedEvidence
from sgd_resources.ports import ConfinedJobs

_NO_LOGO, _NO_FONTS = "the logo is left out: with it", "the brand's own font files are left out: with them"
_COSTLY, _BROKEN = "the picture passes its bounds of time or memory", "the picture could not be drawn"
_LOGO_PENALTY = 0.2  # a picture that lacks its logo never scores as one that has it


def make_within_bounds(
    body: Mapping[str, Any],
    canon: Canon,
    brand: BrandFiles,
    pictures: Mapping[str, bytes],
    *,
    brief: Brief,
    index: int,
    jobs: ConfinedJobs,
    direction: Direction | None = None,
    imagery: PlannedImagery | None = None,
    progress: Progress | None = None,
) -> MadePicture:
    """The picture of output `index`; without the logo, then without the brand's fonts, where these cannot be drawn.

    `direction` is what a model chose, `imagery` the picture to show; both as `draw_up_plan` takes them. `progress` is
    told of each step.

    Raises:
        ValidationFailed: as `draw_up_plan`.
        BrokenContract: the bounds are passed even so, or it cannot be drawn; the message says which.
        NotFound, Unavailable: from the store or the confined child.
    """
    progress = progress or Progress()
    tried = brand
    while True:
        is_reduced = tried.kit is not brand.kit
        progress.begin("plan", picture=index)
        plan = draw_up_plan(
            body, canon, tried.kit, brief=brief, index=index,
            direction=direction, imagery=imagery, is_reduced=is_reduced,
            on_guard=partial(progress.begin, "guard", picture=index),
        )  # fmt: skip
        progress.begin("compose", picture=index, takes_time=True)
        try:
            files = tried.files_for(plan, pictures)
            made = make_picture(
                plan, files, body["outputs"]["format"], jobs,
                also=tuple(body["outputs"].get("also") or ()), inks=_inks(canon),
            )  # fmt: skip
        except RejectedEvidence as error:
            tried = _with_less(tried, error, index)
            continue
        progress.was(made.steps)
        return replace(_told(made, tried), made_from=MadeFrom(plan, files, body, brief, direction, imagery))


def _inks(canon: Canon) -> dict[str, tuple[float, float, float, float]]:
    """What the guide prints its colours in, where it says so."""
    colours = [fact.colour for fact in canon.facts if fact.colour is not None]
    return {colour.hex: colour.cmyk for colour in colours if colour.cmyk is not None}


def _with_less(brand: BrandFiles, error: RejectedEvidence, index: int) -> BrandFiles:
    """The brand without its logo, then without its fonts, noting why; where neither is left, the refusal itself."""
    why = _COSTLY if error.reason == "bomb" else _BROKEN
    if brand.kit.logos:
        return brand.without_logos().noting(f"{_NO_LOGO} {why}")
    if brand.kit.brand_fonts:
        return brand.without_fonts().noting(f"{_NO_FONTS} {why}")
    raise BrokenContract(why, details={"index": index, "reason": error.reason}) from error


def _told(made: MadePicture, tried: BrandFiles) -> MadePicture:
    """A picture that lacks the logo for its cost breaks a rule, and its critique says so."""
    if made.plan.logo_sha256 is not None:
        return made
    if left_out := next((note for note in tried.kit.left_out if note.startswith(_NO_LOGO)), None):
        message = left_out
    elif tried.undrawn_logos and not tried.kit.logos:
        message = (
            f"the logo is not on the picture: {tried.undrawn_logos[0].file_name} cannot be drawn within its bounds"
        )
    else:
        return made
    found, repair = made.critique, "upload a simpler drawing of the logo"
    return replace(
        made,
        critique=Critique(
            score=round(max(found.score - _LOGO_PENALTY, 0.0), 4),
            violations=(*found.violations, message),
            repair_suggestions=tuple(dict.fromkeys((*found.repair_suggestions, repair))),
            findings=(*found.findings, Violation(rule="logo_present", message=message)),
            measurements=found.measurements,
        ),
    )
