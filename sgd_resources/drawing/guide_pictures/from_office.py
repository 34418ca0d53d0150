"""Pictures on the slides and pages of an Office file, each with its alternative text and the heading of its slide."""

import posixpath
import re
from collections.abc import Iterator
from functools import partial

from lxml import etree

from sgd_resources.drawing.guide_pictures.found import FoundPicture
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.xml_tree import local_name, words_of

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_RASTERS = (".png", ".jpg", ".jpeg", ".webp")
_HEADING = 120


def office_pictures(data: bytes) -> Iterator[FoundPicture]:
    """Each place with a picture, in order.

    Raises:
        RejectedEvidence: it is no package that can be read.
    """
    package = OfficePackage(data)
    slides = sorted((int(found[1]), name) for name in package.names() if (found := _SLIDE.fullmatch(name)))
    parts: list[tuple[int | None, str]] = [*slides] if slides else [(None, "word/document.xml")]
    for number, part in parts:
        root = package.xml(part)
        if root is None:
            continue
        relations = package.relations(part)
        heading = words_of(root)[:_HEADING] if number is not None else ""
        for blip in root.iter():
            if not isinstance(blip.tag, str) or local_name(blip) != "blip" or blip.get(_EMBED) not in relations:
                continue
            target = relations[blip.get(_EMBED, "")][1]
            if posixpath.splitext(target)[1].lower() in _RASTERS:
                yield FoundPicture(target, partial(package.read, target), number, _alternative(blip), heading)


def _alternative(blip: etree._Element) -> str:
    """The description of the shape or drawing around a picture."""
    for around in blip.iterancestors():
        for element in around.iter():
            if isinstance(element.tag, str) and local_name(element) in ("cNvPr", "docPr"):
                return f"{element.get('title') or ''} {element.get('descr') or ''}"
        if local_name(around) in ("pic", "drawing", "inline", "anchor", "sp"):
            break
    return ""
