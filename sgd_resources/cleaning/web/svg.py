"""Cleans SVG by allowlist: shapes, paint, text, gradients and local styles stay; what runs, loads or tracks goes.

Cleaning is idempotent. Drawings that would cost a renderer too much (nested `use`, endless canvases) are refused.
What must not live here: drawing, reading colours.
"""

import base64
import binascii
import re
import zlib
from typing import Any

from lxml import etree

from sgd_resources.cleaning.pictures.images import as_png, clean_image
from sgd_resources.cleaning.pictures.segments import has_colour_profile, without_metadata
from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.cleaning.web.css import clean_declarations, clean_stylesheet, clean_value
from sgd_resources.cleaning.web.svg_cost import check_drawing_cost
from sgd_resources.cleaning.web.svg_lines import keep_lines
from sgd_resources.cleaning.web.svg_vocabulary import ATTRIBUTES, ELEMENTS
from sgd_resources.cleaning.xml_tree import parse_xml
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Cleaning, Limits

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
_FRAGMENT = re.compile(r"#[^\s\"'()\\<>:]+\Z")
_DATA_IMAGE = re.compile(r"\s*data:(image/(?:png|jpeg|jpg|gif|webp));base64,([A-Za-z0-9+/=\s]*)\Z", re.I)
_HREF_ELEMENTS = frozenset(
    {
        "use",
        "image",
        "linearGradient",
        "radialGradient",
        "pattern",
        "textPath",
        "mpath",
        "tref",
        "filter",
        "clipPath",
        "mask",
    }
)
_NAMESPACES: Any = {None: SVG, "xlink": XLINK}
_LONGEST_UNPACKED = 50_000_000  # bytes; as long as a plain drawing may be that is uploaded
_MAX_OCTAVES = 10  # what can be seen: each adds half the detail of the one before, at the full cost
_MAX_DEVIATION = 250.0  # wider blurs show nothing of what they blur, at a cost that grows with them
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.I)


