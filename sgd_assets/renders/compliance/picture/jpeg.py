"""Rule `jpeg_artefacts`: coding with loss left no blocks or rings to be seen. What must not live here: blur."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """By the JPEG quality that file or pixels tell of: pixels keep it when the picture is saved anew."""
    coding = case.seen.coding
    if coding is None:
        return not_told("the file itself is not at hand")
    least = limits["least_quality"]
    if coding.jpeg_quality is None:
        return Outcome(threshold=least)
    quality = float(coding.jpeg_quality)
    measured = {"jpeg_quality": quality}
    if quality >= least:
        return Outcome(value=quality, threshold=least, measured=measured)
    breach = Breach(
        f"the picture shows blocks and rings of strong compression (quality {quality:.0f} of 100)",
        "export it again from its source",
    )
    return Outcome((breach,), quality, least, measured=measured)


RULE = Rule("jpeg_artefacts", measure)
