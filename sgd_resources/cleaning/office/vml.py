"""Takes addresses out of VML, the drawing language of older Office files: they are written in the markup itself, where
no relationship tells of them.

What must not live here: relationships (`package`), DrawingML.

Source: ECMA-376 part 4, 19 "VML reference" (2016).
"""

from typing import Any

from lxml import etree

from sgd_resources.cleaning.office.package import SAFE_LINK, Package

_NAMESPACES = ("{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:")
_LOADED = frozenset({"src", "althref", "lowsrc", "dynsrc", "classid", "codebase", "data"})
_OFFICE_PICTURE = frozenset({"href", "althref"})
"""On a fill, a stroke or a picture even `o:href` names what is drawn; only a shape's own `href` is one to click."""
_PICTURES = frozenset({"imagedata", "fill", "stroke", "image", "background"})
_COMMANDS = frozenset({"FmlaMacro", "FmlaPict", "DDE", "MacroName"})
_HIDDEN_PACKAGE = "{urn:schemas-microsoft-com:office:office}gfxdata"
"""A whole package in base64: the drawing once more, for newer readers, with whatever else its writer put in."""


def strip_vml_links(package: Package, removed: dict[str, int]) -> None:
    """Drop what VML would load, run or hide; links that lead to a web page or a person stay."""
    for name, root in package.trees():
        if name.endswith(".rels"):
            continue
        count = sum(_strip_element(element) for element in list(root.iter(etree.Element)))
        if count:
            package.touch(name)
            removed["VML address"] = removed.get("VML address", 0) + count


def _strip_element(element: Any) -> int:
    if element.tag.rpartition("}")[2] in {"sp", "pic", "graphicFrame", "cxnSp", "grpSp"} and element.get("macro"):
        element.set("macro", "")
        return 1
    if not element.tag.startswith(_NAMESPACES):
        return 0
    local = element.tag.rpartition("}")[2]
    parent = element.getparent()
    if local in _COMMANDS and parent is not None:
        parent.remove(element)
        return 1
    count = 0
    for key, value in list(element.attrib.items()):
        if key == _HIDDEN_PACKAGE or not _is_harmless(local, key.rpartition("}")[2].lower(), value):
            del element.attrib[key]
            count += 1
    return count


def _is_harmless(element: str, attribute: str, value: str) -> bool:
    if attribute.startswith("on"):
        # `on="t"` switches a shadow or a fill on; every longer name is an event.
        return attribute == "on"
    if attribute in _LOADED or (attribute in _OFFICE_PICTURE and element in _PICTURES):
        return not value.strip() or value.startswith("#")
    if attribute == "href":
        return not value.strip() or SAFE_LINK.match(value.strip()) is not None
    folded = value.casefold()
    return attribute != "style" or not ("url(" in folded or "expression(" in folded or "\\" in folded)
