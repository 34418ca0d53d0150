"""The style each SVG element states: presentation attributes, then `<style>` rules, then its `style` attribute."""

import re

import cssselect2
import tinycss2
from lxml import etree

from sgd_resources.parsers.web.css_declarations import Declaration, scan_sheet
from sgd_resources.parsers.web.css_variables import clean_value
from sgd_resources.parsers.xml_tree import source_line

_IMPORTANT = re.compile(r"!\s*important\s*\Z", re.IGNORECASE)
_ATTRIBUTES = (
    "fill",
    "stroke",
    "color",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
    "stop-color",
    "stop-opacity",
    "font-family",
    "font-size",
    "font-weight",
    "display",
    "visibility",
)


class StyledElements:
    """Own (not inherited) style of every element of one tree."""

    def __init__(self, root: etree._Element) -> None:
        self.declarations: list[Declaration] = []
        self._rules: dict[etree._Element, dict[str, str]] = {}
        matcher = cssselect2.Matcher()
        has_rules = False
        for style in root.iter("{*}style"):
            text = "".join(str(part) for part in style.itertext())
            self.declarations += scan_sheet(text, first_line=source_line(style)).declarations
            for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
                has_rules |= _add(matcher, rule)
        for element in root.iter(etree.Element):
            if "--" in (inline := element.get("style") or ""):
                line = source_line(element)
                self.declarations += [
                    Declaration("", name, clean_value(value), line)
                    for name, value in _declarations(inline).items()
                    if name.startswith("--")
                ]
        if has_rules:
            for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
                matches = sorted(matcher.match(wrapper), key=lambda match: match[:2])
                if matches:
                    merged: dict[str, str] = {}
                    for match in matches:
                        _merge(merged, match[3])
                    self._rules[wrapper.etree_element] = merged

    def of(self, element: etree._Element) -> dict[str, str]:
        """Property -> value as written."""
        style = {name: value.strip() for name in _ATTRIBUTES if (value := element.get(name))}
        _merge(style, self._rules.get(element, {}))
        inline = element.get("style")
        if inline:
            _merge(style, _declarations(inline))
        return {name: clean_value(value) for name, value in style.items()}


def _merge(style: dict[str, str], later: dict[str, str]) -> None:
    """What comes later counts, except against a value that is called important."""
    for name, value in later.items():
        if not _IMPORTANT.search(style.get(name, "")) or _IMPORTANT.search(value):
            style[name] = value


def _declarations(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in re.split(r";(?![^(]*\))", text):
        name, colon, value = part.partition(":")
        if colon and value.strip():
            found[name.strip().lower()] = value.strip()
    return found


def _add(matcher: cssselect2.Matcher, rule: object) -> bool:
    if getattr(rule, "type", "") != "qualified-rule":
        return False
    declared = _declarations(tinycss2.serialize(getattr(rule, "content")))  # noqa: B009  # tinycss2 ships no types
    try:
        selectors = cssselect2.compile_selector_list(getattr(rule, "prelude"))  # noqa: B009  # as above
    except cssselect2.SelectorError:
        return False
    for selector in selectors:
        matcher.add_selector(selector, declared)
    return True
