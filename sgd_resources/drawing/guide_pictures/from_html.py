"""Pictures inside HTML, and what HTML and Markdown say of pictures that are files of their own."""

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from sgd_resources.drawing.guide_pictures.found import FoundPicture
from sgd_resources.parsers.xml_tree import words_of

_DATA = re.compile(r"data:image/(?:png|jpe?g|webp);base64,(?P<bytes>[A-Za-z0-9+/=\s]+)")
_MARKDOWN = re.compile(r"!\[(?P<alt>[^\]\n]{1,300})\]\(\s*<?(?P<file>[^)\s>\n]{1,300})")
_CAPTION = 300  # characters; pictures of one figure share it


def html_pictures(data: bytes) -> Iterator[FoundPicture]:
    """Each place with a picture that stands in the file itself, in order, with its alternative text and caption."""
    for image, words in _images(data):
        match = _DATA.fullmatch(image.strip())
        if match is not None:
            yield FoundPicture(match["bytes"], partial(_decoded, match["bytes"]), None, words)


def alt_texts(data: bytes, media_type: str) -> Iterator[tuple[str, str]]:
    """(file name, words) of each picture that a page or a Markdown text shows and says something of."""
    if "html" in media_type:
        for source, words in _images(data):
            if words.strip() and not source.startswith("data:"):
                yield _file_name(source), words
    elif media_type.startswith("text/"):
        for match in _MARKDOWN.finditer(data.decode("utf-8", "replace")):
            yield _file_name(match["file"]), match["alt"]


def _images(data: bytes) -> Iterator[tuple[str, str]]:
    """(source, alternative text, title and caption) of each image element."""
    try:
        root = html.document_fromstring(data)
    except (etree.ParserError, ValueError):
        return
    captions: dict[html.HtmlElement, str] = {}
    for image in root.iter("img"):
        figure = next(image.iterancestors("figure"), None)
        if figure is not None and figure not in captions:
            captions[figure] = _caption(figure)
        words = (image.get("alt"), image.get("title"), captions[figure] if figure is not None else None)
        yield image.get("src") or image.get("data-src") or "", " ".join(word for word in words if word)


def _caption(figure: html.HtmlElement) -> str:
    found = figure.find(".//figcaption")
    return words_of(found)[:_CAPTION] if found is not None else ""


def _decoded(coded: str) -> bytes | None:
    """None for a damaged picture: the others of the page are read."""
    try:
        return base64.b64decode(coded)
    except binascii.Error:
        return None


def _file_name(source: str) -> str:
    return posixpath.basename(unquote(urlsplit(source).path))
