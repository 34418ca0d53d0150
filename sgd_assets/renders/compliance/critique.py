"""Judges a finished picture by measuring its pixels against the canon (contract `critique`).

The door to the engine (`judge.py`) for a render's own flow, whose scene is known, and for pixels alone. What must not
live here: any rule.
"""

from collections.abc import Sequence

import numpy as np

from sgd_assets.renders.compliance.case import BrandRules, Case, Expected, Seen
from sgd_assets.renders.compliance.judge import judge
from sgd_assets.renders.compliance.policy import Profile, compliance_policy, profile_of
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.model import Critique, RenderPlan
from sgd_resources.colour import BLACK, WHITE, contrast
from sgd_resources.ports import Painter, Raster


def critique_picture(
    raster: Raster,
    *,
    palette: Sequence[str],
    plan: RenderPlan | None = None,
    scene: Scene | None = None,
    painter: Painter | None = None,
    seen: Seen = Seen(),
    expected: Expected = Expected(),
    brand: BrandRules = BrandRules(),
    neutrals: Sequence[str] = (),
    profile: Profile | None = None,
    tells_rules: bool = False,
) -> Critique:
    """Score, violations and what would mend them.

    Args:
        raster: the decoded picture, exactly as delivered.
        palette: hexes that may appear.
        plan: what the picture was made from; with `scene` and `painter` it opens the measures of text and logo.
        scene: where text, logo and pictures stand.
        painter: draws words and logo again to compare with.
        seen: what was found in pixels and file, where the scene is not known.
        expected: the copy, size and format that were asked for.
        brand: what the canon says beside its palette.
        neutrals: colours that may appear beside the palette.
        profile: weights and limits; the policy's own choice when unset.
        tells_rules: whether the verdict of every rule is told.

    Returns:
        The critique; its score is 1.0 when every rule is kept. Deterministic.
    """
    pixels = np.frombuffer(raster.rgba, np.uint8).reshape(raster.height_px, raster.width_px, 4)
    case = Case(
        pixels,
        tuple(palette),
        plan=plan,
        scene=scene,
        painter=painter,
        seen=seen,
        expected=expected,
        brand=brand,
        neutrals=tuple(neutrals),
    )
    return judge(case, profile or profile_of(compliance_policy()), tells_rules=tells_rules)


def neutral_for(ground_hex: str) -> str:
    """Black or white, whichever reads better on a ground."""
    return max((WHITE, BLACK), key=lambda value: contrast(value, ground_hex))
