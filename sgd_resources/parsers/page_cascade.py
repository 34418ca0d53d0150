"""Which elements of a saved page a reader at a screen does not see: the cascade of its own sheets, asked per element.

Media, importance, specificity, order and inline styles decide, as in a browser: that some rule can hide a class says
nothing yet. The reader sits before a wide screen in a light room (`_WIDTH_PX`), nothing printed, scripts run: what only
waits for its entrance (a fade-in) is seen. Sheets that are not in the page are not known. What must not live here:
attributes that hide without any style (`html.py`), colours of sheets (`css.py`).
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import cssselect2
import tinycss2
from lxml import etree

_WIDTH_PX = 1280.0
"""The commonest width of a desktop window in CSS pixels: menus and columns for phones stay hidden."""
_EM_PX = 16.0
_ASKED = frozenset(
    ("display", "visibility", "opacity", "font-size", "clip", "clip-path", "animation", "animation-name", "transition")
)
_ENTERED = frozenset(("media", "layer", "supports", "container", "scope"))
_DEEPEST_RULES = 20
"""At-rules and nested rules inside each other: sheets that people write stay below five."""
_MOST_RULES = 20_000
"""Rules with one of the asked properties: the largest frameworks hold some 6,000."""
_LENGTH = r"\s*(-?\d*\.?\d+)\s*(px|em|rem)\s*"
_WIDTHS = re.compile(
    rf"\(\s*(?:(?P<bound>min|max)-width\s*:{_LENGTH}|width\s*(?P<sign>[<>]=?){_LENGTH}|"
    rf"{_LENGTH}(?P<turned>[<>]=?)\s*width\s*(?:(?P<second>[<>]=?){_LENGTH})?)\)",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?i)^\s*(?:only\s+)?(?:print|speech)\b|prefers-color-scheme\s*:\s*dark|prefers-reduced-motion\s*:\s*reduce|"
    r"prefers-contrast|forced-colors\s*:\s*active|inverted-colors|\bscripting\s*:\s*none|orientation\s*:\s*portrait|"
    r"\(\s*hover\s*:\s*none|pointer\s*:\s*coarse"
)
_NOTHING_LEFT = re.compile(r"(?i)rect\(\s*(?:0(?:px)?[\s,]*|1px[\s,]*){4}\)|inset\(\s*(?:50|100)%")
"""Clips by which a text is kept for screen readers alone."""
_ZERO = re.compile(r"0*\.?0+(?:%|[a-z]+)?")


class _Declared(NamedTuple):
    rank: tuple[bool, bool, tuple[int, ...], int]
    """Important; inline; specificity; order."""
    value: str


class PageCascade:
    """The sheets inside one page. Selectors that cannot be read hide nothing."""

    def __init__(self, root: etree._Element) -> None:
        self._matcher: Any = cssselect2.Matcher()
        self._order = 0
        for style in root.iter("style"):
            is_read = next(style.iterancestors("noscript"), None) is None and _applies(style.get("media") or "")
            if is_read:
                self._add_rules(
                    tinycss2.parse_stylesheet(sheet_text(style), skip_comments=True, skip_whitespace=True), 0
                )
        self._wrappers: dict[etree._Element, Any] = {}
        if self._order:
            wrapped = cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
            self._wrappers = {wrapper.etree_element: wrapper for wrapper in wrapped}

    def hides(self, element: etree._Element) -> bool:
        """Whether the element, with all in it, is not seen."""
        inline = element.get("style") or ""
        if not inline and not self._order:
            return False
        declared: dict[str, _Declared] = {}
        wrapper = self._wrappers.get(element)
        for specificity, order, pseudo, rules in self._matcher.match(wrapper) if wrapper is not None else ():
            if pseudo is None:
                _settle(declared, rules, specificity, order, is_inline=False)
        _settle(declared, list(_asked(inline)), (0, 0, 0), 0, is_inline=True)
        return _is_unseen({name: found.value for name, found in declared.items()}, element)

    def _add_rules(self, rules: list[Any], depth: int) -> None:
        for rule in rules if depth < _DEEPEST_RULES else ():
            if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _ENTERED:
                prelude = tinycss2.serialize(rule.prelude)
                if rule.lower_at_keyword != "media" or _applies(prelude):
                    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                    self._add_rules(inner, depth + 1)
            elif rule.type == "qualified-rule" and self._order < _MOST_RULES:
                self._add_rule(rule)

    def _add_rule(self, rule: Any) -> None:
        declarations = list(_asked(rule.content))
        if not declarations:
            return
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return
        for selector in selectors:
            self._order += 1
            self._matcher.add_selector(selector, declarations)


def screen_sheets(root: etree._Element) -> Iterator[etree._Element]:
    """The `<style>` elements that hold at a screen with scripts."""
    for style in root.iter("style"):
        if next(style.iterancestors("noscript"), None) is None and _applies(style.get("media") or ""):
            yield style


def sheet_text(style: etree._Element) -> str:
    """The sheet in a `<style>`, without the marks that XHTML and old browsers wanted around it."""
    return re.sub(r"<!\[CDATA\[|\]\]>|<!--|-->", " ", style.text or "")


def _asked(content: Any) -> Iterator[tuple[str, str, bool]]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration" and item.lower_name in _ASKED:
            yield item.lower_name, tinycss2.serialize(item.value).strip().lower(), item.important


def _settle(
    declared: dict[str, _Declared],
    rules: list[tuple[str, str, bool]],
    specificity: tuple[int, ...],
    order: int,
    *,
    is_inline: bool,
) -> None:
    for name, value, is_important in rules:
        found = _Declared((is_important, is_inline, specificity, order), value)
        if name not in declared or declared[name].rank <= found.rank:
            declared[name] = found


def _is_unseen(style: dict[str, str], element: etree._Element) -> bool:
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if _ZERO.fullmatch(style.get("font-size", "")):
        return True
    if _NOTHING_LEFT.search(style.get("clip", "")) or _NOTHING_LEFT.search(style.get("clip-path", "")):
        return True
    waits = any(style.get(name, "none") != "none" for name in ("animation", "animation-name", "transition"))
    waits = waits or any(str(name).startswith(("data-aos", "data-animate", "data-scroll")) for name in element.attrib)
    return bool(_ZERO.fullmatch(style.get("opacity", ""))) and not waits


def _applies(media: str) -> bool:
    """Whether a media query list holds at a wide screen; unknown features hold."""
    return not media.strip() or any(_query_applies(query) for query in media.split(","))


def _query_applies(query: str) -> bool:
    text = query.strip()
    is_turned = bool(re.match(r"(?i)not\b", text))
    text = re.sub(r"(?i)^not\b", "", text)
    holds = not _NEVER.search(text) and all(_width_holds(match) for match in _WIDTHS.finditer(text))
    return holds != is_turned


def _width_holds(match: re.Match[str]) -> bool:
    numbers = [group for group in match.groups() if group is not None]
    lengths = [
        float(number) * (1.0 if unit.lower() == "px" else _EM_PX)
        for number, unit in pairwise(numbers)
        if re.fullmatch(r"(?i)px|r?em", unit)
    ]
    if match["bound"]:
        is_least = match["bound"].lower() == "min"
        return _compares(_WIDTH_PX, ">=" if is_least else "<=", lengths[0])
    if match["sign"]:
        return _compares(_WIDTH_PX, match["sign"], lengths[0])
    first = _compares(lengths[0], match["turned"], _WIDTH_PX)
    return first and (not match["second"] or _compares(_WIDTH_PX, match["second"], lengths[1]))


def _compares(left: float, sign: str, right: float) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]
