"""A card: what stands where on a picture, in pixels from the top left. Values only.

What must not live here: choosing places (`layout.py`) or drawing (`pillow.py`, `html.py`, `charts.py`).
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, ImageFont

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Shape:
    """A filled rectangle, an ellipse where `is_round`."""

    box: Box
    hex: str
    is_round: bool = False


@dataclass(frozen=True)
class Photo:
    """A photograph, cut to its box."""

    box: Box
    image: Image.Image = field(repr=False)


@dataclass(frozen=True)
class Face:
    """A font file at a weight; the weight counts in variable files only."""

    path: Path
    weight: int

    def at(self, size_px: float) -> ImageFont.FreeTypeFont:
        """The face for drawing or measuring."""
        font = ImageFont.truetype(str(self.path), max(1, round(size_px)))
        if "[" in self.path.name:
            axes = font.get_variation_axes()
            font.set_variation_by_axes([
                min(max(self.weight, axis["minimum"] or 0), axis["maximum"] or 1000)
                if axis["name"].lower() == b"weight" else axis["default"] or 0
                for axis in axes
            ])  # fmt: skip
        return font


@dataclass(frozen=True)
class Line:
    """One line of text: `x`, `y` is the left end of its ascender line; `part` the copy it is of."""

    text: str
    x: int
    y: int
    size_px: int
    hex: str
    ground: str
    face: Face
    part: int = 0

    @property
    def box(self) -> Box:
        """Where its ink is."""
        x0, y0, x1, y1 = self.face.at(self.size_px).getbbox(self.text)
        return int(self.x + x0), int(self.y + y0), int(self.x + x1), int(self.y + y1)


@dataclass(frozen=True)
class Placed:
    """The logo as it is pasted, at its size; `box` is where, `clear_px` what it keeps free on each side."""

    image: Image.Image = field(repr=False)
    box: Box
    ground: str
    clear_px: int
    file_name: str = ""


@dataclass(frozen=True)
class Card:
    """Drawn in this order: ground, photographs, shapes, logo, lines, what lies over all."""

    width: int
    height: int
    ground: str
    photos: tuple[Photo, ...] = ()
    shapes: tuple[Shape, ...] = ()
    logo: Placed | None = None
    lines: tuple[Line, ...] = ()
    over: tuple[Shape, ...] = ()
    copy: tuple[str, ...] = ()
    """The parts of the copy, as whoever asked for the picture knows them."""

    def changed(self, **changes: object) -> "Card":
        """The same card but for some fields."""
        return replace(self, **changes)  # type: ignore[arg-type]  # fields of this class, given by name


def meets(first: Box, second: Box, *, gap: int = 0) -> bool:
    """Whether two boxes touch, or come nearer than `gap`."""
    return (
        first[0] < second[2] + gap
        and second[0] < first[2] + gap
        and first[1] < second[3] + gap
        and second[1] < first[3] + gap
    )
