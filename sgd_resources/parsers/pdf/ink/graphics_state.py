"""What a content stream paints with: colour, matrix, clip, alpha; and how far an interpreter is within one stream.

What must not live here: operators (`content.py`).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from sgd_resources.parsers.pdf.ink.paths import Outline
from sgd_resources.parsers.pdf.ink.spaces import GRAY, ColourSpace
from sgd_resources.parsers.pdf.pages.geometry import IDENTITY, Box, Matrix


class Colour(NamedTuple):
    """A current colour, with the operands that set it."""

    space: ColourSpace = GRAY
    components: tuple[float, ...] = (0.0,)
    operator: str = "0 g"
    pattern: str | None = None
    is_set: bool = False


class GraphicsState:
    """Graphics state; `q` keeps a copy."""

    __slots__ = (
        "clip",
        "fill",
        "fill_alpha",
        "is_blended",
        "is_clip_shaped",
        "line_width",
        "matrix",
        "render_mode",
        "stroke",
        "stroke_alpha",
    )

    def __init__(self, clip: Box) -> None:
        self.matrix: Matrix = IDENTITY
        self.clip = clip
        self.fill = self.stroke = Colour()
        self.fill_alpha = self.stroke_alpha = 1.0
        self.render_mode = 0
        self.line_width = 1.0
        self.is_blended = self.is_clip_shaped = False

    def copy(self) -> "GraphicsState":
        """One that changes by itself."""
        made = GraphicsState.__new__(GraphicsState)
        made.matrix, made.clip, made.fill, made.stroke = self.matrix, self.clip, self.fill, self.stroke
        made.fill_alpha, made.stroke_alpha = self.fill_alpha, self.stroke_alpha
        made.render_mode, made.line_width = self.render_mode, self.line_width
        made.is_blended, made.is_clip_shaped = self.is_blended, self.is_clip_shaped
        return made


@dataclass(slots=True)
class Progress:
    """Within one stream: the state now, what is to be restored, the path begun, the marked contents open.

    `inside` are the forms the stream is drawn in.
    """

    state: GraphicsState
    resources: pikepdf.Object | None
    depth: int
    inside: frozenset[tuple[int, int]]
    kept: list[GraphicsState] = field(default_factory=list)
    path: list[Outline] = field(default_factory=list)
    clips_next: bool = False
    marked: list[bool] = field(default_factory=list)
    """Of each open marked content, whether it belongs to a layer that is off."""
