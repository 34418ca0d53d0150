"""What a motif is drawn on and with: the panel, its colours, the brand's traits, and repeatable choices."""

import hashlib
import math
from dataclasses import dataclass

from sgd_assets.renders.model import MotifTraits


class Dice:
    """Repeatable choices from a seed; no global state, the same on every machine."""

    def __init__(self, seed: int) -> None:
        self._seed, self._count = seed, 0

    def pick(self, sides: int) -> int:
        """0..sides-1."""
        self._count += 1
        digest = hashlib.sha256(f"{self._seed}:{self._count}".encode()).digest()
        return int.from_bytes(digest[:4], "big") % sides

    def chance(self, share: float) -> bool:
        """True in a share of the throws."""
        return self.pick(1000) < share * 1000


@dataclass(frozen=True)
class Cell:
    """One field of a grid; its edges are whole pixels, so neighbours meet without a seam."""

    x: int
    y: int
    width: int
    height: int
    row: int
    column: int


@dataclass(frozen=True)
class Panel:
    """A panel of whole pixels with its ground and colours."""

    width: int
    height: int
    ground: str
    colours: tuple[str, ...]
    traits: MotifTraits
    dice: Dice

    @property
    def short(self) -> int:
        """The shorter side in pixels."""
        return min(self.width, self.height)

    def colour(self) -> str:
        """One of the colours, by the dice."""
        return self.colours[self.dice.pick(len(self.colours))]

    def cells(self, across: int | None = None) -> tuple[Cell, ...]:
        """A grid of cells as square as they can be, about so many along the shorter side; by the brand's scale."""
        # One figure alone is a pattern on a tile, and a lost shape on a large panel.
        wanted = across or (1 if self.short < 90 else max(self.traits.scale, 2 if self.short >= 300 else 1))
        columns, rows = self._grid(wanted)
        xs = [round(self.width * i / columns) for i in range(columns + 1)]
        ys = [round(self.height * i / rows) for i in range(rows + 1)]
        return tuple(
            Cell(xs[c], ys[r], xs[c + 1] - xs[c], ys[r + 1] - ys[r], r, c) for r in range(rows) for c in range(columns)
        )

    def _grid(self, wanted: int) -> tuple[int, int]:
        options = []
        for rows in range(1, 25):
            columns = max(1, round(self.width / (self.height / rows)))
            squareness = abs(math.log((self.width / columns) / (self.height / rows)))
            across = rows if self.height <= self.width else columns
            options.append((squareness * 6 + abs(across - wanted) * 0.5, columns, rows))
        _, columns, rows = min(options)
        return columns, rows
