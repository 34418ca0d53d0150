"""What is seen in the pixels of a picture: values only; who looks is `sgd_resources/sight`, in the confined child."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class LineSeen:
    """One line of words as it was read: its box and the height of its ink in pixels, and how sure the reader is."""

    text: str
    box: Box
    ink_px: float
    confidence: float


@dataclass(frozen=True)
class LogoSeen:
    """A logo as it was found. `likeness` is 1.0 for the drawing itself; shares are of its ink."""

    name: str
    sha256: str
    box: Box
    likeness: float
    angle_deg: float = 0.0
    stretch: float = 1.0
    """Width over height, against the drawing's own."""
    missing: float = 0.0
    """Share of the ink that is not there, cut off or painted over."""
    is_cut: bool = False
    """What is missing lies beyond a straight line."""
    colour_away: float = 0.0
    """CIEDE2000 between its colours and those of the nearest of the brand's own drawings."""
    hexes: tuple[str, ...] = ()
    """Its colours as they are."""
    ground_hex: str | None = None
    legibility: float = 1.0
    is_at_place: bool = False
    """Measured where it had to stand: nothing about its place is a guess."""


@dataclass(frozen=True)
class CodingSeen:
    """What coding and scaling did to a picture."""

    jpeg_quality: int | None
    """The least that file and pixels tell of; None where neither does."""
    sharpness: float
    """Of its sharpest edges, as `sight/coding.py` measures it; -1 without edges."""
