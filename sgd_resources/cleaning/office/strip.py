"""Takes out of an Office file what runs or calls out and can go without harm to the rest: embedded objects, ActiveX,
linked data, foreign parts, web formulas and fields. The picture that stands for an object stays in its place.

What must not live here: what holds the whole file (macros, DDE, remote templates: `active` finds those),
makers' marks.
"""

import re
from collections import Counter
from typing import Any

from lxml import etree

from sgd_resources.cleaning.office.active import (
    MAX_FIELD_RUNS,
    action_findings,
    field_findings,
    formula_findings,
    is_formula,
    is_local_template,
)
from sgd_resources.cleaning.office.package import Package

_DROPPED_RELATIONSHIPS = {
    "/oleObject": "embedded_object",
    "/control": "activex",
    "/activeXControlBinary": "activex",
    "/ctrlProp": "activex",
    "/aFChunk": "foreign part",
    "/externalLink": "external_link",
    "/externalLinkPath": "external_link",
    "/connections": "data connection",
    "/queryTable": "data connection",
    "/webExtension": "web extension",
    "/webextension": "web extension",
    "/webextensiontaskpanes": "web extension",
}
_DROPPED_ELEMENTS = {
    "OLEObject": "embedded_object", "oleObjects": "embedded_object", "oleObject": "embedded_object",
    "control": "activex", "controls": "activex", "altChunk": "foreign part",
    "externalReferences": "external_link", "mailMerge": "data connection",
}  # fmt: skip
_KEPT_EXTERNAL = ("/hyperlink", "/hlink", "/image")
_OFFICE = re.compile(
    r"\{(?:urn:schemas-microsoft-com:|https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.oclc\.org)/)"
)
_PRESENTATION_OBJECT = "}oleObj"
_LINK_ELEMENTS = frozenset({"hlinkClick", "hlinkHover", "hlinkMouseOver"})
_FIELD_ELEMENTS = frozenset({"instrText", "delInstrText"})


def strip_active(package: Package, unwanted: dict[str, str]) -> dict[str, int]:
    """How many of each kind were taken out.

    Args:
        package: changed in place.
        unwanted: names of parts that must go, with the kind of each.
    """
    removed: Counter[str] = Counter()
    for name, kind in unwanted.items():
        removed[kind] += package.drop_linked_part(name)
    for suffix, kind in _DROPPED_RELATIONSHIPS.items():
        removed[kind] += package.drop_related(suffix)
    removed += _drop_external(package)
    for name, root in package.trees():
        if name.endswith(".rels"):
            continue
        found = _strip_elements(package, name, root) + _strip_fields(root)
        if found:
            package.touch(name)
            removed += found
    return dict(sorted((+removed).items()))


def _drop_external(package: Package) -> Counter[str]:
    removed: Counter[str] = Counter()
    for rels_name, one in list(package.relationships()):
        kind = one.get("Type", "")
        if one.get("TargetMode", "").lower() != "external" or kind.endswith(_KEPT_EXTERNAL):
            continue
        removed["template link" if is_local_template(one) else "external_link"] += 1
        package.drop_relationship(rels_name, one)
    return removed


def _strip_elements(package: Package, name: str, root: Any) -> Counter[str]:
    removed: Counter[str] = Counter()
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        local = element.tag.rpartition("}")[2]
        if parent is None:
            continue
        if element.tag.endswith(_PRESENTATION_OBJECT) and "presentationml" in element.tag:
            _drop_what_it_shows(package, name, element)
            removed["embedded_object"] += _leave_picture(element)
        elif local in _DROPPED_ELEMENTS and _OFFICE.match(element.tag):
            _drop_what_it_shows(package, name, element)
            parent.remove(element)
            removed[_DROPPED_ELEMENTS[local]] += 1
        elif local in _LINK_ELEMENTS and action_findings(element):
            parent.remove(element)
            removed["active_action"] += 1
        elif is_formula(element) and (findings := formula_findings(element)):
            parent.remove(element)
            removed[min(findings)] += 1
    return removed


def _drop_what_it_shows(package: Package, name: str, element: Any) -> None:
    """The part behind an object, of whatever type its relationship is."""
    for key, value in list(element.attrib.items()):
        if key.endswith("/relationships}id"):
            package.drop_target(name, value)


def _leave_picture(element: Any) -> int:
    """A slide shows an object by a picture: it takes the place of the object's frame."""
    frame = next((one for one in element.iterancestors() if one.tag.endswith("}graphicFrame")), None)
    holder = element if frame is None else frame
    parent = holder.getparent()
    if parent is None:
        return 0
    picture = next((one for one in element.iter(etree.Element) if one.tag.endswith("}pic")), None)
    if picture is not None and frame is not None:
        parent.insert(parent.index(frame), picture)
    parent.remove(holder)
    return 1


def _strip_fields(root: Any) -> Counter[str]:
    """A field loses its instruction and keeps the words that it showed last."""
    removed: Counter[str] = Counter()
    pending: list[Any] = []
    for element in list(root.iter(etree.Element)):
        local = element.tag.rpartition("}")[2]
        if local in _FIELD_ELEMENTS:
            pending.append(element)
        elif local == "fldChar":
            removed += _blanked(pending)
            if element.get(element.tag.replace("fldChar", "fldCharType")) != "separate":
                pending = []
        elif local == "fldSimple":
            key = next((key for key in element.attrib if str(key).endswith("}instr")), None)
            if key is not None and (findings := field_findings(element.attrib[key])):
                element.attrib[key] = ""
                removed[min(findings)] += 1
    return removed + _blanked(pending)


def _blanked(pending: list[Any]) -> Counter[str]:
    findings = field_findings("".join("".join(one.itertext()) for one in pending[:MAX_FIELD_RUNS]))
    if not findings:
        return Counter()
    for one in pending:
        for child in list(one):
            one.remove(child)
        one.text = ""
    return Counter({min(findings): 1})
