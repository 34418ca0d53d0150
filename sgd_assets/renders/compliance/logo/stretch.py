"""Rule `logo_stretch`: the logo keeps its proportions.

What must not live here: measuring it (`sgd_resources/sight`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.logo.one_fault import bend, is_stretched, most_bend
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Against the drawing that the evidence holds."""
    seen = case.seen.logo
    if seen is None:
        return not_told("no logo was found on the picture")
    value, most = bend(seen), most_bend(seen, limits)
    if not is_stretched(seen, limits):
        return Outcome(value=value, threshold=most)
    breach = Breach(
        f"the logo is {value:.0%} {_side(seen.stretch)} than its drawing",
        "scale the logo in both directions alike",
        (seen.box,),
    )
    return Outcome((breach,), value, most)


def _side(stretch: float) -> str:
    return "wider" if stretch > 1 else "taller"


RULE = Rule("logo_stretch", measure)
