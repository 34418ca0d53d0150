"""Motifs of few large figures: rings, bars, stripes, a pair of bodies, steps."""

import math

from sgd_assets.renders.compose.motifs.panel import Panel
from sgd_assets.renders.compose.motifs.shapes import figure, polygon, rect


def rings(panel: Panel) -> str:
    """The brand's figure nested about a lower corner, as many times as its scale asks."""
    cx = float(panel.width) if panel.dice.pick(2) == 0 else 0.0
    reach = max(panel.width, panel.height) * (1.0 if panel.traits.roundness >= 0.5 else 0.92)
    count = 3 + panel.traits.scale
    parts = []
    for index in range(count):
        fill = panel.colours[index % len(panel.colours)] if len(panel.colours) > 2 or index % 2 == 0 else panel.ground
        size = reach * (count - index) / count
        parts.append(figure(cx, float(panel.height), size, size, fill, panel.traits))
    return "".join(parts)


def bars(panel: Panel) -> str:
    """Upright bars as thick as the brand's strokes, with its corners."""
    thick = 0.45 + 0.45 * panel.traits.stroke
    count = max(3, min(18, round(panel.width / max(panel.height, 1) * (7 - 3 * panel.traits.stroke))))
    step = panel.width / count
    parts = []
    for index in range(count):
        level = 0.28 + 0.64 * (0.5 + 0.5 * math.sin(index * 1.7 + panel.dice.pick(6)))
        left, wide = round(index * step + step * (1 - thick) / 2), round(step * thick)
        top = round(panel.height * (1 - level))
        radius = wide / 2 * panel.traits.roundness
        fill = panel.colours[index % len(panel.colours)]
        parts.append(rect(left, top, wide, panel.height - top + radius * 2 + 1, fill, radius))
    return "".join(parts)


def stripes(panel: Panel) -> str:
    """Parallel stripes at the slant of the brand's lines, as thick as its strokes."""
    angle = math.radians(panel.traits.angle)
    thick = panel.short * (0.08 + 0.16 * panel.traits.stroke)
    run = panel.height * math.tan(math.pi / 2 - angle) if panel.traits.angle < 88 else 0.0
    parts, x, index = [], -abs(run), 0
    gap = thick * (0.4 + 0.9 * (1 - panel.traits.density))
    while x < panel.width + abs(run):
        fill = panel.colours[index % len(panel.colours)]
        bottom, top = x, x + run
        parts.append(
            polygon([(bottom, panel.height), (bottom + thick, panel.height), (top + thick, 0), (top, 0)], fill)
        )
        x += thick + gap
        index += 1
    return "".join(parts)


def bodies(panel: Panel) -> str:
    """A large figure with a foot of another colour, and a small one beside it."""
    radius = min(panel.short * 0.6, max(panel.width, panel.height) * 0.45, panel.width * 0.42)
    small = radius * (0.28 + 0.16 * panel.traits.stroke)
    side = panel.dice.pick(2)
    x = min(panel.width * 0.62, panel.width - radius * 1.04)
    x = panel.width - x if side else x
    y = max(panel.height * 0.6, radius * 1.06)
    foot = f'<clipPath id="foot"><rect y="{y:.2f}" width="{panel.width}" height="{panel.height}"/></clipPath>'
    beside = x - radius * 1.05 if not side else x + radius * 1.05
    beside = min(max(beside, small * 1.04), panel.width - small * 1.04)
    return "".join(
        [
            figure(x, y, radius, radius, panel.colours[0], panel.traits),
            f'<defs>{foot}</defs><g clip-path="url(#foot)">',
            figure(x, y, radius, radius, panel.colours[-1], panel.traits),
            "</g>",
            figure(
                beside, max(y - radius * 0.62, small * 1.1), small, small, panel.colours[1 % len(panel.colours)],
                panel.traits,
            ),
        ]
    )  # fmt: skip


def steps(panel: Panel) -> str:
    """Stairs of flat fields that rise to one side."""
    count = 3 + panel.traits.scale
    rises = panel.dice.pick(2) == 0
    parts = []
    for index in range(count):
        x0, x1 = round(panel.width * index / count), round(panel.width * (index + 1) / count)
        level = (index + 1) / (count + 0.4)
        top = round(panel.height * (1 - (level if rises else 1 - level + 1 / (count + 0.4))))
        fill = panel.colours[index % len(panel.colours)]
        radius = (x1 - x0) / 2 * panel.traits.roundness
        parts.append(rect(x0, top, x1 - x0, panel.height - top + radius + 1, fill, radius))
    return "".join(parts)
