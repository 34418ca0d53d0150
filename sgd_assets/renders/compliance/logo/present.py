"""Rule `logo_present`: the logo is on the picture. What must not live here: whether it is as it should be."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Of our own pictures those that were planned with a logo have one; of others every one that has room for it."""
    if case.scene is not None and not case.seen.has_looked_for_logo:
        if case.plan is None or case.plan.logo_sha256 is None or case.scene.logo is not None:
            return Outcome()
        return Outcome((Breach("the logo does not fit the format with its clear space", "use a larger format"),))
    if not case.seen.has_looked_for_logo:
        return not_told("there is no drawing of the logo to look for")
    if case.plan is not None and case.plan.logo_sha256 is None:
        return Outcome()
    if case.seen.logo is not None:
        return Outcome(value=round(case.seen.logo.likeness, 3))
    if min(case.width_px, case.height_px) < limits["least_side_px"]:
        return not_told("the picture is too small for a logo that could be told")
    return Outcome((Breach("the logo is not on the picture", "place one of the brand's logo files on it"),), 0.0)


RULE = Rule("logo_present", measure)
