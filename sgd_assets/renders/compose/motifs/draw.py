"""Draws a motif by its name into a panel. The same seed, colours and traits draw the same pattern.

Shapes bleed off the panel on purpose; the nested SVG clips them.
"""

from collections.abc import Callable, Sequence

from sgd_assets.renders.compose.motifs import scenes, tilings
from sgd_assets.renders.compose.motifs.panel import Dice, Panel
from sgd_assets.renders.compose.parts.boxes import Rect, high, wide
from sgd_assets.renders.model import MotifTraits

_DRAW: dict[str, Callable[[Panel], str]] = {
    "quarters": tilings.quarters, "leaves": tilings.leaves, "dots": tilings.dots, "patches": tilings.patches,
    "pennants": tilings.pennants, "rings": scenes.rings, "bars": scenes.bars, "stripes": scenes.stripes,
    "discs": scenes.bodies, "steps": scenes.steps,
}  # fmt: skip
MOTIFS = tuple(_DRAW)


def draw_motif(
    name: str, box: Rect, ground_hex: str, colours: Sequence[str], seed: int, traits: MotifTraits | None = None
) -> str:
    """The pattern inside `box`, clipped to it.

    Args:
        name: one of `MOTIFS`.
        box: whole pixels.
        ground_hex: of the panel.
        colours: in order; shapes take turns.
        seed: of the choices that the brand leaves open.
        traits: of the brand; plain ones when None.
    """
    x, y, width, height = box[0], box[1], wide(box), high(box)
    panel = Panel(width, height, ground_hex, tuple(colours) or (ground_hex,), traits or MotifTraits(), Dice(seed))
    return (
        f'<svg x="{x}" y="{y}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="{ground_hex}"/>{_DRAW[name](panel)}</svg>'
    )
