"""What was measured of a picture file, and what kind of picture that tells: photograph, illustration, or neither.

The limits were set on photographs of 6 cameras and the pictures of 12 brands, and proved on those of others. What must
not live here: measuring
(`sgd_resources/drawing/measure_picture.py`).
"""

from typing import Literal

from pydantic import Field

from sgd_resources.parsed_document import Shape

PictureKind = Literal["photo", "illustration", "graphic"]
"""`graphic` is all that is no imagery: logos, screenshots, swatches, guide pages, posters."""

MIN_SIDE_PX = 320
"""A smaller picture gets soft on any usual format."""
_MOST_SEE_THROUGH = 0.05  # a photograph fills its frame; what does not is a mark or a cut-out
_MOST_ELONGATED = 3.0  # wordmarks, banners and colour strips are wider


class PictureMeasures(Shape):
    """Measures of one picture at 256 px. Shares are of pixels, or of neighbouring pairs of them, 0 to 1."""

    width_px: int = Field(ge=1)
    height_px: int = Field(ge=1)
    see_through: float = Field(description="share of transparent pixels")
    entropy: float = Field(description="bits of the luminance histogram of 64 steps")
    flatness: float = Field(description="share of neighbours that are alike within one level")
    shading: float = Field(description="share of neighbours that differ softly, by 3 to 24 levels")
    edges: float = Field(description="share of neighbours that differ by more than 48 levels")
    colours: int = Field(description="colours of 4 bits a channel that cover at least 1/2000")
    top_colour: float = Field(description="share of the most frequent of them")
    writing: float = Field(description="share of 8 x 8 blocks in two tones of high contrast, as letters give them")

    @property
    def kind(self) -> PictureKind:
        """What the measures tell."""
        aspect = self.width_px / self.height_px
        if self.see_through > _MOST_SEE_THROUGH or not 1 / _MOST_ELONGATED <= aspect <= _MOST_ELONGATED:
            return "graphic"
        if self._is_photo():
            return "photo"
        return "illustration" if self._is_illustration() else "graphic"

    @property
    def is_large_enough(self) -> bool:
        """Whether it can be shown."""
        return min(self.width_px, self.height_px) >= MIN_SIDE_PX

    def _is_photo(self) -> bool:
        """Sensor noise and soft light: hardly any flat area, many colours. One before a plain wall or sky has more."""
        if self.writing > 0.2:
            return False
        is_all_over = self.flatness <= 0.5 and self.shading >= 0.35 and self.entropy >= 4.0 and self.top_colour <= 0.4
        is_before_plain = self.flatness <= 0.72 and self.shading >= 0.2 and self.entropy >= 3.6 and self.colours >= 110
        return is_all_over or is_before_plain

    def _is_illustration(self) -> bool:
        """Drawn, in many colours over the whole frame, with little to read."""
        return self.colours >= 24 and self.entropy >= 3.2 and self.top_colour <= 0.4 and self.writing <= 0.06
