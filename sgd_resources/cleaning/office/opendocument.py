"""Takes out of OpenDocument files (ODT, ODP) what runs or calls out, and what tells of people.

Scripts and DDE hold the file for an operator; OLE objects, event listeners, applets, remote frames and sections go and
the details say so, as do metadata, annotations, tracked changes and thumbnails. Runs inside the sandbox's child. What
must not live here: OOXML, reading text.

Source: OASIS OpenDocument 1.3, parts 2 (packages) and 3 (schema).
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from sgd_resources.cleaning.office.archive import read_members, scannable_parts, write_members
from sgd_resources.cleaning.office.media import clean_media
from sgd_resources.cleaning.refusal import reject
from sgd_resources.cleaning.xml_tree import parse_xml
from sgd_resources.ports.examination import Cleaning, Limits

_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_MANIFEST = "META-INF/manifest.xml"
_MANIFEST_PATH = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"
_PRESENTATION_ACTION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}action"
_DRAW_MIME_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}mime-type"
_CONFIG_NAME = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}name"
_PRIVATE = re.compile(
    r"(?:meta\.xml|layout-cache|Thumbnails/.*|Versions/.*|VersionList\.xml|META-INF/.*signatures.*|manifest\.rdf)\Z",
    re.I,
)
_SCRIPTS = re.compile(r"(?:Basic|Scripts|Dialogs)/", re.I)
_ACTIVE_ELEMENTS = {
    "script": "macro", "event-listener": "event listener", "applet": "applet", "plugin": "plugin",
    "dde-connection": "dde", "dde-source": "dde", "dde-connection-decl": "dde", "dde-link": "dde",
    "object-ole": "embedded_object", "floating-frame": "remote frame", "execute-macro": "macro",
}  # fmt: skip
_HOLDING = frozenset({"macro", "dde"})
_DDE_FORMULA = re.compile(r"\bDDE\s*\(", re.I)
_PROGRAMS = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF")
_PERSONAL_ELEMENTS = frozenset(
    {"annotation", "annotation-end", "tracked-changes", "creator", "sender-firstname", "initial-creator"}
)
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:|#)", re.I)
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\|/|\.\./")


def clean_opendocument(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The document without metadata, in a fresh container whose `mimetype` comes first and stored.

    Raises:
        RejectedEvidence: as `clean_office`.
    """
    members = read_members(data, limits)
    if "content.xml" not in members:
        reject("encrypted" if "encrypted-package" in members else "malformed", message="a package without content")
    trees = {name: parse_xml(content, limits)[0] for name, content in members.items() if _is_xml(name, content)}
    if _MANIFEST in trees and any(one.tag.endswith("}encryption-data") for one in trees[_MANIFEST].iter(etree.Element)):
        reject("encrypted")
    held = {one for one in members if _is_script(one)}
    findings = {kind for root in trees.values() for _, kind in _active_elements(root)} | ({"macro"} if held else set())
    if findings & _HOLDING:
        details = {"findings": sorted(findings), "refusal": {"verdict": "quarantine", "reason": "active_content"}}
        return Cleaning(b"", "", details, scannable_parts(members))
    removed: dict[str, int] = {}
    cleaned: dict[str, bytes] = {}
    for name, content in members.items():
        if _PRIVATE.match(name):
            removed["metadata"] = removed.get("metadata", 0) + 1
        elif name not in trees and content.startswith(_PROGRAMS):
            removed["embedded_object"] = removed.get("embedded_object", 0) + 1
        elif name in trees:
            count = _strip_active(trees[name], removed) + _strip_tree(trees[name], removed)
            cleaned[name] = etree.tostring(trees[name], encoding="UTF-8", xml_declaration=True) if count else content
        else:
            cleaned[name] = clean_media(name, content, limits)
    if not removed and cleaned == members:
        return Cleaning(data, "", {"parts": len(members)}, scannable_parts(members))
    if _MANIFEST in trees:
        cleaned[_MANIFEST] = _manifest_without(trees[_MANIFEST], set(members) - set(cleaned))
    fresh = write_members(cleaned, first_stored="mimetype")
    how = "sanitised" if findings or "embedded_object" in removed else "stripped"
    return Cleaning(fresh, how, {"parts": len(members), "removed": removed}, scannable_parts(members))


def _is_xml(name: str, content: bytes) -> bool:
    return name.endswith((".xml", ".rdf")) or (
        content[:200].lstrip().startswith(b"<?xml") and not name.endswith(".svg")
    )


def _is_script(name: str) -> bool:
    return _SCRIPTS.match(name) is not None and not name.endswith(("/", "script-lc.xml", "dialog-lc.xml"))


def _active_elements(root: Any) -> Iterator[tuple[Any, str]]:
    """What runs or calls out, with its kind."""
    for element in root.iter(etree.Element):
        namespace, _, local = element.tag.rpartition("}")
        is_known = local in _ACTIVE_ELEMENTS and "opendocument" in namespace
        if is_known and not _is_harmless(element, namespace, local):
            yield element, _ACTIVE_ELEMENTS[local]
        elif local in ("section-source", "table-source") and _REMOTE.match(element.get(_XLINK_HREF, "")):
            yield element, "remote section"
        elif any(key.endswith("}formula") and _DDE_FORMULA.search(value) for key, value in element.attrib.items()):
            yield element, "dde"


def _strip_active(root: Any, removed: dict[str, int]) -> int:
    found = list(_active_elements(root))
    for element, kind in found:
        if (parent := element.getparent()) is not None:
            _remove_keeping_tail(parent, element)
            removed[kind] = removed.get(kind, 0) + 1
    return len(found)


def _is_harmless(element: Any, namespace: str, local: str) -> bool:
    """An empty script block, a button that turns pages, a film inside the file."""
    if local == "script":
        return not len(element) and not (element.text or "").strip() and not element.attrib
    if local == "event-listener" and namespace.endswith(":presentation:1.0"):
        return element.get(_PRESENTATION_ACTION, "none") not in ("execute", "verb")
    if local == "plugin":
        is_media = element.get(_DRAW_MIME_TYPE, "").startswith("application/vnd.sun.star.media")
        return is_media and not _REMOTE.match(element.get(_XLINK_HREF, ""))
    return False


def _strip_tree(root: Any, removed: dict[str, int]) -> int:
    count = 0
    for element in list(root.iter(etree.Element)):
        local = element.tag.rpartition("}")[2]
        parent = element.getparent()
        if local in _PERSONAL_ELEMENTS and parent is not None:
            _remove_keeping_tail(parent, element)
            removed[local] = removed.get(local, 0) + 1
            count += 1
            continue
        if local == "config-item" and str(element.get(_CONFIG_NAME)).startswith("Printer") and element.text:
            element.text = None
            removed["printer"] = removed.get("printer", 0) + 1
            count += 1
        href = element.get(_XLINK_HREF)
        if href is None:
            continue
        is_link = local in ("a", "bookmark")
        if (is_link and not _SAFE_LINK.match(href) and _REMOTE.match(href)) or (not is_link and _REMOTE.match(href)):
            element.set(_XLINK_HREF, "#")
            removed["link"] = removed.get("link", 0) + 1
            count += 1
    return count


def _remove_keeping_tail(parent: Any, element: Any) -> None:
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _manifest_without(root: Any, dropped: set[str]) -> bytes:
    for entry in list(root):
        if isinstance(entry.tag, str) and entry.get(_MANIFEST_PATH) in dropped:
            root.remove(entry)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
