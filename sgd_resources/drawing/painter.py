"""Draws composed SVG and codes pictures: resvg for vectors, Pillow for PNG, JPEG and WebP.

Text arrives as outlines (see `faces.py`), so the painter knows no fonts and the same SVG is the same pixels on every
machine. `resvg` is used and not `resvg-py`: the same pixels in a quarter of the time (13 against 55 ms at 1080 x 1080).
"""

import io
import warnings
from xml.parsers import expat

from PIL import Image, ImageOps, UnidentifiedImageError
from resvg import render, usvg

from sgd_resources.drawing.faces import build_font_library
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import FontLibrary, PictureFormat, Raster

MAX_PIXELS = 80_000_000  # as the reader's bound; resvg holds four bytes for each
_FLAT_COLOURS = 4096
"""Up to this many colours a picture is flat art: lossless WebP is then both exact and small."""
_WEBP_QUALITY = 94  # of pictures with photographs, since flat ones are lossless; chosen, not measured
_IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)  # drawn at the size that the document says


class ResvgPainter:
    """`Painter` over resvg and Pillow. Holds no state but the open fonts; threads may share it."""

    def __init__(self, *, fonts: FontLibrary | None = None, max_pixels: int = MAX_PIXELS) -> None:
        self.fonts: FontLibrary = fonts or build_font_library()
        self._max_pixels = max_pixels

    def draw(self, svg: str) -> Raster:
        """The SVG at its own size.

        Raises:
            ValidationFailed: not an SVG that can be drawn, or over the pixel cap.
        """
        _check_drawable(svg)
        # Options belong to the thread that makes them (and cost a microsecond), so they are not kept.
        tree = usvg.Tree.from_str(svg, usvg.Options.default())
        width, height = tree.int_size()
        self._check_pixels(width, height)
        png = bytes(render(tree, _IDENTITY))
        with Image.open(io.BytesIO(png)) as image:
            return Raster(width, height, (image if image.mode == "RGBA" else image.convert("RGBA")).tobytes(), png)

    def decode(self, data: bytes) -> Raster:
        """A PNG, JPEG or WebP as sRGB pixels, orientation applied.

        Raises:
            ValidationFailed: unreadable, or over the pixel cap.
        """
        # Brings two PDF libraries, for pictures in four inks: the API and the command line start without them.
        from sgd_resources.parsers.pixels.srgb_image import to_srgb

        try:
            with warnings.catch_warnings():
                # The cap below is ours; Pillow's own warning would be a second, different one.
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as opened:
                    self._check_pixels(*opened.size)
                    image = to_srgb(ImageOps.exif_transpose(opened)).convert("RGBA")
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise ValidationFailed("the picture is not a readable PNG, JPEG or WebP") from error
        return Raster(image.width, image.height, image.tobytes())

    def resize(self, raster: Raster, width_px: int, height_px: int) -> Raster:
        """Lanczos resampling with premultiplied alpha, so that clear pixels lend no colour to edges."""
        image = Image.frombuffer("RGBA", (raster.width_px, raster.height_px), raster.rgba).convert("RGBa")
        scaled = image.resize((max(1, width_px), max(1, height_px)), Image.Resampling.LANCZOS, reducing_gap=3.0)
        return Raster(scaled.width, scaled.height, scaled.convert("RGBA").tobytes())

    def encode(self, raster: Raster, picture_format: PictureFormat) -> bytes:
        """File bytes without metadata: PNG as drawn, JPEG flattened on white at 4:4:4, WebP."""
        if picture_format == "png" and raster.png is not None:
            return raster.png
        image = Image.frombuffer("RGBA", (raster.width_px, raster.height_px), raster.rgba)
        out = io.BytesIO()
        if picture_format == "png":
            image.save(out, "PNG", compress_level=4)
        elif picture_format == "jpg":
            # 4:4:4 and high quality: flat brand colours and thin text bleed under chroma subsampling.
            flat = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
            flat.save(out, "JPEG", quality=95, subsampling=0, optimize=False)
        else:
            is_opaque = image.getchannel("A").getextrema() == (255, 255)
            image.convert("RGB" if is_opaque else "RGBA").save(
                out, "WEBP", lossless=image.getcolors(_FLAT_COLOURS) is not None, quality=_WEBP_QUALITY, method=2
            )
        return out.getvalue()

    def _check_pixels(self, width: int, height: int) -> None:
        if width * height > self._max_pixels:
            raise ValidationFailed(
                f"{width} x {height} pixels are over the cap of {self._max_pixels}",
                details={"limit_pixels": self._max_pixels},
            )


def _check_drawable(svg: str) -> None:
    """resvg's binding panics on what it cannot parse, so well-formedness and a real size are proved before."""
    sizes: list[float] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not sizes:
            sizes.extend(float(attributes[side]) for side in ("width", "height"))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(svg, True)
    except (expat.ExpatError, KeyError, ValueError) as error:
        raise ValidationFailed("the SVG is not well-formed or states no size in pixels") from error
    if len(sizes) != 2 or not all(0 < size <= 32_767 for size in sizes):
        raise ValidationFailed("the SVG has no drawable size")
