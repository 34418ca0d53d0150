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
_EM_PX = 16.0  # the browser's default, by which media queries count em (Media Queries 4)
_ASKED = frozenset((
    "display", "visibility", "opacity", "font-size", "clip", "clip-path", "animation", "animation-name", "transition",
    "content-visibility", "filter", "left", "right", "top", "bottom", "position", "text-indent", "transform",
    "margin-left", "margin-top", "height", "max-height", "overflow", "overflow-y",
    # what `page_paint` compares
    "color", "background", "background-color", "background-image", "background-clip", "-webkit-background-clip",
    "text-shadow", "-webkit-text-stroke", "-webkit-text-stroke-width", "-webkit-text-fill-color", "mix-blend-mode",
    "inset", "width", "z-index",
))  # fmt: skip
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
_FAINT = re.compile(r"0*\.?0[0-2]?\d*%?")
"""Opacity below .03: less than one step in thirty of a screen's contrast."""
_TINY = re.compile(r"(?:0?\.\d+|1(?:\.\d+)?)(?:px|pt)")
"""Below two pixels or points nobody reads."""
_OWN_SIZE = re.compile(
    r"(?:[2-9]|[1-9]\d+)(?:\.\d+)?(?:px|pt)|(?:\d*\.)?\d*[1-9]\d*(?:\.\d+)?rem|medium|(?:x+-)?(?:small|large)|.*\(.*"
)
"""Sizes that do not go by the box around; what must be computed counts as one."""
_MOST_INSIDE = 200
"""Elements looked at inside a box without a size; one with more is taken for seen."""
_FAR = re.compile(r"-(?:\d{4,}(?:\.\d+)?px|[1-9]\d{2,}(?:\.\d+)?(?:em|rem|vw|vh|%))")
"""Parked off the page: a thousand pixels, or a hundred of what a page measures itself by, and more."""
_MOVED = re.compile(rf"translate(?:x|y|3d)?\([^)]*{_FAR.pattern}")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_LONGEST = 400
"""Characters of a value: what hides is short, and variables must not grow into each other without end."""
_LONGEST_SELECTOR = 4_000
"""Characters: nested lists multiply."""
_MOST_STEPS = 8
"""Variables that name variables: more than people write."""


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
        self._variables: dict[etree._Element, dict[str, str]] = {}
        self._styles: dict[etree._Element, dict[str, str]] = {}
        self._wrappers: dict[etree._Element, Any] = {}
        if self._order:
            wrapped = cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
            self._wrappers = {wrapper.etree_element: wrapper for wrapper in wrapped}

    def hides(self, element: etree._Element) -> bool:
        """Whether the element, with all in it, is not seen."""
        if element.get("display") == "none" or element.get("visibility") in ("hidden", "collapse"):
            return True  # attributes of drawings; elsewhere they mean nothing and nobody writes them
        is_closed = element.get("popover") is not None or (element.tag == "dialog" and element.get("open") is None)
        style = self.style_of(element)
        if is_closed and style.get("display", "none") == "none":
            return True
        has_no_size = any(pattern.fullmatch(style.get("font-size", "")) for pattern in (_ZERO, _TINY))
        return _is_unseen(style, element) or (has_no_size and not self._is_sized_again(element))

    def style_of(self, element: etree._Element) -> dict[str, str]:
        """The asked properties that are stated for the element itself, in lower case, variables put in.

        A `background` stands under `background-color` and under `background-image`, as it was written.
        """
        style = self._styles.get(element)
        if style is None:
            style = {name: found.value for name, found in self._declared(element).items()}
            if any("var(" in value for name, value in style.items() if not name.startswith("--")):
                variables = self._variables_of(element)
                style = {name: _resolved(value, variables) for name, value in style.items()}
            self._styles[element] = style
        return style

    def _is_sized_again(self, element: etree._Element) -> bool:
        """Whether something inside states a size of its own: a box of no size closes the gaps between its children."""
        for number, inner in enumerate(element.iterdescendants(etree.Element)):
            if number >= _MOST_INSIDE:
                return True
            size = self._declared(inner).get("font-size")
            if size is not None and _OWN_SIZE.fullmatch(size.value):
                return True
        return False

    def _declared(self, element: etree._Element) -> dict[str, _Declared]:
        inline = element.get("style") or ""
        declared: dict[str, _Declared] = {}
        if not inline and not self._order:
            return declared
        wrapper = self._wrappers.get(element)
        for specificity, order, pseudo, rules in self._matcher.match(wrapper) if wrapper is not None else ():
            if pseudo is None:
                _settle(declared, rules, specificity, order, is_inline=False)
        _settle(declared, list(_asked(tinycss2.parse_blocks_contents(inline))), (0, 0, 0), 0, is_inline=True)
        return declared

    def _variables_of(self, element: etree._Element) -> dict[str, str]:
        """The custom properties that an element has or inherits; asked once for each element."""
        unasked: list[etree._Element] = []
        node: etree._Element | None = element
        while node is not None and node not in self._variables:
            unasked.append(node)
            node = node.getparent()
        found = self._variables[node] if node is not None else {}
        for inner in reversed(unasked):
            own = {name: said.value for name, said in self._declared(inner).items() if name.startswith("--")}
            found = self._variables[inner] = {**found, **own} if own else found
        return found

    def _add_rules(self, rules: list[Any], depth: int, around: str = "") -> None:
        for rule in rules if depth < _DEEPEST_RULES else ():
            if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _ENTERED:
                if rule.lower_at_keyword != "media" or _applies(tinycss2.serialize(rule.prelude)):
                    self._add_block(rule.content, depth, around)
            elif rule.type == "qualified-rule":
                written = tinycss2.serialize(rule.prelude).strip()
                self._add_block(rule.content, depth, _nested(written, around) if around else written)

    def _add_block(self, content: Any, depth: int, selector: str) -> None:
        """Declarations for a selector, and the rules nested among them."""
        items = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        declarations = list(_asked(items))
        if len(selector) > _LONGEST_SELECTOR:
            return
        if declarations and selector and self._order < _MOST_RULES:
            self._add_rule(selector, declarations)
        self._add_rules([item for item in items if item.type != "declaration"], depth + 1, selector)

    def _add_rule(self, selector: str, declarations: list[tuple[str, str, bool]]) -> None:
        try:
            selectors = cssselect2.compile_selector_list(selector)
        except cssselect2.SelectorError:
            return
        for compiled in selectors:
            self._order += 1
            self._matcher.add_selector(compiled, declarations)


