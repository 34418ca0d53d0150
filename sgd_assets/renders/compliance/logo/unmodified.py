"""Rule `logo_unmodified`: where the logo was placed stands the logo, and nothing else.

What must not live here: what was done to one that can still be told (the rules beside this one).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.logo.placed import is_on_picture, logo_difference
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Mean difference of the channels: scaling stays below the limit, coding with loss below its own."""
    scene, painter = case.scene, case.painter
    if scene is None or painter is None or scene.logo is None:
        return not_told("the logo's place is not known from a scene")
    on_picture = is_on_picture(scene)
    is_lossy = case.surface is not None and case.surface.is_lossy
    most = limits["most_difference_lossy" if is_lossy else "most_difference"]
    if on_picture:
        # Beside a photograph WebP is coded with loss and blurs the colour of thin letters; another logo differs by 0.1.
        most = limits["most_difference_on_picture"]
    difference = round(logo_difference(case.pixels, scene.logo, painter, is_on_picture=on_picture), 5)
    measured = {"logo_difference_ratio": difference}
    if difference <= most or case.seen.logo is not None:
        return Outcome(value=difference, threshold=most, measured=measured)
    breach = Breach(
        "the logo on the picture is not the logo of the evidence", "place the logo file as it is", (scene.logo.box,)
    )
    return Outcome((breach,), difference, most, measured=measured)


RULE = Rule("logo_unmodified", measure)
