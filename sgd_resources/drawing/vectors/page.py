"""A PDF of one page, written operator by operator: colours in inks or sRGB, areas, real text, pixels.

A pixel is 1/96 inch, y runs downwards. What must not live here: what stands where
(`sgd_assets/renders/vectors/pdf_file.py`), or glyph fonts (`type3.py`).
"""

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from sgd_resources.colour import rgb_of
from sgd_resources.drawing.vectors.type3 import GlyphFonts, clusters_of
from sgd_resources.ports import FontFace, Raster, Shaping

Inks = Mapping[str, Sequence[float]]
"""hex -> cyan, magenta, yellow, black, 0 to 100 each."""
_PT_PER_PX = 0.75
_EVEN = 0.0005  # of the size: half of the unit that a gap is told in


@dataclass
class _String:
    """Glyphs of one font, with what parts them beyond their own advances (9.4.3)."""

    font: str
    x: float
    parts: list[str] = field(default_factory=list)
    _end: float | None = None

    def add(self, code: int, x: float, nominal: float, size: float) -> None:
        """One more glyph at `x`, in pixels."""
        if self._end is not None and abs(x - self._end) > _EVEN * size:
            self.parts.append(f"{(self._end - x) / size * 1000:.2f}")
            # What is written is what counts from here on.
            self._end = x
        self.parts.append(f"<{code:02X}>")
        self._end = (x if self._end is None else self._end) + nominal


class PdfPage:
    """One page as it is drawn: operators in order, with the fonts and pixels that they name.

    Args:
        width_px: of the page.
        height_px: of the page.
        inks: of colours that are not printed as sRGB.
    """

    def __init__(self, width_px: int, height_px: int, inks: Inks) -> None:
        self._document = pikepdf.new()
        self._width_px, self._height_px = width_px, height_px
        self._inks = {value.upper(): tuple(amount) for value, amount in inks.items()}
        self._fonts = GlyphFonts()
        self._images: dict[str, pikepdf.Object] = {}
        self._parts: list[str] = []

    def add(self, *operators: str) -> None:
        """Draw more, over what is there."""
        self._parts += operators

    def ink(self, hex_value: str) -> str:
        """Operators that set a colour of areas."""
        if (amounts := self._inks.get(hex_value.upper())) is not None:
            return " ".join(f"{amount / 100:.4f}" for amount in amounts) + " k"
        return "/sRGB cs " + " ".join(f"{part / 255:.5f}" for part in rgb_of(hex_value)) + " sc"

    def run(
        self, face: FontFace, text: str, shaping: Shaping | None, *, tracking_em: float, left: float, baseline: float,
        size: float,
    ) -> Iterator[str]:  # fmt: skip
        """The glyphs of a run in strings as long as the fonts allow: readers drop a space that stands by itself."""
        strings: list[_String] = []
        pen = left
        for cluster in clusters_of(face.glyphs(text, shaping)):
            font, code, nominal_em = self._fonts.code(face, cluster, tracking_em)
            if not strings or strings[-1].font != font:
                strings.append(_String(font, pen))
            strings[-1].add(code, pen, nominal_em * size, size)
            pen += sum(glyph.advance_em + tracking_em for glyph in cluster) * size
        for one in strings:
            yield f"/{one.font} {size:.3f} Tf 1 0 0 -1 {one.x:.3f} {baseline:.3f} Tm [{''.join(one.parts)}] TJ"

    def image(self, raster: Raster, box: tuple[float, float, float, float]) -> str:
        """Pixels in a box."""
        name = f"/I{len(self._images)}"
        self._images[name] = self._embedded(raster)
        x0, y0, x1, y1 = box
        return f"q {x1 - x0:.3f} 0 0 {y0 - y1:.3f} {x0:.3f} {y1:.3f} cm {name} Do Q"

    def _embedded(self, raster: Raster) -> pikepdf.Object:
        rgba = memoryview(raster.rgba)
        colour = bytearray(raster.width_px * raster.height_px * 3)
        for channel in range(3):
            colour[channel::3] = rgba[channel::4]
        alpha = bytes(rgba[3::4])
        found = self._pixels(raster, bytes(colour), self._space())
        if alpha.count(255) != len(alpha):
            found["/SMask"] = self._pixels(raster, alpha, Name.DeviceGray)
        return found

    def _pixels(self, raster: Raster, data: bytes, space: pikepdf.Object) -> pikepdf.Stream:
        return pikepdf.Stream(
            self._document, zlib.compress(data, 6), Type=Name.XObject, Subtype=Name.Image, Filter=Name.FlateDecode,
            Width=raster.width_px, Height=raster.height_px, BitsPerComponent=8, ColorSpace=space,
        )  # fmt: skip

    def _space(self) -> pikepdf.Object:
        if not hasattr(self, "_srgb"):
            profile = pikepdf.Stream(self._document, _srgb_profile(), N=3, Alternate=Name.DeviceRGB)
            self._srgb = self._document.make_indirect(Array([Name.ICCBased, self._document.make_indirect(profile)]))
        return self._srgb

    def saved(self, title: str) -> bytes:
        """The file's bytes; the same operators give the same."""
        wide, high = self._width_px * _PT_PER_PX, self._height_px * _PT_PER_PX
        # The picture's own coordinates: pixels, y downwards.
        turned = f"{_PT_PER_PX} 0 0 {-_PT_PER_PX} 0 {high:.3f} cm"
        content = "\n".join(["q", turned, *self._parts, "Q"])
        resources = Dictionary(
            ColorSpace=Dictionary(sRGB=self._space()),
            Font=self._fonts.resources(self._document),
            XObject=Dictionary(self._images),
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(wide, 3), round(high, 3)]),
            Resources=resources,
            Contents=self._document.make_stream(content.encode()),
        )
        self._document.pages.append(pikepdf.Page(self._document.make_indirect(page)))
        self._document.docinfo["/Title"] = title
        out = io.BytesIO()
        self._document.save(out, deterministic_id=True, compress_streams=True)
        return out.getvalue()


def _srgb_profile() -> bytes:
    """A small sRGB profile; its day is left out, so that the same picture is the same bytes."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)
    return bytes(profile)
