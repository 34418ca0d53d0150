"""Evidence bytes -> the few lines of source around a cited place: text files by line, XML and Office parts by path.

A job for the sandbox (`sandbox/pool.py`). What comes back is plain text, to be escaped by whoever shows it. What must
not live here: which places are asked for.
"""

import re
from typing import Any

from lxml import etree

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.xml_tree import parse_xml, words_of

Reply = tuple[dict[str, Any], tuple[bytes, ...]]
Line = dict[str, Any]
"""`{"number": 1-based or None, "before", "marked", "after"}`; the three join to the line's text."""

_MAX_PLACES = 2000  # bounds the time of one file; a canon cites each fact up to eight times
_MAX_LINE = 180  # a line on the page; longer ones are cut around the quote
_LOOK_AHEAD = 60
"""A block of text begins at its cited line; the quoted words may stand some lines below."""
_WORDS_MATCHED = 8  # enough to find a quote whose spaces and signs were tidied
_NAMESPACE = re.compile(r'\sxmlns(?::\w+)?="[^"]*"')


def excerpt_source(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"excerpts": [[Line, ...], ...]}`, one per item of `places` (`{"line", "xml_path", "quote"}`); empty: not found.

    Argument `kind` is `text`, `xml` (SVG) or `package` (OOXML, ODF).
    """
    places = arguments["places"][:_MAX_PLACES]
    if arguments["kind"] == "package":
        package = _Package(data)
        return {"excerpts": [package.excerpt(place["xml_path"] or "", place["quote"]) for place in places]}, ()
    lines = data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    root = _root_or_none(data) if arguments["kind"] == "xml" else None
    return {"excerpts": [_of_element(root, place) or _of_lines(lines, place) for place in places]}, ()


class _Package:
    """Parts of an Office file, each read once."""

    def __init__(self, data: bytes) -> None:
        self._package = OfficePackage(data)
        self._roots: dict[str, etree._Element | None] = {}

    def excerpt(self, xml_path: str, quote: str) -> list[Line]:
        part, colon, path = xml_path.partition(":/")
        if not colon:
            return []
        if part not in self._roots:
            self._roots[part] = self._package.xml(part)
        root = self._roots[part]
        element = _at(root, f"/{path}") if root is not None else None
        if element is None:
            return []
        if _find(quote, words_of(element)) is None:
            return [_line(None, _source(element), quote)]
        near = (element.getprevious(), element, element.getnext())
        return [_line(None, words_of(e), quote if e is element else "") for e in near if e is not None and words_of(e)]


def _of_element(root: etree._Element | None, place: dict[str, Any]) -> list[Line]:
    """The start tag that an XML path names; empty when it does not hold the quote itself (a style rule may)."""
    element = _at(root, place["xml_path"]) if root is not None and place["xml_path"] else None
    if element is None:
        return []
    tag = _source(element)
    return [_line(place["line"], tag, place["quote"])] if _find(place["quote"], tag) else []


def _of_lines(lines: list[str], place: dict[str, Any]) -> list[Line]:
    first, quote = place["line"], place["quote"]
    if first is None:
        first = next((index + 1 for index, text in enumerate(lines) if _find(quote, text)), None)
    if first is None or not 1 <= first <= len(lines):
        return []
    ahead = range(first - 1, min(first - 1 + _LOOK_AHEAD, len(lines)))
    hit = next((index for index in ahead if _find(quote, lines[index])), None)
    if hit is not None:
        shown = [index for index in range(max(0, hit - 1), min(len(lines), hit + 2)) if lines[index].strip()]
    else:
        # The cited line refers to a variable or a style rule: show that line, and the one that holds the value.
        hit = next((index for index, text in enumerate(lines) if _find(quote, text)), first - 1)
        shown = sorted({first - 1, hit})
    return [_line(index + 1, lines[index], quote if index == hit else "") for index in shown]


def _line(number: int | None, text: str, quote: str) -> Line:
    """A line cut to a readable length around what is quoted."""
    start, end = _find(quote, text) or (0, 0)
    left = max(0, min(start - _MAX_LINE // 3, len(text) - _MAX_LINE))
    right = min(len(text), max(left + _MAX_LINE, end))
    if right - left > 3 * _MAX_LINE:
        right = end = left + 3 * _MAX_LINE
    before = ("…" if left else "") + text[left:start]
    after = text[end:right] + ("…" if right < len(text) else "")
    return {"number": number, "before": before, "marked": text[start:end], "after": after}


def _find(quote: str, text: str) -> tuple[int, int] | None:
    """Where the quote's first words stand in the text, whatever the case and the marks between them."""
    words = re.findall(r"[^\W_]+|#", quote.split("\n", 1)[0])[:_WORDS_MATCHED]
    if not words:
        return None
    exact = text.casefold().find(quote.casefold())
    if exact >= 0 and len(text.casefold()) == len(text):
        return exact, exact + len(quote)
    found = re.search(r"[\W_]{0,40}".join(re.escape(word) for word in words), text, re.IGNORECASE)
    return found.span() if found else None


def _source(element: etree._Element) -> str:
    """The element as written: its start tag, and short content."""
    text = _NAMESPACE.sub("", etree.tostring(element, encoding="unicode", with_tail=False))
    return " ".join(text.split())


def _at(root: etree._Element, path: str) -> etree._Element | None:
    names = {prefix: uri for e in root.iter() for prefix, uri in e.nsmap.items() if prefix}
    try:
        found = root.getroottree().xpath(path, namespaces=names)
    except etree.XPathError:
        return None
    return found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None


def _root_or_none(data: bytes) -> etree._Element | None:
    try:
        return parse_xml(data, "svg")
    except RejectedEvidence:
        return None
