"""Text broken into lines at a size: what it measures, and its outlines.

What must not live here: choosing the size (`fit.py`, `flow.py`).
"""

from dataclasses import dataclass
from typing import Literal

from sgd_assets.renders.compose.type.missing import Faces
from sgd_assets.renders.compose.type.runs import Levels, line_width, runs_of

Direction = Literal["ltr", "rtl"]
PLAIN_DROP_EM = 0.22
"""How far descenders of Latin faces reach below the baseline."""


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
        baseline = top + self.cap_px
        for line, levels in zip(self.lines, self.levels or (None,) * len(self.lines), strict=True):
            left = x
            if anchor != "start" or self.direction == "rtl":
                wide = line_width(
                    line, self.faces, self.size_px, self.tracking_em, levels=levels, language=self.language
                )
                left = self._line_left(x, anchor, wide)
            for run in runs_of(line, levels, self.faces, self.tracking_em, self.language):
                shaped = run.face.shape(run.text, tracking_em=run.tracking_em, shaping=run.shaping)
                scale = self.size_px / run.face.metrics.units_per_em
                if shaped.path:
                    parts.append(
                        f'<path transform="translate({left:.2f} {baseline:.2f}) scale({scale:.6f} {-scale:.6f})" '
                        f'd="{shaped.path}"/>'
                    )
                left += (shaped.advance_em + run.tracking_em) * self.size_px
            baseline += self.leading * self.size_px
        return f'<g fill="{hex_value}">{"".join(parts)}</g>'

    def _line_left(self, x: float, anchor: str, wide: float) -> float:
        if anchor == "start":
            return x + self.width_px - wide if self.direction == "rtl" else x
        return x - wide / 2 if anchor == "middle" else x - wide
