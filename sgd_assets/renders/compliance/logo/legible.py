"""Rule `logo_legible`: the logo stands on a ground that shows it, and on a calm one.

What must not live here: how legible a drawing is on a ground (`compose/logos.py`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.logo.placed import ground_around
from sgd_assets.renders.compliance.logo.small import is_small
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_assets.renders.compose.scene import LogoPlacement

_COVERED = 0.05  # of the ink, as `logo_obstruction` counts: a photograph under a logo hides none of it
_CHANGED = 0.5  # of the clear space: less is something that intrudes
_REPAIR = "use a logo variant that is made for this ground, or another ground"


def measure(case: Case, limits: Limits) -> Outcome:
    """Share of the ink that stands out from the ground."""
    least = limits["least_share"]
    scene, seen = case.scene, case.seen.logo
    if scene is not None and scene.logo is not None and seen is None:
        if case.seen.has_looked_for_logo and (outcome := _on_other_ground(case, scene.logo, least)) is not None:
            return outcome
        legible = round(scene.logo.art.legibility(scene.logo.ground_hex), 4)
        measured = {"logo_legibility_ratio": legible}
        if legible >= least:
            return Outcome(value=legible, threshold=least, measured=measured)
        message = f"the logo cannot be read on {scene.logo.ground_hex}"
        repair = "upload a logo variant for this ground"
        return Outcome((Breach(message, repair, (scene.logo.box,)),), legible, least, measured=measured)
    if seen is None:
        return not_told("no logo was found on the picture")
    if seen.ground_hex is None and seen.missing > _COVERED:
        return not_told("something lies over the logo, and its ground cannot be told")
    if seen.ground_hex is None:
        breach = Breach("the logo stands on a restless ground", "put it on a plain area", (seen.box,))
        return Outcome((breach,), 0.0, least)
    least = limits["least_share_read_small" if is_small(seen) else "least_share_read"]
    if seen.legibility >= least:
        return Outcome(value=round(seen.legibility, 4), threshold=least)
    message = f"the logo can hardly be read on {seen.ground_hex}"
    return Outcome((Breach(message, _REPAIR, (seen.box,)),), round(seen.legibility, 4), least)


def _on_other_ground(case: Case, logo: LogoPlacement, least: float) -> Outcome | None:
    """A logo that cannot be found, on a ground that is not the planned one; None where the ground is."""
    ground, changed = ground_around(case.pixels, logo)
    if changed < _CHANGED:
        return None
    legible = round(logo.art.legibility(ground), 4) if ground is not None else 0.0
    if legible >= least:
        return None
    told = f"cannot be read on {ground}" if ground is not None else "stands on a restless ground"
    return Outcome((Breach(f"the logo {told}", _REPAIR, (logo.box,)),), legible, least)


RULE = Rule("logo_legible", measure)
