"""The stored result of settling a file, a refusal included.

What must not live here: how it comes about.
"""

from typing import Literal

from pydantic import Field

from sgd_resources.parsed_document import Shape

MarkKind = Literal["wordmark", "symbol", "lockup"]
_SHA256 = r"^[0-9a-f]{64}$"


class InkColour(Shape):
    """One colour of a logo's ink and its share."""

    hex: str = Field(pattern=r"^#[0-9A-F]{6}$")
    share: float = Field(ge=0, le=1)


class InkForm(Shape):
    """The character of a logo's shapes, as `sgd_resources/drawing/settle/form.py` measures it."""

    roundness: float = Field(ge=0, le=1)
    slant: float = Field(ge=0, le=1)
    angle: float = Field(ge=0, le=90)
    density: float = Field(ge=0, le=1)
    stroke: float = Field(ge=0, le=1)


class InkAnatomy(Shape):
    """What a mark is made of, as `sgd_resources/drawing/settle/anatomy.py` tells it."""

    kind: MarkKind
    glyphs: int = Field(ge=0)
    strapline: float | None = Field(default=None, gt=0, le=1, description="height of its letters, of the mark's height")


class Ink(Shape):
    """What is visible in a picture file. `box` holds shares of the frame (x0, y0, x1, y1)."""

    frame_aspect: float = Field(gt=0, description="width over height of the whole file")
    box: tuple[float, float, float, float]
    colours: tuple[InkColour, ...]
    plate_hex: str | None = Field(default=None, description="the opaque ground that the file carries")
    form: InkForm | None = None
    rim: tuple[InkColour, ...] = Field(default=(), description="colours of the ink that meets the ground")
    anatomy: InkAnatomy | None = None


class Settled(Shape):
    """What came out for one file, a refusal included."""

    evidence_sha256: str = Field(pattern=_SHA256)
    drawn_sha256: str | None = Field(
        default=None, pattern=_SHA256, description="of the bytes to draw; None: the file's"
    )
    refusal: str | None = Field(default=None, description="why it is not used, in words")
    is_refused: bool = Field(default=False, description="it was too costly or damaged, not merely of no use")


class SettledLogo(Settled):
    """A picture file as a logo."""

    ink: Ink | None = None


class FontFacts(Shape):
    """What a font file says of itself."""

    family: str = Field(min_length=1, max_length=400)
    weight: int = Field(ge=0, le=65535)
    is_italic: bool
    is_variable: bool
    may_embed: bool
    license: str | None = None
    scripts: tuple[str, ...] = Field(default=(), description="ISO 15924 codes of the scripts it has letters of")


class SettledFont(Settled):
    """A font file as one that sets text."""

    facts: FontFacts | None = None


class Undrawn(Shape):
    """A file that no render will use, and why."""

    evidence_sha256: str
    file_name: str
    reason: str
