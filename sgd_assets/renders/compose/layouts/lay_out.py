"""Lays a plan out: in the layout it names, and where that has no room for all words, in another that has.

From `RenderPlan` and `Kit` to a `Scene` that says which layout it is and which words found no room. What must not live
here: geometry.
"""

from dataclasses import replace

from sgd_assets.renders.compose.layouts.catalogue import FAMILIES, ON_PANELS, format_of, names_for
from sgd_assets.renders.compose.parts.canvas import Canvas, Kit
from sgd_assets.renders.compose.parts.elements import MANNERS
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.model import RenderPlan

_MOST_TRIED = 6  # each costs the shaping of all words; the roomiest come first
_ROOMY = (
    "banner_type", "banner_type_flip", "banner", "banner_block", "tower_type", "tower_type_flip", "frieze",
    "statement_foot", "spine", "ledger", "footer",
    "centred", "framed", "split", "mini",
)  # fmt: skip
_PLAIN = (
    "statement", "framed", "statement_foot", "centred", "ledger", "banner_type", "banner", "banner_flip", "tower_type",
    "tower", "tower_flip",
)  # fmt: skip
"""Families for any words, on one ground."""
_LARGE_ART = ("poster", "split", "frame", "window", "poster_flip", "split_flip", "banner", "tower")


def lay_out(plan: RenderPlan, kit: Kit) -> Scene:
    """The scene of a plan; `scene.layout` is the layout it came out in, `scene.dropped` what has no room in any."""
    assert plan.width_px is not None
    assert plan.height_px is not None
    assert plan.layout is not None
    canvas = Canvas(plan, kit, plan.width_px, plan.height_px)
    others = _others(canvas, plan.layout)
    best = _in(canvas, plan.layout if _serves(canvas, plan.layout) or not others else _in_place_of(canvas, others))
    if _hides_subject(best) and plan.picture_edit is None and (beside := _in_place_of(canvas, others)) in _LARGE_ART:
        best = _in(canvas, beside)
    for name in others[:_MOST_TRIED]:
        if not best.dropped:
            break
        tried = _in(canvas, name)
        if _loss(tried) < _loss(best):
            best = tried
    return best


def _in(canvas: Canvas, name: str) -> Scene:
    return replace(FAMILIES[name].draw(canvas), layout=name)


def _in_place_of(canvas: Canvas, others: tuple[str, ...]) -> str:
    """For a layout that cannot be: one that shows the picture large, where there is one to show; else the roomiest."""
    fit = [name for name in (_LARGE_ART if canvas.picture_keys else _PLAIN) if name in others]
    return fit[canvas.plan.seed % len(fit)] if fit else others[0]


def _hides_subject(scene: Scene) -> bool:
    """Whether words cover more of a picture's subject than is seen of it, in every crop."""
    return scene.backdrop is not None and scene.backdrop.window.hidden > scene.backdrop.window.seen


def _serves(canvas: Canvas, name: str) -> bool:
    """Whether a layout can give the logo its place, and its picture the page."""
    family, place = FAMILIES[name], canvas.plan.logo_corner
    if family.art == "backdrop" and not canvas.has_backdrop:
        return False
    return (place is None or place in family.places) and (name not in ON_PANELS or bool(canvas.panels()))


def _others(canvas: Canvas, first: str) -> tuple[str, ...]:
    """Other layouts that keep every wish, the roomiest first."""
    names = names_for(
        format_of(canvas.width, canvas.height),
        logo_place=canvas.plan.logo_corner,
        has_motif=canvas.has_ornaments,
        has_pictures=bool(canvas.picture_keys),
    )
    ordered = sorted(names, key=lambda name: _ROOMY.index(name) if name in _ROOMY else len(_ROOMY))
    if canvas.plan.seed % 2 and len(ordered) > 1:  # variations that fall back to the roomiest do not all take the same
        ordered[0], ordered[1] = ordered[1], ordered[0]
    return tuple(name for name in ordered if name != first and _serves(canvas, name))


def _loss(scene: Scene) -> int:
    """What the words left out weigh."""
    return sum(MANNERS[role].weight for role, _ in scene.dropped)
