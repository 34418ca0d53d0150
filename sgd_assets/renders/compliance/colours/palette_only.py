"""Rule `palette_only`: the share of the picture that keeps to the palette. What must not live here: single areas."""

import numpy as np

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.colours.surface import Surface
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_resources.colour import hex_of

_LISTED = 3
_LEAST_LISTED = 0.002  # of the judged samples


def measure(case: Case, limits: Limits) -> Outcome:
    """Photographs, the logo and what coding left around edges are no colours of the picture."""
    surface = case.surface
    if surface is None:
        return not_told("nothing on the picture is to be judged by its colour")
    judged = surface.is_judged & ~surface.is_photo & ~surface.is_smeared
    if not judged.any():
        return not_told("the picture is a photograph")
    share = float((surface.is_kept & judged).sum() / judged.sum())
    least = limits["least_share"]
    measured = {"palette_share_ratio": round(share, 5)}
    if share >= least:
        return Outcome(value=share, threshold=least, measured=measured)
    strays = _strays(surface, judged & ~surface.is_kept)
    listed = ", ".join(f"{hex_value} ({part:.1%})" for hex_value, part, _ in strays) or "many colours"
    breach = Breach(
        message=f"{share:.1%} of the pixels keep to the palette, at least {least:.0%} must; outside it: {listed}",
        repair="; ".join(f"replace {hex_value} by {near}" for hex_value, _, near in strays)
        or "redraw in the palette's colours",
        boxes=tuple(area.box for area in surface.flat_areas[:_LISTED]),
        # A lost tenth of the picture is already grave; a picture of other colours loses the whole weight.
        degree=min(1.0, 0.08 + (least - share) * 1.5),
    )
    return Outcome((breach,), share, least, measured=measured)


def _strays(
    surface: Surface, is_stray: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"
) -> list[tuple[str, float, str]]:
    """(hex, share of the judged samples, nearest palette colour) of the commonest colours outside the palette."""
    rgb = surface.rgb[is_stray].astype(np.uint32)
    packed = (rgb[:, 0] << 16) | (rgb[:, 1] << 8) | rgb[:, 2]
    values, first, counts = np.unique(packed, return_index=True, return_counts=True)
    nearest = surface.nearest[is_stray]
    total = max(int(surface.is_judged.sum()), 1)
    found = []
    for index in np.argsort(-counts, kind="stable")[:_LISTED]:
        share = float(counts[index] / total)
        if share >= _LEAST_LISTED:
            value = int(values[index])
            hex_value = hex_of(value >> 16, (value >> 8) & 255, value & 255)
            found.append((hex_value, share, surface.allowed[int(nearest[first[index]])]))
    return found


RULE = Rule("palette_only", measure)
