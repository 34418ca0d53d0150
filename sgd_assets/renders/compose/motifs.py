"""Flat geometric patterns for a render's art panel, in palette colours only. The same seed draws the same pattern.

From a box, a ground and colours to SVG. Shapes bleed off the box on purpose; the nested SVG clips them.
"""

import hashlib
import math
from collections.abc import Callable, Sequence

MOTIFS = ("quarters", "rings", "leaves", "bars", "discs")


class _Dice:
    """Repeatable choices from a seed; no global state, the same on every machine."""

    def __init__(self, seed: int) -> None:
        self._seed, self._count = seed, 0

    def pick(self, sides: int) -> int:
        """0..sides-1."""
        self._count += 1
        digest = hashlib.sha256(f"{self._seed}:{self._count}".encode()).digest()
        return int.from_bytes(digest[:4], "big") % sides


def draw_motif(
    name: str, box: tuple[float, float, float, float], ground_hex: str, colours: Sequence[str], seed: int
) -> str:
    """The pattern inside `box` (x, y, width, height), clipped to it."""
    x, y, width, height = box
    inner = _DRAW[name](width, height, ground_hex, tuple(colours) or (ground_hex,), _Dice(seed))
    return (
        f'<svg x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" '
        f'viewBox="0 0 {width:.2f} {height:.2f}">'
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="{ground_hex}"/>{inner}</svg>'
    )


def _cells(width: float, height: float, dice: _Dice) -> tuple[int, int, float, float]:
    """Columns, rows and cell sides; the count of rows gives the squarest cells, two or three rows where it can."""
    short = min(width, height)
    wanted = 2 + dice.pick(2) if short > 160 else 2
    options = []
    for rows in range(1, 9):
        columns = max(1, round(width / (height / rows)))
        squareness = abs(math.log((width / columns) / (height / rows)))
        across = rows if height <= width else columns
        options.append((squareness * 6 + abs(across - wanted) * 0.5, columns, rows))
    _, columns, rows = min(options)
    return columns, rows, width / columns, height / rows


def _quarters(width: float, height: float, ground: str, colours: Sequence[str], dice: _Dice) -> str:
    columns, rows, w, h = _cells(width, height, dice)
    parts, previous = [], -1
    for row in range(rows):
        for column in range(columns):
            x, y = column * w, row * h
            kind = dice.pick(8)
            if kind == previous:
                kind = (kind + 3) % 8
            previous = kind
            fill = colours[dice.pick(len(colours))]
            other = colours[dice.pick(len(colours))]
            if kind == 0:
                continue
            if kind == 1:
                parts.append(_rect(x, y, w, h, fill))
                if other != fill:
                    parts.append(_ellipse(x + w / 2, y + h / 2, w * 0.28, h * 0.28, other))
            elif kind == 2:
                parts.append(_ellipse(x + w / 2, y + h / 2, w / 2, h / 2, fill))
            elif kind == 3:
                parts.append(_half(x, y, w, h, fill, dice.pick(4)))
            else:
                if kind == 4 and other != fill:
                    parts.append(_rect(x, y, w, h, other))
                parts.append(_quarter(x, y, w, h, fill, dice.pick(4)))
    return "".join(parts)


def _rings(width: float, height: float, ground: str, colours: Sequence[str], dice: _Dice) -> str:
    corner = dice.pick(2)
    cx, cy = (width if corner == 0 else 0.0), height
    reach = max(width, height) * (1.02 if width > height * 1.3 or height > width * 1.3 else 0.96)
    count = 5
    order = [colours[index % len(colours)] if index % 2 == 0 else ground for index in range(count)]
    if len(colours) > 2:
        order = [colours[index % len(colours)] for index in range(count)]
    return "".join(
        _ellipse(cx, cy, reach * (count - index) / count, reach * (count - index) / count, fill)
        for index, fill in enumerate(order)
    )


def _leaves(width: float, height: float, ground: str, colours: Sequence[str], dice: _Dice) -> str:
    columns, rows, w, h = _cells(width, height, dice)
    parts = []
    for row in range(rows):
        for column in range(columns):
            x, y = column * w, row * h
            fill = colours[dice.pick(len(colours))]
            if dice.pick(7) == 0:
                parts.append(_ellipse(x + w / 2, y + h / 2, w * 0.26, h * 0.26, fill))
            elif (row + column) % 2 == 0:
                parts.append(_leaf(x, y + h, x + w, y, w, h, fill))
            else:
                parts.append(_leaf(x, y, x + w, y + h, w, h, fill))
    return "".join(parts)


