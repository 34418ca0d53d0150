"""An Office file (OPC package) in memory: parts, content types and relationships, kept in step when a part goes.

Source: ECMA-376 part 2, Open Packaging Conventions (2021). What must not live here: which part is dangerous or
private.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from sgd_resources.cleaning.refusal import reject

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE_RELS = re.compile(r"\{[^}]*officeDocument/(?:2006/)?relationships\}")
_VML_RELS = frozenset(
    f"{{urn:schemas-microsoft-com:office:office}}{name}" for name in ("relid", "href", "pict", "althref")
)
_XML_SUFFIXES = (".xml", ".rels", ".vml")
SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:|#)[^\x00-\x20]*\Z", re.I)
CONTENT_TYPES = "[Content_Types].xml"


class Package:
    """Parts by name. XML parts are parsed once, under the bounds of the reader given."""

    def __init__(self, members: dict[str, bytes], read: Callable[[bytes], Any]) -> None:
        """Raises RejectedEvidence when a part that says it is XML is not."""
        self._members = dict(members)
        self._by_folded: dict[str, list[str]] = {}
        for name in members:
            self._by_folded.setdefault(name.lower(), []).append(name)
        self._trees: dict[str, Any] = {}
        self._touched: set[str] = set()
        self._was_dropped = False
        if CONTENT_TYPES not in members:
            reject("malformed", message="a package without content types")
        for name, content in members.items():
            if name.lower().endswith(_XML_SUFFIXES) or name == CONTENT_TYPES or self._claims_xml(name, content):
                self._trees[name] = read(content)
        self._read_content_types()

    @property
    def is_changed(self) -> bool:
        """Whether `members()` differs from what was read."""
        return bool(self._touched) or self._was_dropped

    def names(self) -> list[str]:
        """All part names, in the order of the file."""
        return list(self._members)

    def trees(self) -> Iterator[tuple[str, Any]]:
        """Every XML part and its root."""
        yield from list(self._trees.items())

    def binaries(self) -> Iterator[tuple[str, bytes]]:
        """Every part that is not XML."""
        yield from [(name, content) for name, content in self._members.items() if name not in self._trees]

    def content_type(self, name: str) -> str:
        """The content type the package states for a part; '' when it states none."""
        override = self._overrides.get(f"/{name}".lower())
        return str(override or self._defaults.get(name.rpartition(".")[2].lower(), ""))

    def touch(self, name: str) -> None:
        """Say that a tree was changed in place."""
        self._touched.add(name)

    def replace(self, name: str, content: bytes) -> None:
        """Other bytes for a part that is not XML."""
        self._members[name] = content
        self._was_dropped = True

    def relationships(self) -> Iterator[tuple[str, Any]]:
        """Every relationship with the name of the file that holds it."""
        for name, root in self.trees():
            if name.endswith(".rels"):
                for one in root.iter(_RELATIONSHIP):
                    yield name, one

    def drop_related(self, type_suffix: str) -> int:
        """Drop every part that a relationship of this type leads to; how many."""
        dropped = 0
        for rels_name, one in list(self.relationships()):
            if not one.get("Type", "").endswith(type_suffix):
                continue
            if one.get("TargetMode", "") != "External":
                dropped += self.drop_part(_target(rels_name, one.get("Target", "")))
            self.drop_relationship(rels_name, one)
        return dropped

    def drop_linked_part(self, name: str) -> int:
        """Drop a part and every relationship that leads to it; how many parts (0 or 1)."""
        for rels_name, one in list(self.relationships()):
            is_inside = one.get("TargetMode", "") != "External"
            if is_inside and _target(rels_name, one.get("Target", "")).lower() == name.lower():
                self.drop_relationship(rels_name, one)
        return self.drop_part(name)

    def drop_target(self, source: str, identity: str) -> None:
        """Drop the relationship that a part knows under this id, and the part it leads to."""
        for rels_name, one in list(self.relationships()):
            if one.get("Id") == identity and _source_of(rels_name) == source:
                if one.get("TargetMode", "") != "External":
                    self.drop_part(_target(rels_name, one.get("Target", "")))
                self.drop_relationship(rels_name, one)

    def drop_unreachable(self, removed: dict[str, int]) -> None:
        """Drop every part that no relationship leads to: no reader shows it, so it can only hide something."""
        by_folded = {name.lower(): name for name in self._members}
        reached = {CONTENT_TYPES.lower()}
        waiting = [""]
        while waiting:
            source = waiting.pop()
            folder, _, leaf = source.rpartition("/")
            rels_name = by_folded.get((f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels").lower())
            if rels_name is None:
                continue
            reached.add(rels_name.lower())
            for one in self._trees[rels_name].iter(_RELATIONSHIP):
                name = by_folded.get(_target(rels_name, one.get("Target", "")).lower())
                if one.get("TargetMode") != "External" and name is not None and name.lower() not in reached:
                    reached.add(name.lower())
                    waiting.append(name)
        for folded, name in by_folded.items():
            if folded not in reached and name in self._members:
                removed["unreachable part"] = removed.get("unreachable part", 0) + self.drop_part(name)

    def drop_external_images(self, removed: dict[str, int]) -> None:
        """A linked picture would be fetched when the file is opened; its link goes, its place stays."""
        for rels_name, one in list(self.relationships()):
            if one.get("TargetMode") == "External" and one.get("Type", "").endswith("/image"):
                self.drop_relationship(rels_name, one)
                removed["linked image"] = removed.get("linked image", 0) + 1

    def neutralise_links(self, removed: dict[str, int]) -> None:
        """A link to a web page or an address stays; one to a script, a local file or a share leads nowhere."""
        for rels_name, one in list(self.relationships()):
            is_link = one.get("Type", "").endswith(("/hyperlink", "/hlink"))
            if is_link and one.get("TargetMode") == "External" and not SAFE_LINK.match(one.get("Target", "").strip()):
                one.set("Target", "about:blank")
                self.touch(rels_name)
                removed["link"] = removed.get("link", 0) + 1

    def members(self) -> dict[str, bytes]:
        """All parts as bytes; untouched ones are the bytes that were read."""
        found: dict[str, bytes] = {}
        for name, content in self._members.items():
            if name in self._touched or (name in self._trees and (b"<!--" in content or b"<?" in content[60:])):
                found[name] = etree.tostring(self._trees[name], encoding="UTF-8", xml_declaration=True, standalone=True)
            else:
                found[name] = content
        return found

    def _read_content_types(self) -> None:
        root = self._trees[CONTENT_TYPES]
        self._overrides = {
            one.get("PartName", "").lower(): one.get("ContentType", "") for one in root.iter(f"{_TYPES}Override")
        }
        self._override_rows: dict[str, list[Any]] = {}
        for one in root.iter(f"{_TYPES}Override"):
            self._override_rows.setdefault(one.get("PartName", "").lower(), []).append(one)
        self._defaults = {
            one.get("Extension", "").lower(): one.get("ContentType", "") for one in root.iter(f"{_TYPES}Default")
        }

    @staticmethod
    def _claims_xml(name: str, content: bytes) -> bool:
        """A part may carry markup under any name; what starts like XML is read like XML."""
        return content[:400].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and not name.lower().endswith(".svg")

    def drop_part(self, name: str) -> int:
        """Drop a part with its relationships and content type; how many (0 or 1)."""
        alike = self._by_folded.get(name.lower())
        if not alike:
            return 0
        actual = alike.pop(0)
        del self._members[actual]
        self._trees.pop(actual, None)
        folder, _, leaf = actual.rpartition("/")
        self.drop_part(f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
        for one in self._override_rows.pop(f"/{actual}".lower(), ()):
            one.getparent().remove(one)
            self.touch(CONTENT_TYPES)
        self._was_dropped = True
        return 1

    def drop_relationship(self, rels_name: str, one: Any) -> None:
        """Drop a relationship, and what refers to it in the part that it belongs to."""
        identity = one.get("Id", "")
        if one.getparent() is not None:
            one.getparent().remove(one)
        self.touch(rels_name)
        source = _source_of(rels_name)
        tree = self._trees.get(source)
        if tree is None:
            return
        for element in tree.iter(etree.Element):
            for key, value in list(element.attrib.items()):
                if value == identity and _refers(key):
                    del element.attrib[key]
                    self.touch(source)


def _refers(key: str) -> bool:
    """Whether an attribute holds the id of a relationship; VML also has its own: `o:relid`, `o:href`, `o:pict`."""
    return _OFFICE_RELS.match(key) is not None or key in _VML_RELS


def _source_of(rels_name: str) -> str:
    """The part whose relationships this file holds; '' for the package itself."""
    folder, _, leaf = rels_name.rpartition("/")
    return posixpath.join(folder.removesuffix("_rels").rstrip("/"), leaf.removesuffix(".rels"))


def _target(rels_name: str, target: str) -> str:
    base = posixpath.dirname(_source_of(rels_name))
    path = unquote(target)
    joined = path if path.startswith("/") else posixpath.join("/", base, path)
    return posixpath.normpath(joined).lstrip("/")
