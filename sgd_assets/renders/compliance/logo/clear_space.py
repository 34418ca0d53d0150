"""Rule `logo_clear_space`: nothing stands in the logo's clear space, in the logo's own units.

What must not live here: reading the guide's measure (`plan/clear_space.py`).
"""

import numpy as np

from sgd_assets.renders.compliance.boxes import Box, whole
from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.logo.placed import PLAIN, VEILED, intrusion_share, is_on_picture
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_resources.colour import rgb_of
from sgd_resources.ports.sight import LogoSeen

_REPAIR = "move the logo away from what intrudes, or make it smaller"


def measure(case: Case, limits: Limits) -> Outcome:
    """The share of the zone that is not plain ground."""
    scene = case.scene
    logo = scene.logo if scene is not None else None
    if scene is not None and logo is not None:
        share = round(intrusion_share(case.pixels, logo, plain=VEILED if is_on_picture(scene) else PLAIN), 5)
        measured = {
            "logo_intrusion_ratio": share,
            "logo_height_px": round(logo.box[3] - logo.box[1], 2),
            "logo_clear_space_px": round(logo.box[0] - logo.clear_box[0], 2),
        }
        return _outcome(share, limits["most_share"], logo.clear_box, measured)
    seen, ratio = case.seen.logo, case.brand.clear_space_ratio
    if scene is not None or seen is None:
        return not_told("no logo was found on the picture")
    if ratio is None:
        return not_told("the guide states no clear space")
    if seen.ground_hex is None:
        return not_told("the logo stands on no plain ground")
    share, zone = _read_intrusion(case, seen, ratio)
    return _outcome(round(share, 5), limits["most_share_read"], zone, {"logo_intrusion_ratio": round(share, 5)})


def _outcome(share: float, most: float, zone: Box, measured: dict[str, float]) -> Outcome:
    if share <= most:
        return Outcome(value=share, threshold=most, measured=measured)
    breach = Breach(f"{share:.1%} of the logo's clear space is not plain ground", _REPAIR, (zone,))
    return Outcome((breach,), share, most, measured=measured)


def _read_intrusion(case: Case, seen: LogoSeen, ratio: float) -> tuple[float, Box]:
    """Share of the zone around a found logo that is not its ground; its rim belongs to the logo's edge."""
    x0, y0, x1, y1 = seen.box
    margin = ratio * min(x1 - x0, y1 - y0) * _HELD
    zone = (x0 - margin, y0 - margin, x1 + margin, y1 + margin)
    zx0, zy0, zx1, zy1 = whole(zone, case.pixels)
    region = case.pixels[zy0:zy1, zx0:zx1, :3].astype(np.int16)
    assert seen.ground_hex is not None
    is_other = np.abs(region - np.array(rgb_of(seen.ground_hex), np.int16)).max(axis=2) > _OTHER
    rim = max(4.0, 0.12 * min(x1 - x0, y1 - y0))
    lx0, ly0, lx1, ly1 = whole((x0 - rim, y0 - rim, x1 + rim, y1 + rim), case.pixels)
    is_other[max(0, ly0 - zy0) : ly1 - zy0, max(0, lx0 - zx0) : lx1 - zx0] = False
    outside = 1.0 - region.shape[0] * region.shape[1] / max((zone[2] - zone[0]) * (zone[3] - zone[1]), 1.0)
    ring = max(region.shape[0] * region.shape[1] - (ly1 - ly0) * (lx1 - lx0), 1)
    return max(float(is_other.sum() / ring), outside if outside > _OFF_CANVAS else 0.0), zone


_HELD = 0.85
"""Of the zone is judged: a found logo's box is a pixel or two off."""
_OTHER = 40  # of 255: coding rings around edges by less
_OFF_CANVAS = 0.06  # of the zone: a logo that stands this near to the edge has lost its clear space

RULE = Rule("logo_clear_space", measure)
