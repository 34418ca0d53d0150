"""Rule `logo_crop`: the logo is whole, nothing of it is cut off.

What must not live here: measuring it (`sgd_resources/sight`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.logo.one_fault import is_stretched
from sgd_assets.renders.compliance.logo.small import is_small
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Against the drawing that the evidence holds."""
    seen = case.seen.logo
    if seen is None:
        return not_told("no logo was found on the picture")
    value = round(seen.missing, 4)
    most = limits["most_missing_small" if is_small(seen) else "most_missing"]
    if value <= most or not seen.is_cut or is_stretched(seen, limits):
        return Outcome(value=value, threshold=most)
    breach = Breach(f"{value:.0%} of the logo is cut off", "show the whole logo", (seen.box,))
    return Outcome((breach,), value, most)


RULE = Rule("logo_crop", measure)
