"""PNG, JPEG, WebP, GIF, TIFF -> size, alpha, flat-region colours and, of a picture that is a guide page, its words.

A photograph has no flat colours and gives none, with a warning. Words need an OCR engine (`ocr`); without one a warning
says that they were not read.
"""

import hashlib
import io
import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from sgd_resources.colour import hex_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import Bbox, ColourUse, ImageUse, Location, Page
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.pictures.picture_words import WIDTH_READ, may_be_guide_page, picture_words
from sgd_resources.parsers.pixels import ocr
from sgd_resources.parsers.pixels.flat_colours import LONGEST_SIDE, flat_colours
from sgd_resources.parsers.pixels.srgb_image import to_srgb

MAX_PIXELS = 80_000_000  # the gate's bound as well; a child's memory holds it decoded
_PHOTO_FLAT_RATIO = 0.25  # parts photographs from drawings and pages
_BAND_PIXELS = 4_000_000  # 12 MB at a time, whatever the picture


def parse_raster_image(data: bytes, suffix: str) -> ParsedParts:
    """Colours and size of the first frame, orientation applied.

    Raises:
        RejectedEvidence: damaged, or more pixels than `MAX_PIXELS`.
    """
    del suffix
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > MAX_PIXELS:
                raise RejectedEvidence("reject", f"image has more than {MAX_PIXELS} pixels")
            image.load()
            media_type = Image.MIME.get(image.format or "")
            # in place: a copy of every large picture would cost as much memory again
            ImageOps.exif_transpose(image, in_place=True)
            return _read(image, media_type, hashlib.sha256(data).hexdigest())
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise RejectedEvidence("reject", "image is damaged or cannot be decoded") from error


def _read(image: Image.Image, media_type: str | None, sha256: str) -> ParsedParts:
    parts = ParsedParts()
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    parts.pages.append(Page(number=1, width=image.width, height=image.height, has_text_layer=False))
    parts.images.append(
        ImageUse(
            width_px=image.width,
            height_px=image.height,
            media_type=media_type,
            sha256=sha256,
            has_alpha=has_alpha,
            location=Location(page=1, bbox=(0, 0, image.width, image.height)),
        )
    )
    width, height = image.size
    step = max(1, -(-max(width, height) // LONGEST_SIDE))
    pixels = _every_nth(image, step, has_alpha=has_alpha)
    alpha = pixels[..., 3] if has_alpha else None
    regions = flat_colours(pixels[..., :3], alpha=alpha)
    if regions.flat_ratio < _PHOTO_FLAT_RATIO:
        parts.warnings.append(
            f"photograph or texture: {regions.flat_ratio:.0%} of the picture is flat, so no colours were taken"
        )
        return parts
    opaque_ratio = 1.0 if alpha is None else float((alpha >= 250).mean())
    if may_be_guide_page(width, height, flat_ratio=regions.flat_ratio, opaque_ratio=opaque_ratio):
        if ocr.is_ocr_installed():
            readable, scale = _readable(image)
            image.close()  # OCR needs the room
            parts.text_blocks += picture_words(readable, scale)
            parts.colours += text_colours(parts.text_blocks)
        else:
            parts.warnings.append("words in the picture, if any, were not read: no OCR engine is installed")
    parts.colours += [
        ColourUse(
            hex=hex_of(*colour.rgb),
            space="pixel",
            components=tuple(float(channel) for channel in colour.rgb),
            source="pixels",
            operator=hex_of(*colour.rgb),
            area_ratio=min(1.0, colour.area_ratio),
            location=Location(page=1, bbox=_magnified(colour.bbox, step, width, height)),
        )
        for colour in regions.colours
    ]  # fmt: skip
    return parts


def _every_nth(image: Image.Image, step: int, *, has_alpha: bool) -> NDArray[np.uint8]:
    """Every nth pixel of every nth row in sRGB, converted band by band so that memory stays small."""
    mode = "RGBA" if has_alpha else "RGB"
    rows = max(step, _BAND_PIXELS // max(1, image.width) // step * step)
    bands = []
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(image.height, top + rows)))
        bands.append(np.asarray(to_srgb(band).convert(mode))[::step, ::step])
    return np.concatenate(bands)


def _readable(image: Image.Image) -> tuple[NDArray[np.uint8], float]:
    """(sRGB pixels no wider than OCR reads, scale of them)."""
    scale = min(1.0, WIDTH_READ / image.width)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    smooth = image if image.mode in ("RGB", "RGBA", "L", "CMYK") else image.convert("RGB")
    small = smooth if scale >= 1 else smooth.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return np.asarray(to_srgb(small).convert("RGB")), scale


def _magnified(box: Bbox, step: int, width: int, height: int) -> Bbox:
    x0, y0, x1, y1 = (side * step for side in box)
    return x0, y0, min(float(width), x1), min(float(height), y1)
