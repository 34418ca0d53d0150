"""Where the elements of a page stand, and the words around them: each parent is counted once, each text read once.

Asking the tree anew for every element costs as many steps as it has neighbours, which is the square of a long page.
What must not live here: what an element means.
"""

import re
from collections.abc import Iterable

from lxml import etree

from sgd_resources.parsed_document import Location
from sgd_resources.parsers.xml_tree import source_line

_IDENTITY = re.compile(r"[A-Za-z][\w-]*")
_LONGEST_LABEL = 300  # parts a card's words from a section's
_OUTER = frozenset({"body", "html", "table", "ul", "tbody"})
"""Boxes whose words name none of the things in them."""
_STEPS_OUT = 4  # parents: a value in a cell, its row, its card, its list


class Places:
    """The places of one tree's elements. The tree must not change meanwhile."""

    def __init__(self, line_offset: int) -> None:
        """`line_offset` is added to every line."""
        self._offset = line_offset
        self._steps: dict[etree._Element, str] = {}
        self._words: dict[etree._Element, str | None] = {}

    def location(self, element: etree._Element, name: str = "") -> Location:
        """The element, or something named in it."""
        return Location(selector=f"{self.selector(element)} {name}".strip(), line=self.line(element))

    def line(self, element: etree._Element) -> int:
        """1-based line of the file."""
        return source_line(element) + self._offset

    def selector(self, element: etree._Element) -> str:
        """A CSS selector that finds `element` again: from the nearest id, else from the root, by nth-of-type."""
        steps: list[str] = []
        node: etree._Element | None = element
        while node is not None:
            tag = str(node.tag)
            identity = node.get("id")
            if identity and _IDENTITY.fullmatch(identity):
                steps.append(f"{tag}#{identity}")
                break
            if tag in ("html", "body"):
                steps.append(tag)
                break
            parent = node.getparent()
            if node not in self._steps:
                self._count([node] if parent is None else parent)
            steps.append(self._steps[node])
            node = parent
        return " > ".join(reversed(steps))

    def words(self, element: etree._Element) -> str | None:
        """The element's own words, else those of the nearest row, item or box around it, when they are few."""
        node: etree._Element | None = element
        for _ in range(_STEPS_OUT):
            if node is None or node.tag in _OUTER:
                return None
            if node not in self._words:
                self._words[node] = _few_words(node)
            words = self._words[node]
            if words is None or words:
                return words and words[:160]
            node = node.getparent()
        return None

    def _count(self, siblings: Iterable[etree._Element]) -> None:
        """Steps of all children of one parent, or of a root."""
        children = [child for child in siblings if isinstance(child.tag, str)]
        totals: dict[str, int] = {}
        for child in children:
            totals[str(child.tag)] = totals.get(str(child.tag), 0) + 1
        seen: dict[str, int] = {}
        for child in children:
            tag = str(child.tag)
            seen[tag] = seen.get(tag, 0) + 1
            self._steps[child] = f"{tag}:nth-of-type({seen[tag]})" if totals[tag] > 1 else tag


def _few_words(element: etree._Element) -> str | None:
    """All words inside an element; None when there are too many to name anything."""
    said: list[str] = []
    length = -1
    for text in element.itertext():
        for word in str(text).split():
            said.append(word)
            length += len(word) + 1
            if length > _LONGEST_LABEL:
                return None
    return " ".join(said)
