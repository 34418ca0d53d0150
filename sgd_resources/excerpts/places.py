"""Evidence bytes -> pictures of the places a canon cites: PDF pages, raster files, SVG drawings.

Jobs for the sandbox (`sandbox/pool.py`): bytes and JSON arguments in, JSON and WebP blobs out, pixels bounded. Each
picture comes with the box it shows, in the citations' own units. What must not live here: which places are drawn, and
any page around the pictures (`sgd_api/canon_page`).
"""

import io
import math
import warnings
from typing import Any

import pypdfium2
from lxml import etree
from PIL import Image
from resvg import render, usvg

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsers.web.svg_geometry import view_box
from sgd_resources.parsers.xml_tree import parse_xml

Reply = tuple[dict[str, Any], tuple[bytes, ...]]
Box = tuple[float, float, float, float]

_MAX_SOURCE_PIXELS = 80_000_000  # as the reader's bound
_MAX_PAGES = 400  # more than the reader reads
_FLAT_COLOURS = 3000
"""Up to this many colours a picture is drawn art, which lossless WebP keeps sharp and small."""
_QUALITY = 80  # excerpts are looked at, not measured
_POINTS_PER_INCH = 72  # PDF's default user space
_IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)  # drawn at the size that the document says


def draw_pdf_pages(data: bytes, arguments: dict[str, Any]) -> Reply:
    """One picture for each of `pages` (`{"page", "box"}`, in points from its top left as displayed), clipped to it.

    Arguments: `dpi`, `max_pixels` of one picture. Answers `{"pictures": [{"page", "box", "width_px", "height_px"}]}`
    with one WebP blob each, in the order asked for; pages that the file lacks are left out.
    """
    wanted = arguments["pages"][:_MAX_PAGES]
    heads, blobs = [], []
    document = pypdfium2.PdfDocument(data)
    try:
        for item in wanted:
            if not 1 <= item["page"] <= len(document):
                continue
            page = document[item["page"] - 1]
            box = _clip(item["box"], *page.get_size())
            if box is not None:
                picture = _draw_page(page, box, arguments["dpi"], arguments["max_pixels"])
                heads.append(_head(item["page"], box, picture))
                blobs.append(_webp(picture))
            page.close()
    finally:
        document.close()
    return {"pictures": heads}, tuple(blobs)


def draw_raster(data: bytes, arguments: dict[str, Any]) -> Reply:
    """The whole picture, at most `max_side_px` long; the box is its true size in pixels. Shape as `draw_pdf_pages`."""
    with warnings.catch_warnings():
        # The cap below is ours; Pillow's own warning would be a second, different one.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF", "TIFF")) as opened:
            width, height = opened.size
            if width * height > _MAX_SOURCE_PIXELS:
                raise RejectedEvidence(
                    "reject",
                    "bomb",
                    details={
                        "message": f"{width * height:,} pixels; at most {_MAX_SOURCE_PIXELS:,} are read",
                        "limit_pixels": _MAX_SOURCE_PIXELS,
                    },
                )
            has_alpha = opened.has_transparency_data
            image = opened.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((arguments["max_side_px"], arguments["max_side_px"]), Image.Resampling.LANCZOS)
    return _whole(image, float(width), float(height))


def draw_svg(data: bytes, arguments: dict[str, Any]) -> Reply:
    """The whole drawing, `max_side_px` on its longer side; the box is in the drawing's own units from its top left."""
    root = parse_xml(data, "svg")
    left, top, width, height = view_box(root)
    scale = arguments["max_side_px"] / max(width, height)
    root.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    root.set("width", f"{max(1.0, width * scale):.2f}")
    root.set("height", f"{max(1.0, height * scale):.2f}")
    tree = usvg.Tree.from_str(etree.tostring(root, encoding="unicode"), usvg.Options.default())
    with Image.open(io.BytesIO(bytes(render(tree, _IDENTITY)))) as drawn:
        return _whole(drawn.convert("RGBA"), width, height)


def _whole(image: Image.Image, width: float, height: float) -> Reply:
    return {"pictures": [_head(1, (0.0, 0.0, width, height), image)]}, (_webp(image),)


def _head(page: int, box: Box, image: Image.Image) -> dict[str, Any]:
    return {"page": page, "box": list(box), "width_px": image.width, "height_px": image.height}


def _draw_page(page: pypdfium2.PdfPage, box: Box, dpi: float, max_pixels: int) -> Image.Image:
    width, height = page.get_size()
    scale = min(dpi / _POINTS_PER_INCH, math.sqrt(max_pixels / ((box[2] - box[0]) * (box[3] - box[1]))))
    margins = (box[0], height - box[3], width - box[2], box[1])
    bitmap = page.render(scale=scale, crop=margins, rev_byteorder=True, prefer_bgrx=True, may_draw_forms=False)
    try:
        drawn: Image.Image = bitmap.to_pil().convert("RGB")
        return drawn
    finally:
        bitmap.close()


def _clip(box: list[float], width: float, height: float) -> Box | None:
    """The part of a box that lies on the page, at least a point wide and high; None when there is none."""
    x0, y0 = max(0.0, min(box[0], width)), max(0.0, min(box[1], height))
    x1, y1 = max(0.0, min(box[2], width)), max(0.0, min(box[3], height))
    return (x0, y0, x1, y1) if x1 - x0 >= 1 and y1 - y0 >= 1 else None


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    is_flat = image.getcolors(_FLAT_COLOURS) is not None
    image.save(out, "WEBP", lossless=is_flat, quality=_QUALITY, method=4)
    return out.getvalue()
