"""Rule `off_palette_region`: no flat area of a colour outside the palette, however much of the rest keeps to it.

What must not live here: the share of the whole picture.
"""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told

_MOST = 6


def measure(case: Case, limits: Limits) -> Outcome:
    """Areas by their share of the picture; the largest is the rule's value."""
    surface = case.surface
    if surface is None:
        return not_told("nothing on the picture is to be judged by its colour")
    most = limits["most_share"]
    areas = surface.flat_areas
    value = areas[0].share if areas else 0.0
    breaches = tuple(
        Breach(
            message=f"an area of {area.share:.1%} of the picture is {area.hex}, which the palette does not hold "
            f"(ΔE00 {area.delta_e:.0f} from {area.nearest_hex})",
            repair=f"replace {area.hex} by {area.nearest_hex}",
            boxes=(area.box,),
            value=round(area.share, 5),
            degree=min(1.0, 0.5 + 5 * area.share),
        )
        for area in areas[:_MOST]
        if area.share > most
    )
    return Outcome(breaches, round(value, 5), most, measured={"off_palette_region_ratio": round(value, 5)})


RULE = Rule("off_palette_region", measure)
