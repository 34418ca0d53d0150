"""Text of a saved page that its paint makes unseen: in the colour of its ground, or below an opaque box.

Only what the page itself proves. One element that states both colours proves it; a ground further up does so where no
sheet is missing and nothing on the page is taken out of its place, since a picture or a box might lie between. What
must not live here: the cascade, or what hides an element whatever its colours (`page_cascade.py`).
"""

import re
from typing import NamedTuple

from lxml import etree

from sgd_resources.cleaning.web.html_vocabulary import STYLED_ELSEWHERE
from sgd_resources.colour import rgb_of
from sgd_resources.parsers.colours.css_colour import parse_css_colour
from sgd_resources.parsers.web.page_cascade import PageCascade, screen_sheets, sheet_text, waits

_CANVAS, _INK = "#FFFFFF", "#000000"
"""What browsers begin with."""
_SAME = 3
"""Steps of 255 in each channel below which no screen shows a difference."""
_OUT_OF_PLACE = re.compile(
    r"(?i)position\s*:\s*(?:absolute|fixed|sticky)|\btransform\s*:|\btranslate\s*:|\bz-index\s*:|"
    r"\bgrid-(?:area|row|column)|(?:margin|inset|top|left|right|bottom)[\w-]*\s*:[^;}]*-\s*[\d.]|color-scheme\s*:"
)
"""With these a picture or a box may come between a text and the ground that is stated around it."""
_PAINTED_BY_BROWSER = frozenset(("mark", "button", "input", "select", "textarea", "option", "meter", "progress"))
_PICTURES = ("img", "picture", "video", "svg", "canvas", "iframe", "object", "embed")
_SEE_THROUGH = frozenset(("", "none", "transparent", "initial", "unset", "revert", "0", "0 0"))
_OTHER_PAINT = (
    "text-shadow", "-webkit-text-stroke", "-webkit-text-stroke-width", "-webkit-text-fill-color", "mix-blend-mode",
)  # fmt: skip
"""Letters that these paint are seen whatever their `color`."""
_EDGES = ("top", "left", "right", "bottom")
_NOTHING = re.compile(r"0+(?:px|%|r?em)?")


class _Paint(NamedTuple):
    """A colour that is known, and the element that states it; None for what the browser begins with."""

    hex: str
    stated_by: etree._Element | None


