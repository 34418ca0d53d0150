"""Rule `logo_rotation`: the logo stands upright.

What must not live here: measuring it (`sgd_resources/sight`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Against the drawing that the evidence holds."""
    seen = case.seen.logo
    if seen is None:
        return not_told("no logo was found on the picture")
    value, most = round(abs(seen.angle_deg), 2), limits["most_deg"]
    if value <= most:
        return Outcome(value=value, threshold=most)
    breach = Breach(f"the logo is turned by {value:.1f}°", "set the logo upright", (seen.box,))
    return Outcome((breach,), value, most)


RULE = Rule("logo_rotation", measure)
