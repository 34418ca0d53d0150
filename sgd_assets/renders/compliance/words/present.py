"""Rule `text_present`: a picture that was planned with a headline shows it. What must not live here: which words."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Pictures of the logo alone have no headline to show."""
    plan, scene = case.plan, case.scene
    if plan is None or scene is None:
        return not_told("the scene of the picture is not known")
    if plan.headline and not scene.texts and plan.layout != "mark":
        return Outcome((Breach("the headline is not on the picture", "use a larger format or a shorter headline"),))
    return Outcome()


RULE = Rule("text_present", measure)
