"""Text broken into lines at a size: what it measures, and its outlines.

What must not live here: choosing the size (`fit.py`, `flow.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sgd_assets.renders.compose.type.missing import Faces
from sgd_assets.renders.compose.type.runs import Levels, Run, line_width, runs_of
from sgd_resources.ports import ShapedText

Direction = Literal["ltr", "rtl"]
PLAIN_DROP_EM = 0.22
"""How far descenders of Latin faces reach below the baseline."""


@dataclass(frozen=True)
class PlacedLine:
    """One line where it stands, in pixels."""

    words: str
    """In the order of reading."""
    runs: tuple[tuple[Run, ShapedText, float], ...]
    """From left to right, each with its outlines and its left edge."""
    left: float
    baseline: float
    width: float
    is_rtl: bool


@dataclass(frozen=True)
class SetText:
    """Text broken into lines at a size in pixels. No character of it is ever left out."""

    lines: tuple[str, ...]
    """In the order of reading."""
    size_px: float
    leading: float
    tracking_em: float
    faces: Faces
    width_px: float
    missing: tuple[str, ...]
    """Characters that no face has; a render's words are free of them before they are set (`settable.py`)."""
    levels: tuple[Levels | None, ...] = ()
    """Of each line; empty where all are plain."""
    direction: Direction = "ltr"
    """The lines of a text that runs from right to left end flush right; layouts mirror what goes with it."""
    is_too_small: bool = False
    """Even the smallest legible size did not fit the box: another layout, fewer words or a larger format would."""
    rise_em: float | None = None
    """How far the ink reaches above the baseline, where it is higher than capitals."""
    drop_em: float = PLAIN_DROP_EM
    language: str | None = None

    @property
    def cap_px(self) -> float:
        """Height of capitals, or of what is higher: the visible top of the first line above its baseline."""
        return (self.rise_em or self.faces[0].metrics.cap_height_em) * self.size_px

    @property
    def height_px(self) -> float:
        """From the top of the first line's capitals to the bottom of the last line's descenders."""
        return self.cap_px + (len(self.lines) - 1) * self.leading * self.size_px + self.drop_em * self.size_px

    def left(self, x: float, anchor: str = "start") -> float:
        """Left edge of the widest line for the point and anchor that `svg` is given."""
        return self._line_left(x, anchor, self.width_px)

    def svg(self, x: float, top: float, hex_value: str, *, anchor: str = "start") -> str:
        """Outlines, the first line's capitals touching `top`.

        x is the left edge (start), centre (middle) or right edge (end) of the text; lines stand flush with it, those of
        a right-to-left text with its right edge.
        """
        parts = []
        for line in self.placed(x, top, anchor):
            for run, shaped, left in line.runs:
                scale = self.size_px / run.face.metrics.units_per_em
                if shaped.path:
                    parts.append(
                        f'<path transform="translate({left:.2f} {line.baseline:.2f}) scale({scale:.6f} {-scale:.6f})" '
                        f'd="{shaped.path}"/>'
                    )
        return f'<g fill="{hex_value}">{"".join(parts)}</g>'

    def placed(self, x: float, top: float, anchor: str = "start") -> Iterator[PlacedLine]:
        """Each line with its runs where they stand; arguments as `svg`."""
        baseline = top + self.cap_px
        for line, levels in zip(self.lines, self.levels or (None,) * len(self.lines), strict=True):
            runs = runs_of(line, levels, self.faces, self.tracking_em, self.language)
            wide = line_width(line, self.faces, self.size_px, self.tracking_em, levels=levels, language=self.language)
            left = start = self._line_left(x, anchor, wide)
            placed = []
            for run in runs:
                shaped = run.face.shape(run.text, tracking_em=run.tracking_em, shaping=run.shaping)
                placed.append((run, shaped, left))
                left += (shaped.advance_em + run.tracking_em) * self.size_px
            is_rtl = self.direction == "rtl"
            yield PlacedLine(line, tuple(placed), start, baseline, wide, is_rtl)
            baseline += self.leading * self.size_px

    def _line_left(self, x: float, anchor: str, wide: float) -> float:
        if anchor == "start":
            return x + self.width_px - wide if self.direction == "rtl" else x
        return x - wide / 2 if anchor == "middle" else x - wide