class PagePaint:
    """Asked for each element of one page, from the outside in.

    Args:
        cascade: of the page.
        root: of its tree.
        is_whole: whether the page is a document of its own, and no fragment or template of others.
    """

    def __init__(self, cascade: PageCascade, root: etree._Element, *, is_whole: bool) -> None:
        self._cascade = cascade
        sheets = [sheet_text(style) for style in screen_sheets(root)]
        inline = (element.get("style") or "" for element in root.iter(etree.Element))
        self._is_whole = is_whole and not _has_sheets_elsewhere(root, sheets)
        self._is_in_place = not any(_OUT_OF_PLACE.search(text) for text in (*sheets, *inline))
        self._inks: dict[etree._Element, _Paint | None] = {}
        self._grounds: dict[etree._Element, _Paint | None] = {}
        self._covered: dict[etree._Element, bool] = {}

    def unseen_reason(self, element: etree._Element) -> str | None:
        """Why text right in the element is not seen; None where that is not proven."""
        self._ask(element)
        if self._covered[element]:
            return "covered"
        ink, ground = self._inks[element], self._grounds[element]
        if ink is None or ground is None or not _are_same(ink.hex, ground.hex) or not self._is_proof(ink, ground):
            return None
        return "white_on_white" if ground.hex == _CANVAS else "same_as_background"

    def _is_proof(self, ink: _Paint, ground: _Paint) -> bool:
        holder = ground.stated_by
        if holder is not None and ink.stated_by is holder:
            return self._is_in_place or next(holder.iterdescendants(*_PICTURES), None) is None
        return self._is_whole and self._is_in_place

    def _ask(self, element: etree._Element) -> None:
        """Ink, ground and cover of an element and of all around it, each asked once."""
        unasked: list[etree._Element] = []
        node: etree._Element | None = element
        while node is not None and node not in self._covered:
            unasked.append(node)
            node = node.getparent()
        for inner in reversed(unasked):
            around = inner.getparent()
            style = self._cascade.style_of(inner)
            ink = self._inks[around] if around is not None else _Paint(_INK, None)
            ground = self._grounds[around] if around is not None else _Paint(_CANVAS, None)
            self._inks[inner] = self._ink(inner, style, ink)
            self._grounds[inner] = self._ground(inner, style, ground)
            is_below = around is not None and self._covered[around] and not _is_lifted(style)
            self._covered[inner] = is_below or self._has_cover(inner, style)

    def _ink(self, element: etree._Element, style: dict[str, str], around: _Paint | None) -> _Paint | None:
        if any(style.get(name, "none") not in _SEE_THROUGH for name in _OTHER_PAINT) or waits(style, element):
            return None
        stated = style.get("color") or _old_ink(element)
        if stated is None:
            is_own = element.tag in _PAINTED_BY_BROWSER or (element.tag == "a" and element.get("href") is not None)
            return None if is_own else around
        if stated in ("inherit", "currentcolor", "unset"):
            return around
        return _paint(stated, element)

    def _ground(self, element: etree._Element, style: dict[str, str], around: _Paint | None) -> _Paint | None:
        if "text" in style.get("background-clip", "") + style.get("-webkit-background-clip", ""):
            return None
        image = style.get("background-image", "")
        if image not in _SEE_THROUGH and parse_css_colour(image) is None:
            return None
        stated = style.get("background-color", (element.get("bgcolor") or "").lower())
        if stated not in _SEE_THROUGH:
            return _paint(stated, element)
        return None if element.tag in _PAINTED_BY_BROWSER else around

    def _has_cover(self, element: etree._Element, style: dict[str, str]) -> bool:
        """Whether one of its boxes lies over all of it. A whole page is covered by what scripts take away: a loader."""
        if not self._is_whole or element.tag in ("html", "body"):
            return False
        if style.get("position") not in ("relative", "absolute", "sticky", "fixed"):
            return False
        return any(self._is_cover(child) for child in element.iterchildren(etree.Element))

    def _is_cover(self, element: etree._Element) -> bool:
        style = self._cascade.style_of(element)
        if style.get("position") != "absolute" or style.get("z-index", "auto").startswith("-"):
            return False
        is_plain = not any(
            name in style for name in ("opacity", "transform", "clip-path", "filter", *_OTHER_PAINT[-1:])
        )
        if not is_plain or not _fills(style) or waits(style, element) or self._cascade.hides(element):
            return False
        return self._ground(element, style, None) is not None


def _paint(stated: str, element: etree._Element) -> _Paint | None:
    colour = parse_css_colour(stated)
    return None if colour is None or colour.alpha is not None else _Paint(colour.hex, element)


def _old_ink(element: etree._Element) -> str | None:
    """HTML 3's own attributes."""
    attribute = {"font": "color", "body": "text"}.get(str(element.tag))
    stated = element.get(attribute) if attribute else None
    return stated.lower() if stated else None


def _are_same(one: str, other: str) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(rgb_of(one), rgb_of(other), strict=True))


def _is_lifted(style: dict[str, str]) -> bool:
    """Painted above or beside what is in its place, so that a box over that need not be over it."""
    return style.get("position", "static") != "static" or any(
        name in style for name in ("transform", "opacity", "z-index")
    )


def _fills(style: dict[str, str]) -> bool:
    if _NOTHING.fullmatch(style.get("inset", "")):
        return True
    at = [bool(_NOTHING.fullmatch(style.get(edge, ""))) for edge in _EDGES]
    return all(at) or (at[0] and at[1] and style.get("width") == "100%" == style.get("height"))


def _has_sheets_elsewhere(root: etree._Element, sheets: list[str]) -> bool:
    links = (
        link.get("data-removed-stylesheet") is not None or "stylesheet" in (link.get("rel") or "").lower()
        for link in root.iter("link")
    )
    return root.get(STYLED_ELSEWHERE) is not None or any(links) or any("@import" in sheet.lower() for sheet in sheets)
