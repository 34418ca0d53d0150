"""The figures of a motif as SVG: each takes the brand's corners, from sharp to fully round."""

from sgd_assets.renders.model import MotifTraits

ROUND, SHARP = 0.66, 0.2
"""Roundness from which a brand's figure is a disc, and below which it is a polygon."""


def rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 0.0) -> str:
    """A rectangle, with corners of a radius in pixels."""
    corners = f' rx="{radius:.2f}"' if radius > 0.4 else ""
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"{corners} fill="{fill}"/>'


def ellipse(cx: float, cy: float, rx: float, ry: float, fill: str) -> str:
    """An ellipse."""
    return f'<ellipse cx="{cx:.2f}" cy="{cy:.2f}" rx="{rx:.2f}" ry="{ry:.2f}" fill="{fill}"/>'


def polygon(points: list[tuple[float, float]], fill: str) -> str:
    """A polygon."""
    return f'<polygon points="{" ".join(f"{x:.2f},{y:.2f}" for x, y in points)}" fill="{fill}"/>'


def figure(cx: float, cy: float, rx: float, ry: float, fill: str, traits: MotifTraits) -> str:
    """The brand's own figure about a centre: a disc, a square with its corners, or, where slants lead, a rhomb."""
    if traits.roundness >= ROUND:
        return ellipse(cx, cy, rx, ry, fill)
    if traits.slant >= 0.3 and traits.roundness < 0.5:
        return polygon([(cx, cy - ry), (cx + rx, cy), (cx, cy + ry), (cx - rx, cy)], fill)
    return rect(cx - rx, cy - ry, 2 * rx, 2 * ry, fill, min(rx, ry) * traits.roundness)


def quarter(x: float, y: float, w: float, h: float, fill: str, corner: int, traits: MotifTraits) -> str:
    """A quarter of a cell's figure about one corner: an arc for round brands, a cut corner for slanted, else a step."""
    cx, cy = (x if corner in (0, 3) else x + w), (y if corner in (0, 1) else y + h)
    ax, by = (x + w if corner in (0, 3) else x), (y + h if corner in (0, 1) else y)
    if traits.roundness < SHARP or (traits.slant >= 0.3 and traits.roundness < 0.5):
        if traits.slant >= 0.3:
            return polygon([(cx, cy), (ax, cy), (cx, by)], fill)
        mx, my = (cx + ax) / 2, (cy + by) / 2
        return polygon([(cx, cy), (ax, cy), (ax, my), (mx, my), (mx, by), (cx, by)], fill)
    rx, ry = w * traits.roundness, h * traits.roundness
    sweep = 1 if corner in (0, 2) else 0
    far_y, far_x = (by - ry if by > cy else by + ry), (ax - rx if ax > cx else ax + rx)
    return (
        f'<path fill="{fill}" d="M{cx:.2f} {cy:.2f}L{ax:.2f} {cy:.2f}L{ax:.2f} {far_y:.2f}'
        f'A{rx:.2f} {ry:.2f} 0 0 {sweep} {far_x:.2f} {by:.2f}L{cx:.2f} {by:.2f}Z"/>'
    )


def leaf(x: float, y: float, w: float, h: float, fill: str, *, rising: bool, traits: MotifTraits) -> str:
    """A cell with two opposite corners rounded as the brand's are, or cut where its lines slant."""
    amount = max(traits.roundness, 0.35)
    rx, ry = w * amount, h * amount
    if traits.slant >= 0.3 and traits.roundness < 0.5:
        return polygon(_cut_corners(x, y, w, h, amount, rising=rising), fill)
    arc = f"A{rx:.2f} {ry:.2f} 0 0 1"
    if rising:  # top left and bottom right are round
        path = (
            f"M{x:.2f} {y + ry:.2f}{arc} {x + rx:.2f} {y:.2f}H{x + w:.2f}V{y + h - ry:.2f}"
            f"{arc} {x + w - rx:.2f} {y + h:.2f}H{x:.2f}Z"
        )
    else:
        path = (
            f"M{x:.2f} {y:.2f}H{x + w - rx:.2f}{arc} {x + w:.2f} {y + ry:.2f}V{y + h:.2f}"
            f"H{x + rx:.2f}{arc} {x:.2f} {y + h - ry:.2f}Z"
        )
    return f'<path fill="{fill}" d="{path}"/>'


def _cut_corners(x: float, y: float, w: float, h: float, amount: float, *, rising: bool) -> list[tuple[float, float]]:
    dx, dy = w * amount * 0.7, h * amount * 0.7
    if rising:
        return [(x, y + dy), (x + dx, y), (x + w, y), (x + w, y + h - dy), (x + w - dx, y + h), (x, y + h)]
    return [(x, y), (x + w - dx, y), (x + w, y + dy), (x + w, y + h), (x + dx, y + h), (x, y + h - dy)]
