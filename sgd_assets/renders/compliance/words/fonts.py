"""Rule `fonts`: the words are set in the brand's fonts, as far as a plan of ours tells; never guessed from pixels.

What must not live here: choosing fonts (`compose/families.py`).
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """The number of stand-ins among the fonts of the plan."""
    plan = case.plan
    if plan is None or plan.heading_font is None or plan.body_font is None:
        return not_told("fonts are not told from pixels")
    fonts = dict.fromkeys((plan.heading_font, plan.body_font))
    others = [font for font in fonts if font.family.casefold() != font.requested.casefold()]
    breaches = tuple(
        Breach(
            f"{font.family} stands in for {font.requested}: {font.reason}",
            f"upload the font files of {font.requested}",
            is_notice=True,
        )
        for font in others
    )
    return Outcome(breaches, float(len(others)), 0.0)


RULE = Rule("fonts", measure)
