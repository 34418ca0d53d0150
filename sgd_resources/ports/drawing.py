"""Drawing pictures and setting type."""

from dataclasses import dataclass
from typing import Literal, Protocol

PictureFormat = Literal["png", "jpg", "webp"]


@dataclass(frozen=True)
class Raster:
    """A decoded picture: rows from the top, 4 bytes a pixel (R, G, B, straight alpha), sRGB."""

    width_px: int
    height_px: int
    rgba: bytes
    png: bytes | None = None
    """The same pixels as PNG, when the painter has them already."""


class Painter(Protocol):
    """Draws SVG and codes pictures. Deterministic: no system fonts, no network, no files."""

    fonts: "FontLibrary"
    """The open fonts that live text may be set in."""

    def __hash__(self) -> int:
        """By identity: what is measured through a painter is remembered per painter."""
        ...

    def draw(self, svg: str) -> Raster:
        """The SVG at its own width and height.

        Raises:
            ValidationFailed: not an SVG that can be drawn.
        """
        ...

    def decode(self, data: bytes) -> Raster:
        """A PNG, JPEG or WebP as pixels in sRGB, orientation applied.

        Raises:
            ValidationFailed: unreadable, or over the pixel cap.
        """
        ...

    def resize(self, raster: Raster, width_px: int, height_px: int) -> Raster:
        """Lanczos resampling, alpha premultiplied meanwhile."""
        ...

    def encode(self, raster: Raster, picture_format: PictureFormat) -> bytes:
        """File bytes; JPEG is flattened on white and takes 4:4:4 chroma."""
        ...


@dataclass(frozen=True)
class ShapedText:
    """One line of text as outlines: SVG path data in font units, y upwards, the pen starting at (0, 0)."""

    path: str
    advance_em: float
    missing: tuple[str, ...] = ()
    """Characters the font has no glyph for, in order, once each."""


@dataclass(frozen=True)
class FontMetrics:
    """What text is placed by; heights are shares of the em."""

    units_per_em: int
    cap_height_em: float


@dataclass(frozen=True)
class Shaping:
    """How a run is read, beside its characters: a run of one direction, script and language."""

    is_rtl: bool = False
    script: str | None = None
    """ISO 15924; guessed from the characters when unset."""
    language: str | None = None
    """BCP 47."""


@dataclass(frozen=True)
class Glyph:
    """One glyph of a shaped run, in the order it is drawn; lengths are shares of the em."""

    glyph_id: int
    text: str
    """The characters it stands for; empty for the further glyphs of a cluster."""
    advance_em: float
    nominal_em: float
    """Its own advance in the font, without kerning."""
    dx_em: float = 0.0
    dy_em: float = 0.0


class FontFace(Protocol):
    """One weight and slope of a family, ready to measure and draw."""

    family: str
    weight: int
    is_italic: bool
    metrics: FontMetrics

    def advance_em(self, text: str, shaping: Shaping | None = None) -> float:
        """Width of the shaped line as a share of the em, kerning included; all guessed where no shaping is given."""
        ...

    def reach_em(self, text: str, shaping: Shaping | None = None) -> tuple[float, float]:
        """How far the ink of the shaped line reaches above and below its baseline, as shares of the em."""
        ...

    def missing(self, text: str) -> tuple[str, ...]:
        """Characters without a glyph, once each; those that have no shape of their own never count."""
        ...

    def shape(self, text: str, *, tracking_em: float = 0.0, shaping: Shaping | None = None) -> ShapedText:
        """The line as outlines, `tracking_em` added between glyphs."""
        ...

    def glyphs(self, text: str, shaping: Shaping | None = None) -> tuple[Glyph, ...]:
        """The glyphs of a shaped run, from left to right."""
        ...

    def outline(self, glyph_id: int) -> str:
        """SVG path data of one glyph in font units, y upwards; empty for one without ink."""
        ...


@dataclass(frozen=True)
class FontFileFacts:
    """What a font file says of itself."""

    family: str
    weight: int
    is_italic: bool
    is_variable: bool
    may_embed: bool
    """OS/2 fsType does not restrict embedding."""
    license: str | None
    scripts: tuple[str, ...] = ()
    """ISO 15924 codes of the scripts that it has letters of, sorted."""


class FontCatalogue(Protocol):
    """Which open families are installed on this machine. Opens no font file."""

    def families(self) -> tuple[str, ...]:
        """Installed open families, sorted."""
        ...

    def license(self, family: str) -> str | None:
        """SPDX expression of an installed family."""
        ...


class FontLibrary(FontCatalogue, Protocol):
    """Open fonts on this machine, and font files given as bytes: what opens them. Only the confined child has one."""

    def face(self, family: str, *, weight: int, is_italic: bool = False, is_display: bool = False) -> FontFace | None:
        """The nearest weight of an installed family (names compared without case, spaces, hyphens), or None.

        `is_display` picks the large optical size where the family has one.
        """
        ...

    def read(self, data: bytes) -> FontFileFacts:
        """Facts of a TTF, OTF, WOFF or WOFF2 file.

        Raises:
            ValidationFailed: not a font that can be read.
        """
        ...

    def load(self, data: bytes, *, weight: int, is_display: bool = False) -> FontFace:
        """A face of a font file; `weight` is applied when the file is variable. Raises ValidationFailed."""
        ...