def clean_svg(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The drawing with only allowed elements and attributes, as UTF-8 without a document type; a packed one unpacked.

    Raises:
        RejectedEvidence: `reject:entities`, `malformed`, `encoding`, `bomb` or `mime_mismatch`.
    """
    data = unpacked(data)
    root, notes = parse_xml(data, limits, max_nodes=limits.max_svg_nodes)
    if etree.QName(root).localname != "svg" or etree.QName(root).namespace not in (SVG, None):
        reject("mime_mismatch", message="the root element is not SVG's")
    removed: dict[str, int] = dict.fromkeys(notes, 1)
    rebuilt = _copy(root, etree.QName(root).namespace, limits, removed)
    check_drawing_cost(rebuilt, limits)
    lead = keep_lines(root, rebuilt)
    cleaned = b"\n" * lead + etree.tostring(rebuilt, encoding="utf-8", xml_declaration=False)
    if cleaned == data:
        return Cleaning(data, "")
    return Cleaning(cleaned, "sanitised", {"removed": removed} if removed else {})


def unpacked(data: bytes) -> bytes:
    """A `.svgz` as plain SVG; what is not packed as it is.

    Raises:
        RejectedEvidence: `reject:malformed` (damaged), `reject:bomb` (longer than any drawing).
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = inflater.decompress(data, _LONGEST_UNPACKED + 1)
    except zlib.error:
        reject("malformed", message="a packed drawing that does not unpack")
    if len(plain) > _LONGEST_UNPACKED:
        bomb("bytes unpacked", len(plain), _LONGEST_UNPACKED)
    if not inflater.eof:
        reject("malformed", message="a packed drawing that ends early")
    return plain


def _copy(source: Any, root_namespace: str | None, limits: Limits, removed: dict[str, int]) -> Any:
    """A fresh tree of allowed things; depth is bounded by the XML reader."""
    name = etree.QName(source)
    if name.namespace not in (SVG, root_namespace) or name.localname not in ELEMENTS:
        _count(removed, f"element:{name.localname[:40]}")
        return etree.Element(f"{{{SVG}}}g")  # an empty one, so that its neighbours keep their paths
    target: Any = etree.Element(f"{{{SVG}}}{name.localname}", nsmap=_NAMESPACES if source.getparent() is None else None)
    for key, value in source.attrib.items():
        _copy_attribute(name.localname, target, key, value, limits, removed)
    target.text = source.text
    if name.localname == "style":
        _copy_style(source, target, removed)
        return target
    for child in source:
        copied = _copy(child, root_namespace, limits, removed)
        target.append(copied)
        copied.tail = child.tail
    return target


def _copy_style(source: Any, target: Any, removed: dict[str, int]) -> None:
    cleaned, has_changed = clean_stylesheet("".join(source.itertext()))
    target.text = cleaned
    if has_changed:
        _count(removed, "css")


def _copy_attribute(element: str, target: Any, key: str, value: str, limits: Limits, removed: dict[str, int]) -> None:
    name: Any = etree.QName(key)
    local = name.localname
    if name.namespace in (None, XLINK) and local == "href":
        kept = _href(element, value, limits)
        if kept is None:
            _count(removed, "href")
        else:
            target.set(f"{{{XLINK}}}href" if name.namespace else "href", kept)
        return
    if name.namespace == XML and local in ("space", "lang"):
        target.set(key, value)
        return
    if name.namespace is not None or not (local in ATTRIBUTES or local.startswith("aria-")):
        _count(removed, f"attribute:{local[:40]}")
        return
    kept_value, has_changed = _attribute_value(local, value)
    if has_changed:
        _count(removed, f"value:{local}")
    target.set(local, kept_value)


def _attribute_value(name: str, value: str) -> tuple[str, bool]:
    if name == "style":
        return clean_declarations(value)
    if name == "numOctaves":
        return _clamped(value, _MAX_OCTAVES)
    if name == "stdDeviation":
        return _clamped(value, _MAX_DEVIATION)
    if name not in _NOT_CSS and any(mark in value for mark in "(\\:"):
        return clean_value(value)
    return value, False


_NOT_CSS = frozenset(
    {"d", "points", "id", "class", "transform", "gradientTransform", "patternTransform", "viewBox", "lang"}
)


def _clamped(value: str, top: float) -> tuple[str, bool]:
    numbers = [float(found) for found in _NUMBER.findall(value)]
    if all(number <= top for number in numbers):
        return value, False
    return " ".join(f"{min(number, top):g}" for number in numbers), True


def _href(element: str, value: str, limits: Limits) -> str | None:
    if element in _HREF_ELEMENTS and _FRAGMENT.match(value.strip()):
        return value.strip()
    if element == "image":
        return _embedded_image(value, limits)
    return None


def _embedded_image(value: str, limits: Limits) -> str | None:
    """A raster image in the drawing is re-encoded like one uploaded on its own."""
    found = _DATA_IMAGE.match(value)
    if found is None:
        return None
    media_type = found.group(1).lower().replace("image/jpg", "image/jpeg")
    try:
        raw = base64.b64decode("".join(found.group(2).split()), validate=True)
    except binascii.Error:
        return None
    try:
        kept_type, kept = _settled_image(raw, media_type, limits)
    except RejectedEvidence as refusal:
        if refusal.reason == "bomb":
            raise
        return None
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, OverflowError):
        return None
    return f"data:{kept_type};base64,{base64.b64encode(kept).decode('ascii')}"


def _settled_image(raw: bytes, media_type: str, limits: Limits) -> tuple[str, bytes]:
    """PNG and JPEG, of which a second pass changes nothing: one that carries only pixels stays as it is."""
    cleaning = clean_image(raw, media_type, limits)
    if media_type not in ("image/png", "image/jpeg"):
        return "image/png", as_png(cleaning.data)
    is_whole = "scaled_from_px" not in cleaning.details
    if is_whole and without_metadata(raw) == raw and not has_colour_profile(raw):
        return media_type, raw
    return media_type, cleaning.data


def _count(removed: dict[str, int], what: str) -> None:
    if what in removed or len(removed) < 50:
        removed[what] = removed.get(what, 0) + 1
