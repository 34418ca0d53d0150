"""Rule `blur`: the sharpest edges of the picture are sharp. What must not live here: blocks of compression."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Sharpness is the share of an edge's height that its steepest pixel takes: 1 is a cut, 0.4 one pixel's blur."""
    coding = case.seen.coding
    if coding is None:
        return not_told("the file itself is not at hand")
    if coding.sharpness < 0:
        return not_told("the picture has no edges to measure")
    sharpness, least = round(coding.sharpness, 3), limits["least_sharpness"]
    if sharpness >= least:
        return Outcome(value=sharpness, threshold=least)
    breach = Breach(
        "the picture is blurred: not one of its edges is sharp", "export it at its own size from its source"
    )
    return Outcome((breach,), sharpness, least)


RULE = Rule("blur", measure)
