"""Motifs that tile the panel: one figure in each cell of a grid."""

from sgd_assets.renders.compose.motifs.panel import Panel
from sgd_assets.renders.compose.motifs.shapes import figure, leaf, polygon, quarter, rect

_FEW_CELLS = 3  # of a panel: there an empty one would be an empty panel
_LEAST_FILLED = 0.45  # of the cells: fewer are a few lost squares and no pattern


def quarters(panel: Panel) -> str:
    """Quarters, halves and wholes of the brand's figure, one in a cell."""
    parts, previous = [], -1
    cells = panel.cells()
    for cell in cells:
        x, y, w, h = cell.x, cell.y, cell.width, cell.height
        kind = panel.dice.pick(8)
        kind = (kind + 3) % 8 if kind == previous else kind
        previous = kind
        fill, other = panel.colour(), panel.colour()
        if kind == 0 and not panel.dice.chance(panel.traits.density) and len(cells) > _FEW_CELLS:
            continue
        if kind <= 1:
            parts.append(rect(x, y, w, h, fill))
            if other != fill:
                parts.append(figure(x + w / 2, y + h / 2, w * 0.28, h * 0.28, other, panel.traits))
        elif kind == 2:
            parts.append(figure(x + w / 2, y + h / 2, w / 2, h / 2, fill, panel.traits))
        else:
            if kind in (3, 4) and other != fill:
                parts.append(rect(x, y, w, h, other))
            parts.append(quarter(x, y, w, h, fill, panel.dice.pick(4), panel.traits))
    return "".join(parts)


def leaves(panel: Panel) -> str:
    """Cells with two corners of the brand's roundness, turned by turns."""
    parts = []
    for cell in panel.cells():
        x, y, w, h = cell.x, cell.y, cell.width, cell.height
        fill = panel.colour()
        if panel.dice.chance(0.16):
            parts.append(figure(x + w / 2, y + h / 2, w * 0.26, h * 0.26, fill, panel.traits))
        else:
            parts.append(leaf(x, y, w, h, fill, rising=(cell.row + cell.column) % 2 == 0, traits=panel.traits))
    return "".join(parts)


def dots(panel: Panel) -> str:
    """The brand's figure in a fine grid, growing from one side to the other."""
    parts = []
    cells = panel.cells(panel.traits.scale * 2 + 1)
    last = max(cell.column + cell.row for cell in cells) or 1
    for cell in cells:
        level = (cell.column + cell.row) / last
        radius = 0.5 * min(cell.width, cell.height) * (0.16 + 0.76 * level)
        fill = panel.colours[0] if not panel.dice.chance(0.14) else panel.colour()
        parts.append(figure(cell.x + cell.width / 2, cell.y + cell.height / 2, radius, radius, fill, panel.traits))
    return "".join(parts)


def patches(panel: Panel) -> str:
    """Flat fields of one or two cells, as dense as the brand's mark is."""
    parts: list[str] = []
    cells = panel.cells(panel.traits.scale + 1)
    for number, cell in enumerate(cells):
        is_sparse = len(parts) < _LEAST_FILLED * number
        if not panel.dice.chance(0.35 + 0.6 * panel.traits.density) and not is_sparse:
            continue
        radius = 0.5 * min(cell.width, cell.height) * panel.traits.roundness
        parts.append(rect(cell.x, cell.y, cell.width, cell.height, panel.colour(), radius))
    return "".join(parts)


def pennants(panel: Panel) -> str:
    """Each cell cut by a slant, two colours to a cell."""
    parts = []
    for cell in panel.cells():
        x, y, w, h = cell.x, cell.y, cell.width, cell.height
        fill, other = panel.colour(), panel.colour()
        if other != fill:
            parts.append(rect(x, y, w, h, other))
        if panel.dice.chance(0.5):
            parts.append(polygon([(x, y), (x + w, y), (x, y + h)], fill))
        else:
            parts.append(polygon([(x + w, y), (x + w, y + h), (x, y + h)], fill))
    return "".join(parts)
