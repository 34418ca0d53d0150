"""Rule `colour_proportions`: each colour's share of the picture, where the guide states one.

What must not live here: reading the guide's statement (`brand_rules.py`).
"""

import numpy as np

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """Shares of the samples that are in the palette; a guide's shares speak of the palette alone."""
    stated, surface = case.brand.proportions, case.surface
    if not stated:
        return not_told("the guide states no proportions of its colours")
    if surface is None:
        return not_told("nothing on the picture is to be judged by its colour")
    inside = surface.is_judged & ~surface.is_photo & (surface.difference <= surface.tolerance)
    if inside.sum() < 0.2 * surface.is_judged.size:
        return not_told("too little of the picture is drawn in the palette")
    counts = np.bincount(surface.nearest[inside], minlength=len(surface.allowed)) / inside.sum()
    shares = dict(zip(surface.allowed, counts.tolist(), strict=True))
    most = limits["most_difference"]
    away = {hex_value: shares.get(hex_value, 0.0) - wanted for hex_value, wanted in stated}
    breaches = tuple(
        Breach(
            message=f"{hex_value} covers {shares.get(hex_value, 0.0):.0%} of the coloured area, the guide asks for "
            f"about {wanted:.0%}",
            repair=f"use {'less' if away[hex_value] > 0 else 'more'} of {hex_value}",
            value=round(shares.get(hex_value, 0.0), 4),
        )
        for hex_value, wanted in stated
        if abs(away[hex_value]) > most
    )
    return Outcome(breaches[:1], round(max(map(abs, away.values())), 4), most)


RULE = Rule("colour_proportions", measure)
