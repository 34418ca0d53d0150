"""A scene as a PDF of one page: areas and real text as vectors, in the inks that the guide states for a colour.

A pixel of the picture is 1/96 inch. Colours without stated inks are sRGB with its profile. A logo that is not plain
areas, and photographs, are embedded as pixels. What must not live here: what stands where, or glyph fonts (`type3.py`).
"""

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from sgd_assets.renders.compose.draw import layers_of, logo_clip
from sgd_assets.renders.compose.scene import LogoPlacement, Scene, TextPlacement
from sgd_assets.renders.compose.type.runs import Run
from sgd_assets.renders.vectors.paths import NotPlain, drawn
from sgd_assets.renders.vectors.type3 import GlyphFonts, clusters_of
from sgd_resources.colour import rgb_of
from sgd_resources.picture_element import framed
from sgd_resources.ports import Painter, Raster

Inks = Mapping[str, Sequence[float]]
"""hex -> cyan, magenta, yellow, black, 0 to 100 each."""
_PT_PER_PX = 0.75
_EVEN = 0.0005  # of the size: half of the unit that a gap is told in
_LOGO_PIXELS = 4  # per pixel of the picture, of a logo that is drawn as pixels: 384 per inch


def pdf_file(scene: Scene, pictures: Mapping[str, Raster], painter: Painter, *, inks: Inks, title: str) -> bytes:
    """The bytes; the same scene gives the same."""
    page = _Page(scene, inks)
    under, over = layers_of(scene, pictures, painter)
    page.add(*(page.image(raster, box) for raster, box in under))
    if scene.backdrop is None:
        page.add(page.ink(scene.background_hex), f"0 0 {scene.width_px} {scene.height_px} re f")
    page.add(*(page.shape(shape, painter) for shape in scene.shapes))
    for text in scene.texts:
        page.add(*page.words(text))
    if scene.logo is not None:
        page.add(*page.logo(scene.logo, painter))
    page.add(*(page.image(raster, box) for raster, box in over))
    return page.saved(title)


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


class _Page:
    def __init__(self, scene: Scene, inks: Inks) -> None:
        self._document = pikepdf.new()
        self._scene = scene
        self._inks = {value.upper(): tuple(amount) for value, amount in inks.items()}
        self._fonts = GlyphFonts()
        self._images: dict[str, pikepdf.Object] = {}
        self._parts: list[str] = []

    def add(self, *operators: str) -> None:
        self._parts += operators

    def ink(self, hex_value: str) -> str:
        """Operators that set a colour of areas."""
        if (amounts := self._inks.get(hex_value.upper())) is not None:
            return " ".join(f"{amount / 100:.4f}" for amount in amounts) + " k"
        return "/sRGB cs " + " ".join(f"{part / 255:.5f}" for part in rgb_of(hex_value)) + " sc"

    def shape(self, svg: str, painter: Painter) -> str:
        """One of the scene's shapes."""
        whole = f'<svg xmlns="http://www.w3.org/2000/svg">{svg}</svg>'
        try:
            return drawn(whole, self.ink)
        except NotPlain:
            wide, high = self._scene.width_px, self._scene.height_px
            sized = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">{svg}</svg>'
            return self.image(painter.draw(sized), (0, 0, wide, high))

    def logo(self, logo: LogoPlacement, painter: Painter) -> Iterator[str]:
        """The logo, within its clear space where its file has a ground of its own."""
        x, y, width, height = logo.frame
        clip = logo_clip(logo)
        yield "q"
        if clip is not None:
            x0, y0, x1, y1 = clip
            yield f"{x0} {y0} {x1 - x0} {y1 - y0} re W n"
        try:
            if "svg" not in logo.art.media_type:
                raise NotPlain(logo.art.media_type)
            yield drawn(logo.art.data, self.ink, frame=(x, y, width, height))
        except NotPlain:
            large = framed(logo.art.data, logo.art.media_type, _LOGO_PIXELS * width, _LOGO_PIXELS * height, painter)
            yield self.image(painter.draw(large), (x, y, x + width, y + height))
        yield "Q"

    def words(self, placed: TextPlacement) -> Iterator[str]:
        """Real text, each glyph where it was composed; readers put right-to-left lines into the order of reading."""
        size = placed.text.size_px
        yield "BT"
        yield self.ink(placed.hex)
        for line in placed.text.placed(placed.x, placed.top, placed.anchor):
            for run, _, left in line.runs:
                yield from self._run(run, left, line.baseline, size)
        yield "ET"

    def _run(self, run: Run, left: float, baseline: float, size: float) -> Iterator[str]:
        """The glyphs of a run in strings as long as the fonts allow: readers drop a space that stands by itself."""
        strings: list[_String] = []
        pen = left
        for cluster in clusters_of(run.face.glyphs(run.text, run.shaping)):
            font, code, nominal_em = self._fonts.code(run.face, cluster, run.tracking_em)
            if not strings or strings[-1].font != font:
                strings.append(_String(font, pen))
            strings[-1].add(code, pen, nominal_em * size, size)
            pen += sum(glyph.advance_em + run.tracking_em for glyph in cluster) * size
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
        wide, high = self._scene.width_px * _PT_PER_PX, self._scene.height_px * _PT_PER_PX
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
