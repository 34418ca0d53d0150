"""Rule `dimensions`: the picture has the size that was asked for. What must not live here: its format."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """To the pixel: what a channel asks for it checks to the pixel."""
    width, height = case.expected.width_px, case.expected.height_px
    if width is None or height is None:
        if case.plan is None or case.plan.width_px is None or case.plan.height_px is None:
            return not_told("nobody said what size the picture is to have")
        width, height = case.plan.width_px, case.plan.height_px
    away = float(max(abs(case.width_px - width), abs(case.height_px - height)))
    if away <= limits["most_px"]:
        return Outcome(value=away, threshold=limits["most_px"])
    breach = Breach(
        f"the picture is {case.width_px} x {case.height_px} px, {width} x {height} was asked for",
        f"export it at {width} x {height} px",
    )
    return Outcome((breach,), away, limits["most_px"])


RULE = Rule("dimensions", measure)
