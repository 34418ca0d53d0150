"""SVG style rules -> attributes, so that what an element looks like stands on the element itself.

The cascade of one document: rules by specificity and order, then the `style` attribute, then what is important.
At-rules do not count, as the painter's own reader does not count them. What must not live here: inheritance, which is
the painter's.
"""

import re
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

_PROPERTY = re.compile(r"[a-z][a-z-]*")
"""Vendors' own and custom properties mean nothing to the painter."""
_MARKERS = ("marker-start", "marker-mid", "marker-end")


def resolve_styles(root: etree._Element) -> None:
    """Write every matching declaration as an attribute; `style` elements and `style` and `class` attributes go."""
    matcher = cssselect2.Matcher()
    has_rules = False
    for style in root.iter("{*}style"):
        for rule in tinycss2.parse_stylesheet(
            "".join(str(part) for part in style.itertext()), skip_comments=True, skip_whitespace=True
        ):
            has_rules |= _add(matcher, rule)
    wanted: dict[etree._Element, dict[str, str]] = {}
    if has_rules:
        for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
            matches = sorted(matcher.match(wrapper), key=lambda match: match[:2])
            if matches:
                wanted[wrapper.etree_element] = _cascade([match[3] for match in matches], wrapper.etree_element)
    for element in root.iter(etree.Element):
        declared = wanted.get(element) or _cascade([], element)
        for name, value in declared.items():
            element.set(name, value)
        for attribute in ("style", "class"):
            if attribute in element.attrib:
                del element.attrib[attribute]
    for style in list(root.iter("{*}style")):
        parent = style.getparent()
        if parent is not None:
            parent.remove(style)


def _cascade(rules: list[tuple[dict[str, str], dict[str, str]]], element: etree._Element) -> dict[str, str]:
    normal, important = _declarations(element.get("style") or "")
    found: dict[str, str] = {}
    for declared, _ in rules:
        found.update(declared)
    found.update(normal)
    for _, declared in rules:
        found.update(declared)
    found.update(important)
    return found


def _declarations(css: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Ordinary and important declarations, by property."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for item in tinycss2.parse_declaration_list(css, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration" or not _PROPERTY.fullmatch(item.lower_name):
            continue
        value = tinycss2.serialize(item.value).strip()
        for name in _MARKERS if item.lower_name == "marker" else (item.lower_name,):
            found[1 if item.important else 0][name] = value
    return found


def _add(matcher: Any, rule: Any) -> bool:
    if rule.type != "qualified-rule":
        return False
    try:
        selectors = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        return False
    declared = _declarations(rule.content)
    for selector in selectors:
        matcher.add_selector(selector, declared)
    return True
