"""The art panel: the pictures of the plan where there are any, else the brand's motif, else a flat colour.

What must not live here: what a motif looks like (`compose/motifs/`).
"""

from dataclasses import dataclass

from sgd_assets.renders.compose.motifs.draw import draw_motif
from sgd_assets.renders.compose.parts.boxes import Rect, filled, high, wide
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.scene import PicturePlacement


@dataclass(frozen=True)
class Art:
    """What fills a panel: shapes, or pictures."""

    shapes: tuple[str, ...] = ()
    pictures: tuple[PicturePlacement, ...] = ()


def art_in(canvas: Canvas, box: Rect) -> Art:
    """The art of a panel."""
    if keys := canvas.picture_keys:
        return Art(pictures=_tiled(keys[:4], box, canvas.plan.palette_hex))
    plan = canvas.plan
    ground = plan.surface_hex or canvas.accent
    if plan.motif is None:
        return Art((filled(box, canvas.panel()),))
    colours = plan.art_hex or (canvas.inks(canvas.background).text,)
    return Art((draw_motif(plan.motif, box, ground, colours, plan.seed, plan.motif_traits),))


def _tiled(keys: tuple[str, ...], box: Rect, grounds: tuple[str, ...]) -> tuple[PicturePlacement, ...]:
    """One to four pictures that fill a box, side by side along its longer side."""
    x0, y0, x1, y1 = box
    count, is_wide = len(keys), wide(box) >= high(box)
    placed = []
    for index, key in enumerate(keys):
        if is_wide:
            part = (x0 + wide(box) * index // count, y0, x0 + wide(box) * (index + 1) // count, y1)
        else:
            part = (x0, y0 + high(box) * index // count, x1, y0 + high(box) * (index + 1) // count)
        placed.append(PicturePlacement(key, part, grounds))
    return tuple(placed)