def screen_sheets(root: etree._Element) -> Iterator[etree._Element]:
    """The `<style>` elements that hold at a screen with scripts."""
    for style in root.iter("style"):
        if next(style.iterancestors("noscript"), None) is None and _applies(style.get("media") or ""):
            yield style


def sheet_text(style: etree._Element) -> str:
    """The sheet in a `<style>`, without the marks that XHTML and old browsers wanted around it."""
    return re.sub(r"<!\[CDATA\[|\]\]>|<!--|-->", " ", style.text or "")


def _nested(written: str, around: str) -> str:
    """A nested rule's selector as if it stood alone: `&` is what stands around it, else it is inside of that."""
    outer = f":is({around})"
    return ", ".join(
        part.replace("&", outer) if "&" in part else f"{outer} {part}" for part in re.split(r",(?![^(]*\))", written)
    )


def _resolved(value: str, variables: dict[str, str]) -> str:
    for _ in range(_MOST_STEPS):
        if "var(" not in value:
            break
        value = _VARIABLE.sub(lambda match: variables.get(match[1], match[2] or ""), value)[:_LONGEST]
    return value.strip()


def _asked(items: list[Any]) -> Iterator[tuple[str, str, bool]]:
    for item in items:
        if item.type == "declaration" and (item.lower_name in _ASKED or item.name.startswith("--")):
            value = tinycss2.serialize(item.value).strip().lower()
            if len(value) <= _LONGEST:
                name = item.name if item.name.startswith("--") else item.lower_name
                for settled in ("background-color", "background-image") if name == "background" else (name,):
                    yield settled, value, item.important


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
    if style.get("content-visibility") == "hidden" or _is_parked(style):
        return True
    if _NOTHING_LEFT.search(style.get("clip", "")) or _NOTHING_LEFT.search(style.get("clip-path", "")):
        return True
    is_clear = bool(_FAINT.fullmatch(style.get("opacity", ""))) or "opacity(0" in style.get("filter", "")
    is_shut = any(_ZERO.fullmatch(style.get(name, "")) for name in ("height", "max-height"))
    is_shut = is_shut and any(style.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-y"))
    return (is_clear or is_shut) and not waits(style, element)


def _is_parked(style: dict[str, str]) -> bool:
    """Moved off the page, the old way to keep words for screen readers."""
    sides = ("left", "right", "top", "bottom") if style.get("position") in ("absolute", "fixed", "relative") else ()
    names = (*sides, "text-indent", "margin-left", "margin-top")
    return any(_FAR.fullmatch(style.get(name, "")) for name in names) or bool(_MOVED.search(style.get("transform", "")))


def waits(style: dict[str, str], element: etree._Element) -> bool:
    """Whether it comes in by itself or at a touch: a fade-in, an accordion's panel."""
    moves = any(style.get(name, "none") != "none" for name in ("animation", "animation-name", "transition"))
    return moves or any(str(name).startswith(("data-aos", "data-animate", "data-scroll")) for name in element.attrib)


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
