"""Rule `logo_stretch`: the logo keeps its proportions.

What must not live here: measuring it (`sgd_resources/sight`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_resources.ports.sight import LogoSeen

_DOUBT_PX, _DOUBT_OF_DAMAGED = 2.0, 0.5


def measure(case: Case, limits: Limits) -> Outcome:
    """Against the drawing that the evidence holds."""
    seen = case.seen.logo
    if seen is None:
        return not_told("no logo was found on the picture")
    value, most = round(max(seen.stretch, 1 / seen.stretch) - 1, 4), round(limits["most_stretch"] + _doubt(seen), 4)
    if value <= most:
        return Outcome(value=value, threshold=most)
    breach = Breach(
        f"the logo is {value:.0%} {_side(seen.stretch)} than its drawing",
        "scale the logo in both directions alike",
        (seen.box,),
    )
    return Outcome((breach,), value, most)


def _doubt(seen: LogoSeen) -> float:
    """How far the measure itself may be off: a pixel at each end of a small logo, and what is left of a covered one."""
    x0, y0, x1, y1 = seen.box
    return _DOUBT_PX / max(min(x1 - x0, y1 - y0), 1.0) + _DOUBT_OF_DAMAGED * seen.missing


def _side(stretch: float) -> str:
    return "wider" if stretch > 1 else "taller"


RULE = Rule("logo_stretch", measure)
