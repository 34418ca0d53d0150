"""Reads a page with the HTML standard's own tree builder, and stops where no page is nested so deep.

The builder looks through all open elements for each new one, so that a page of nothing but openings would cost the
square of its length. What must not live here: which elements are kept.
"""

from typing import Any

import html5lib

from sgd_resources.cleaning.refusal import bomb

MAX_DEPTH = 400
_MOST_OPEN = 500
"""Open elements. Those moved out of a table stand less deep in the tree than on the builder's stack."""
_EtreeBuilder: Any = html5lib.getTreeBuilder("etree")


def parse_page(text: str, *, most_elements: int) -> Any:
    """The root of the page's tree, in ElementTree's shape.

    The plain tree: HTML's character references may name characters that XML, and so lxml, cannot hold (`&#11;`).

    Raises:
        RejectedEvidence: `reject:bomb` (too many or too deep elements).
    """

    class Builder(_EtreeBuilder):  # type: ignore[misc]  # the library has no types
        """Counts what is opened: formatting that is opened once is opened anew in every block that follows."""

        opened = 0

        def insertElementNormal(self, token: dict[str, Any]) -> Any:
            self.opened += 1
            if self.opened > most_elements:
                bomb("elements", self.opened, most_elements)
            if len(self.openElements) > _MOST_OPEN:
                bomb("elements inside each other", len(self.openElements), MAX_DEPTH)
            return super().insertElementNormal(token)

    return html5lib.HTMLParser(Builder, namespaceHTMLElements=True).parse(text)
