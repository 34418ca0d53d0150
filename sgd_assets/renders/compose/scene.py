"""What stands where on a render: the value that layouts make, the painter draws and the critique measures against."""

from dataclasses import dataclass, field

from sgd_assets.renders.compose.backdrop.window import Window
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.compose.parts.boxes import Side
from sgd_assets.renders.compose.typeset import SetText

Box = tuple[float, float, float, float]
"""(x0, y0, x1, y1) in pixels, origin top-left."""


@dataclass(frozen=True)
class TextPlacement:
    """Set text, its top left (or top centre, or top right), its colour and the colour it stands on."""

    role: str
    text: SetText
    x: float
    top: float
    hex: str
    ground_hex: str
    anchor: str = "start"

    @property
    def box(self) -> Box:
        """What the text covers, descenders included."""
        left = self.text.left(self.x, self.anchor)
        return left, self.top - 0.1 * self.text.size_px, left + self.text.width_px, self.top + self.text.height_px


@dataclass(frozen=True)
class LogoPlacement:
    """The logo's ink box and the clear box around it that nothing may enter."""

    art: LogoArt
    box: Box
    clear_box: Box
    ground_hex: str
    band: Box | None = None
    """A strip of the logo's ground to the canvas edge, where the background itself does not show the logo."""

    @property
    def frame(self) -> Box:
        """Where the whole file lies so that its ink fills `box`: (x, y, width, height)."""
        x0, y0, x1, y1 = self.box
        ix0, iy0, ix1, iy1 = self.art.ink
        width, height = (x1 - x0) / (ix1 - ix0), (y1 - y0) / (iy1 - iy0)
        return x0 - ix0 * width, y0 - iy0 * height, width, height


@dataclass(frozen=True)
class PicturePlacement:
    """A reference picture that fills a box, cropped at its edges (whole pixels)."""

    key: str
    box: tuple[int, int, int, int]
    grounds: tuple[str, ...] = ()
    """Colours a cut-out picture may stand on; the one that shows it best is used."""


@dataclass(frozen=True)
class Shade:
    """A veil from one edge of the page: full down to `depth` pixels, then fading out over `fade` more."""

    side: Side
    depth: float
    fade: float


@dataclass(frozen=True)
class Backdrop:
    """A picture under the whole page, with the veils on which words and logo stand."""

    key: str
    ground_hex: str
    window: Window
    shades: tuple[Shade, ...] = ()
    duotone: tuple[str, str] | None = None
    """(dark, light) colours that the picture is set in; None leaves it its own."""
    is_extended: bool = False
    """Whether the picture stands whole on more of its own ground, and is not cropped."""
    replaced: tuple[tuple[str, str], ...] = ()
    """(hex or word, hex) of the picture's flat colours that others take the place of."""


@dataclass(frozen=True)
class Scene:
    """One render before it is drawn: a picture under all, shapes in drawing order, then pictures, text and logo."""

    width_px: int
    height_px: int
    background_hex: str
    shapes: tuple[str, ...] = ()
    texts: tuple[TextPlacement, ...] = ()
    logo: LogoPlacement | None = None
    pictures: tuple[PicturePlacement, ...] = ()
    notes: tuple[str, ...] = field(default=())
    layout: str | None = None
    """Name of the layout it came out in."""
    backdrop: Backdrop | None = None
    dropped: tuple[tuple[str, str], ...] = ()
    """(part, words) of what found no room."""
