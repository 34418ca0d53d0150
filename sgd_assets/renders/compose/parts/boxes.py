"""Rectangles on the pixel grid: cut and inset. Every edge is a whole pixel, so neighbours meet without a seam."""

from typing import Literal

Rect = tuple[int, int, int, int]
"""(x0, y0, x1, y1) in whole pixels, origin top-left."""
Side = Literal["left", "right", "top", "bottom"]


def cut(box: Rect, side: Side, pixels: float) -> tuple[Rect, Rect]:
    """A strip off one side, and what is left."""
    x0, y0, x1, y1 = box
    p = round(pixels)
    if side == "left":
        return (x0, y0, min(x0 + p, x1), y1), (min(x0 + p, x1), y0, x1, y1)
    if side == "right":
        return (max(x1 - p, x0), y0, x1, y1), (x0, y0, max(x1 - p, x0), y1)
    if side == "top":
        return (x0, y0, x1, min(y0 + p, y1)), (x0, min(y0 + p, y1), x1, y1)
    return (x0, max(y1 - p, y0), x1, y1), (x0, y0, x1, max(y1 - p, y0))


def inset(box: Rect, x: float, y: float | None = None) -> Rect:
    """The box less a margin on each side; never less than a pixel wide or high."""
    dx, dy = round(x), round(x if y is None else y)
    x0, y0, x1, y1 = box
    left, top = min(x0 + dx, (x0 + x1) // 2), min(y0 + dy, (y0 + y1) // 2)
    return left, top, max(x1 - dx, left + 1), max(y1 - dy, top + 1)


def wide(box: Rect) -> int:
    """Width in pixels."""
    return box[2] - box[0]


def high(box: Rect) -> int:
    """Height in pixels."""
    return box[3] - box[1]


def filled(box: Rect, hex_value: str) -> str:
    """The box as one flat colour."""
    x0, y0, x1, y1 = box
    return f'<rect x="{x0}" y="{y0}" width="{x1 - x0}" height="{y1 - y0}" fill="{hex_value}"/>'
