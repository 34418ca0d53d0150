"""Reads a page with the HTML standard's own tree builder, with lines, and stops where no page is nested so deep.

The builder looks through all open elements for each new one, so that a page of nothing but openings would cost the
square of its length. What must not live here: which elements are kept.
"""

from dataclasses import dataclass
from typing import Any

import html5lib

from sgd_resources.cleaning.refusal import bomb

MAX_DEPTH = 400
_MOST_OPEN = 500
"""Open elements. Those moved out of a table stand less deep in the tree than on the builder's stack."""
_PAGE = ("html", "head", "body")
_EtreeBuilder: Any = html5lib.getTreeBuilder("etree")


@dataclass(frozen=True)
class PageTree:
    """A page as a browser builds it."""

    root: Any
    """In ElementTree's shape."""
    lines: dict[Any, int]
    """Of each element the line of the text on which its start tag ends; of an implied one, that of what implied it.

    An implied page, head or body has none: what implied it is text that begins on lines before.
    """


def parse_page(text: str, *, most_elements: int) -> PageTree:
    """The page's tree.

    The plain tree: HTML's character references may name characters that XML, and so lxml, cannot hold (`&#11;`).

    Raises:
        RejectedEvidence: `reject:bomb` (too many or too deep elements).
    """

    lines: dict[Any, int] = {}

    class Builder(_EtreeBuilder):  # type: ignore[misc]  # the library has no types
        """Counts what is opened: formatting that is opened once is opened anew in every block that follows."""

        opened = 0

        def createElement(self, token: dict[str, Any]) -> Any:
            return self.on_its_line(super().createElement(token), token)

        def on_its_line(self, element: Any, token: dict[str, Any]) -> Any:
            # only what the tokenizer read says whether a slash was minded
            if token["name"] not in _PAGE or "selfClosingAcknowledged" in token:
                lines[element._element] = parser.tokenizer.stream.position()[0]
            return element

        def insertElementNormal(self, token: dict[str, Any]) -> Any:
            self.opened += 1
            if self.opened > most_elements:
                bomb("elements", self.opened, most_elements)
            if len(self.openElements) > _MOST_OPEN:
                bomb("elements inside each other", len(self.openElements), MAX_DEPTH)
            return self.on_its_line(super().insertElementNormal(token), token)

    parser = html5lib.HTMLParser(Builder, namespaceHTMLElements=True)
    return PageTree(parser.parse(text), lines)