def _bars(width: float, height: float, ground: str, colours: Sequence[str], dice: _Dice) -> str:
    """Upright bars with round heads, like a chart that has grown."""
    count = max(4, min(14, round(width / max(height, 1) * 6)))
    step = width / count
    parts = []
    for index in range(count):
        level = 0.28 + 0.64 * (0.5 + 0.5 * math.sin(index * 1.7 + dice.pick(6)))
        top, fill = height * (1 - level), colours[index % len(colours)]
        radius = step * 0.36
        left = index * step + step * 0.14
        parts.append(
            f'<rect x="{left:.2f}" y="{top:.2f}" width="{2 * radius:.2f}" height="{height - top + radius * 2:.2f}" '
            f'rx="{radius:.2f}" fill="{fill}"/>'
        )
    return "".join(parts)


def _discs(width: float, height: float, ground: str, colours: Sequence[str], dice: _Dice) -> str:
    short, long_side = min(width, height), max(width, height)
    radius = min(short * 0.62, long_side * 0.45, width * 0.42)
    small = radius * 0.36
    big_x, big_y = min(width * 0.62, width - radius * 1.04), max(height * 0.60, radius * 1.06)
    parts = [
        _ellipse(big_x, big_y, radius, radius, colours[0]),
        f'<path fill="{colours[-1]}" d="M{big_x - radius:.2f} {big_y:.2f}'
        f'A{radius:.2f} {radius:.2f} 0 0 0 {big_x + radius:.2f} {big_y:.2f}Z"/>',
        _ellipse(
            max(big_x - radius * 1.05, small * 1.04),
            max(big_y - radius * 0.62, small * 1.1),
            small,
            small,
            colours[1 % len(colours)],
        ),
    ]
    return "".join(parts)


def _leaf(x0: float, y0: float, x1: float, y1: float, rx: float, ry: float, fill: str) -> str:
    arc = f"A{rx:.2f} {ry:.2f} 0 0 1"
    return f'<path fill="{fill}" d="M{x0:.2f} {y0:.2f}{arc} {x1:.2f} {y1:.2f}{arc} {x0:.2f} {y0:.2f}Z"/>'


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    # A hair of overlap keeps the ground from shining through between neighbours.
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width + 0.3:.2f}" height="{height + 0.3:.2f}" fill="{fill}"/>'


def _ellipse(cx: float, cy: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{cx:.2f}" cy="{cy:.2f}" rx="{rx:.2f}" ry="{ry:.2f}" fill="{fill}"/>'


def _quarter(x: float, y: float, w: float, h: float, fill: str, corner: int) -> str:
    cx, cy = (x if corner in (0, 3) else x + w), (y if corner in (0, 1) else y + h)
    ax, by = (x + w if corner in (0, 3) else x), (y + h if corner in (0, 1) else y)
    sweep = 1 if corner in (0, 2) else 0
    return (
        f'<path fill="{fill}" d="M{cx:.2f} {cy:.2f}L{ax:.2f} {cy:.2f}A{w:.2f} {h:.2f} 0 0 {sweep} {cx:.2f} {by:.2f}Z"/>'
    )


def _half(x: float, y: float, w: float, h: float, fill: str, side: int) -> str:
    if side % 2 == 0:
        edge, sweep = (y, 0) if side == 0 else (y + h, 1)
        return (
            f'<path fill="{fill}" d="M{x:.2f} {edge:.2f}A{w / 2:.2f} {h / 2:.2f} 0 0 {sweep} {x + w:.2f} {edge:.2f}Z"/>'
        )
    edge, sweep = (x, 1) if side == 1 else (x + w, 0)
    return f'<path fill="{fill}" d="M{edge:.2f} {y:.2f}A{w / 2:.2f} {h / 2:.2f} 0 0 {sweep} {edge:.2f} {y + h:.2f}Z"/>'


_DRAW: dict[str, Callable[[float, float, str, Sequence[str], _Dice], str]] = {
    "quarters": _quarters, "rings": _rings, "leaves": _leaves, "bars": _bars, "discs": _discs,
}  # fmt: skip
