"""Rule `off_palette_region`: no flat area of a colour outside the palette, however much of the rest keeps to it.

What must not live here: the share of the whole picture.
"""

from collections.abc import Sequence

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.colours.surface import FlatArea
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_resources.colour import rgb_of

_MOST = 6
_SAME = 10  # of 255: areas of a pattern differ by no more


def measure(case: Case, limits: Limits) -> Outcome:
    """Areas by their share of the picture, those of one colour together; the largest share is the rule's value."""
    surface = case.surface
    if surface is None:
        return not_told("nothing on the picture is to be judged by its colour")
    most = limits["most_share"]
    groups = _by_colour(surface.flat_areas, most)
    value = max((_share(group) for group in groups), default=0.0)
    breaches = tuple(_breach(group) for group in groups[:_MOST] if _share(group) > most)
    return Outcome(breaches, round(value, 5), most, measured={"off_palette_region_ratio": round(value, 5)})


def _by_colour(areas: Sequence[FlatArea], most: float) -> list[list[FlatArea]]:
    """Large areas by themselves; small ones of one colour, as the dots of a pattern, together: largest share first."""
    groups: list[list[FlatArea]] = [[area] for area in areas if area.share > most]
    small: list[list[FlatArea]] = []
    for area in areas:
        if area.share > most or area.is_in_photo:
            continue
        group = next((group for group in small if _is_same(group[0].hex, area.hex)), None)
        if group is None:
            small.append([area])
        else:
            group.append(area)
    return sorted((*groups, *small), key=lambda group: -_share(group))


def _is_same(first: str, second: str) -> bool:
    return max(abs(one - other) for one, other in zip(rgb_of(first), rgb_of(second), strict=True)) <= _SAME


def _share(group: Sequence[FlatArea]) -> float:
    return sum(area.share for area in group)


def _breach(group: Sequence[FlatArea]) -> Breach:
    area, share = group[0], _share(group)
    what = "an area of" if len(group) == 1 else f"{len(group)} areas, together"
    return Breach(
        message=f"{what} {share:.1%} of the picture {'is' if len(group) == 1 else 'are'} {area.hex}, "
        f"which the palette does not hold (ΔE00 {area.delta_e:.0f} from {area.nearest_hex})",
        repair=f"replace {area.hex} by {area.nearest_hex}",
        boxes=tuple(one.box for one in group),
        value=round(share, 5),
        degree=min(1.0, 0.5 + 5 * share),
    )


RULE = Rule("off_palette_region", measure)
