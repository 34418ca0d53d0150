"""Opens a citation's place in the bytes as uploaded, without the product's own parsers: `Citation, bytes -> miss`.

What must not live here: which citations are opened (`citations.py`).
"""

import io
import re
import zipfile
from pathlib import PurePosixPath

import numpy as np
import pypdfium2
from lxml import etree
from PIL import Image

from sgd_assets.canon.model import Citation
from sgd_resources.colour import delta_e_2000_to_each

_HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
_NEAR_LINES = 60
"""Lines behind the cited one that a block may go on over: a table or list is cited where it begins."""
_SAME_PIXEL = 6.0
"""CIEDE2000 between a read colour and a pixel: what a picture's compression and a page's rendering change."""
_MOST_SIDE_PX = 400
_RASTER = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff")
_PACKAGE = (".pptx", ".docx", ".potx", ".dotx", ".odp", ".odt", ".xlsx", ".thmx")
_PX_PER_PT = 3.0  # a thin line has a pixel of its own colour


def miss_of(citation: Citation, data: bytes, value: str) -> str | None:
    """Why the quote or the value is not at the place in these bytes; None when it is.

    Args:
        citation: with the place.
        data: of the file as uploaded.
        value: of the fact that cites it: what a place without words shows.
    """
    suffix = PurePosixPath(citation.file_name.lower()).suffix
    if suffix == ".pdf":
        return _in_pdf(citation, data, value)
    if suffix in _RASTER:
        return _in_picture(citation, data, value)
    if suffix in _PACKAGE:
        return _in_package(citation, data)
    if suffix == ".svg":
        return _in_xml(citation, data)
    if suffix in (".ttf", ".otf", ".woff", ".woff2"):
        return None if citation.xml_path or citation.page is None else "no place in a font file"
    return _in_text(citation, data)


def _in_text(citation: Citation, data: bytes) -> str | None:
    text = data.decode("utf-8", "replace")
    words = letters(citation.quote)
    if citation.line is None:
        return None if words in letters(plain(text)) or words in letters(text) else "text: the quote is nowhere"
    lines = text.split("\n")
    first = citation.line - 1
    if first >= len(lines):
        return "text: no such line"
    if citation.selector is not None:  # the line on which a start tag ends
        first = next((at for at in range(first, -1, -1) if "<" in lines[at] or "{" in lines[at]), first)
    near = "\n".join(lines[first : citation.line + _NEAR_LINES])
    return None if words in letters(plain(near)) or words in letters(near) else "text: the quote is not at its line"


def _in_xml(citation: Citation, data: bytes) -> str | None:
    words = letters(citation.quote)
    if words not in letters(data.decode("utf-8", "replace")) and not _is_written_otherwise(citation.quote, data):
        return "svg: the quote is nowhere"
    if citation.xml_path is None:
        return None
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    return None if tree.getroottree().xpath(citation.xml_path) else "svg: no such element"


def _is_written_otherwise(quote: str, data: bytes) -> bool:
    """'#ffffff' where the file says 'white' or '#fff'."""
    found = _HEX.search(quote)
    return found is not None and bool(re.search(rb"(?i)#[0-9a-f]{3}\b|rgb\(|:\s*[a-z]+[;\"]|=\"[a-z]+\"", data))


def _in_pdf(citation: Citation, data: bytes, value: str) -> str | None:
    document = pypdfium2.PdfDocument(data)
    if citation.page is None or citation.page > len(document):
        return "pdf: no such page"
    page = document[citation.page - 1]
    words = letters(citation.quote)
    if words and words in letters(page.get_textpage().get_text_range()):
        return None
    if citation.bbox is None:
        return None  # a font dictionary or a spot's name: a resource of the page
    return None if _shows(page, citation, value) else "pdf: neither the words nor the colour are in the box"


def _shows(page: pypdfium2.PdfPage, citation: Citation, value: str) -> bool:
    assert citation.bbox is not None
    if _HEX.fullmatch(value) is None:
        return True  # words of a picture, which only OCR reads
    picture = page.render(scale=_PX_PER_PT).to_pil().convert("RGB")
    x0, y0, x1, y1 = (round(side * _PX_PER_PT) for side in citation.bbox)
    box = (max(0, x0 - 1), max(0, y0 - 1), min(picture.width, x1 + 2), min(picture.height, y1 + 2))
    return box[2] > box[0] and box[3] > box[1] and _has_pixel(picture.crop(box), value)


def _in_picture(citation: Citation, data: bytes, value: str) -> str | None:
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    if citation.bbox is not None:
        x0, y0, x1, y1 = (round(side) for side in citation.bbox)
        if x1 > picture.width + 1 or y1 > picture.height + 1:
            return "picture: the box is outside"
        picture = picture.crop((x0, y0, max(x0 + 1, x1), max(y0 + 1, y1)))
    if _HEX.fullmatch(value) is None:
        return None  # words of a picture, which only OCR reads
    return None if _has_pixel(picture.convert("RGB"), value) else "picture: no such colour in the box"


def _has_pixel(picture: Image.Image, value: str) -> bool:
    picture.thumbnail((_MOST_SIDE_PX, _MOST_SIDE_PX), Image.Resampling.NEAREST)
    seen = np.unique(np.asarray(picture, dtype=np.uint8).reshape(-1, 3), axis=0)
    return bool((delta_e_2000_to_each(seen, [value]) <= _SAME_PIXEL).any())


def _in_package(citation: Citation, data: bytes) -> str | None:
    part, _, _ = (citation.xml_path or "").partition(":/")
    words = letters(citation.quote)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if part and part not in package.namelist():
            return "package: no such part"
        names = [part] if part else [name for name in package.namelist() if name.endswith(".xml")]
        texts = [package.read(name).decode("utf-8", "replace") for name in names]
    held = any(words in letters(plain(text)) or words in letters(text) for text in texts)
    return None if held else "package: the quote is not in its part"


def plain(source: str) -> str:
    """Source without tags, link targets and entities, so that what a reader sees stays."""
    text = re.sub(r"\]\([^)]*\)", "]", source)
    text = re.sub(
        r"<(?!text)[^<>]*?>", lambda tag: tag[0] if "#" in tag[0] or "rgb" in tag[0] or "font" in tag[0] else " ", text
    )
    return re.sub(r"&(?:rsquo|lsquo|quot|ldquo|rdquo|ndash|mdash|amp|nbsp|#\d+);", " ", text)


def letters(text: str) -> str:
    """Letters and digits in lower case: how a text is spaced and marked up does not count."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
