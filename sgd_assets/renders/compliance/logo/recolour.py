"""Rule `logo_recolour`: the logo keeps its own colours.

What must not live here: measuring it (`sgd_resources/sight`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Against the drawing that the evidence holds."""
    seen = case.seen.logo
    if seen is None:
        return not_told("no logo was found on the picture")
    value, most = round(seen.colour_away, 2), limits["most_delta_e"]
    if value <= most:
        return Outcome(value=value, threshold=most)
    breach = Breach(
        f"the logo is drawn in {_told(seen.hexes)}, which none of its files is",
        "place the logo file in its own colours",
        (seen.box,),
    )
    return Outcome((breach,), value, most)


def _told(hexes: tuple[str, ...]) -> str:
    return ", ".join(hexes[:3]) or "other colours"


RULE = Rule("logo_recolour", measure)
