"""Small shapes that give a page its order: rules, lines, quarter discs in a corner, a border.

What must not live here: patterns (`compose/motifs/`).
"""

from sgd_assets.renders.compose.parts.boxes import Rect, filled, inset
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import Block


def corner_discs(canvas: Canvas, y: float, radius: float) -> tuple[str, ...]:
    """Two quarter discs that bleed off the right edge at the top or the foot; none where there is no room."""
    if radius < canvas.short * 0.12 or not canvas.has_ornaments:
        return ()
    colours = [value for value in (canvas.accent, *canvas.plan.art_hex) if value != canvas.background]
    others = [value for value in dict.fromkeys(colours) if value != canvas.accent] or [canvas.background]
    inner = others[canvas.plan.seed % len(others)]
    share = (0.42, 0.5, 0.58)[canvas.plan.seed // 7 % 3]
    return (
        f'<circle cx="{canvas.width}" cy="{y:g}" r="{radius:.2f}" fill="{canvas.accent}"/>',
        f'<circle cx="{canvas.width}" cy="{y:g}" r="{radius * share:.2f}" fill="{inner}"/>',
    )


def rule_above(canvas: Canvas, block: Block) -> tuple[str, ...]:
    """A short accent rule over a left-aligned headline; none where it would leave the page or stand alone."""
    if not block.texts or block.texts[0].anchor != "start":
        return ()
    thick = max(2, round(canvas.short * 0.008))
    head = block.texts[0]
    y = round(head.top - min(head.text.size_px * 0.34, canvas.margin * 0.5)) - thick
    x = round(head.x)
    return (filled((x, y, x + round(canvas.short * 0.1), y + thick), canvas.accent),) if y > 0 else ()


def line(canvas: Canvas, x0: int, x1: int, y: float, hex_value: str | None = None) -> str:
    """A thin line across."""
    thick = max(1, round(canvas.short * 0.003))
    top = round(y)
    return filled((x0, top, x1, top + thick), hex_value or canvas.inks(canvas.background).text)


def border(box: Rect, thick: int, hex_value: str, inner_hex: str) -> tuple[str, ...]:
    """A frame of one colour around a ground of another."""
    return filled(box, hex_value), filled(inset(box, thick), inner_hex)
