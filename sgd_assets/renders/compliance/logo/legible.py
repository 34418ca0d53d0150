"""Rule `logo_legible`: the logo stands on a ground that shows it, and on a calm one.

What must not live here: how legible a drawing is on a ground (`compose/logos.py`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.logo.small import is_small
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told

_REPAIR = "use a logo variant that is made for this ground, or another ground"


def measure(case: Case, limits: Limits) -> Outcome:
    """Share of the ink that stands out from the ground."""
    least = limits["least_share"]
    scene = case.scene
    if scene is not None and scene.logo is not None:
        legible = round(scene.logo.art.legibility(scene.logo.ground_hex), 4)
        measured = {"logo_legibility_ratio": legible}
        if legible >= least:
            return Outcome(value=legible, threshold=least, measured=measured)
        message = f"the logo cannot be read on {scene.logo.ground_hex}"
        repair = "upload a logo variant for this ground"
        return Outcome((Breach(message, repair, (scene.logo.box,)),), legible, least, measured=measured)
    seen = case.seen.logo
    if scene is not None or seen is None:
        return not_told("no logo was found on the picture")
    if seen.ground_hex is None:
        breach = Breach("the logo stands on a restless ground", "put it on a plain area", (seen.box,))
        return Outcome((breach,), 0.0, least)
    if is_small(seen) or seen.legibility >= limits["least_share_read"]:
        return Outcome(value=round(seen.legibility, 4), threshold=limits["least_share_read"])
    message = f"the logo can hardly be read on {seen.ground_hex}"
    return Outcome((Breach(message, _REPAIR, (seen.box,)),), round(seen.legibility, 4), limits["least_share_read"])


RULE = Rule("logo_legible", measure)
