"""Rule `logo_minimum_size`: the logo is not smaller than the guide allows.

What must not live here: reading the guide.
"""

from sgd_assets.renders.compliance.boxes import Box
from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """The logo's height; where the guide states none, the least sides at which a logo is still one."""
    scene = case.scene
    is_read = case.seen.logo is not None
    box = scene.logo.box if scene is not None and scene.logo is not None else None
    stated = case.plan.logo_minimum_px if case.plan is not None else case.brand.logo_minimum_px
    if case.seen.logo is not None:
        box = case.seen.logo.box
    if box is None:
        return not_told("no logo was found on the picture")
    if stated is None and not is_read:
        return _of_drawn(box, limits)
    least = stated if stated is not None else limits["least_px_unstated"]
    height = box[3] - box[1]
    margin = 0.06 * least + 1.0 if is_read else 0.5  # a found logo's box is a pixel or two off
    if height >= least - margin:
        return Outcome(value=round(height, 2), threshold=round(least, 2))
    says = "the canon asks for" if stated is not None else "a logo is told from"
    breach = Breach(f"the logo is {height:.0f} px high, {says} {least:.0f}", "use a larger format", (box,))
    return Outcome((breach,), round(height, 2), round(least, 2))


def _of_drawn(box: Box, limits: Limits) -> Outcome:
    """A logo that was drawn here: its sides are known, so that a small wordmark passes that none would find again."""
    sides = {"wide": box[2] - box[0], "high": box[3] - box[1]}
    least = {"wide": limits["least_width_px_drawn"], "high": limits["least_height_px_drawn"]}
    short = next((side for side in sides if sides[side] < least[side]), None)
    if short is None:
        return Outcome(value=round(sides["high"], 2), threshold=round(least["high"], 2))
    says = f"the logo is {sides[short]:.0f} px {short}, a logo is told from {least[short]:.0f}"
    breach = Breach(says, "use a larger format", (box,))
    return Outcome((breach,), round(sides[short], 2), round(least[short], 2))


RULE = Rule("logo_minimum_size", measure)
