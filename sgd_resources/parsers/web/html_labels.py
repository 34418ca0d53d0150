"""Labels and icons inside a box of a page that say its side: a badge "Don't" over a caption, a `<dt>`, a cross in front
of a line.

`element -> 'do' | 'dont' | None`, each box asked once. What must not live here: what names of classes say
(`parsers/sides.py`).
"""

from collections.abc import Iterator

from lxml import etree

from sgd_resources.parsed_document import Side
from sgd_resources.parsers.sides import side_of_icon, side_of_words
from sgd_resources.parsers.xml_tree import words_of

_BOXES = frozenset(("div", "figure", "li", "section", "article", "p", "figcaption"))
_ICONS = frozenset(("img", "svg", "i", "span", "use"))
_NO_LABEL = frozenset(("td", "a", "code", "button", "option"))
"""What is clicked, and values of a table."""
_LONGEST = 400
"""Characters of a box that a label may stand over; a longer one is a page's section."""
_MOST = 24
"""Elements in such a box."""


def side_of_labels(element: etree._Element) -> Side | None:
    """The side of the label or the icon that opens a box; None where none does, or where the box holds both sides."""
    if element.tag == "dd":
        return _side_of_term(element)
    if element.tag not in _BOXES:
        return None
    inside = list(_opening(element))
    told = {side for inner, opens in inside if opens and (side := _side_of(inner)) is not None}
    if len(told) != 1 or len(inside) > _MOST:
        return None
    text = words_of(element)
    if len(text) > _LONGEST or side_of_words(text) is not None:
        return None
    side = told.pop()
    return None if any(_side_of(inner) not in (None, side) for inner, _ in inside) else side


def _opening(element: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The first elements of a box, in order, and whether no word stands before them."""
    opens = not (element.text or "").strip()
    count = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner is element or not isinstance(inner.tag, str):
            continue
        if event == "start":
            yield inner, opens
            count += 1
            opens = opens and not (inner.text or "").strip()
        else:
            opens = opens and not (inner.tail or "").strip()
        if count > _MOST:
            return


def _side_of(inner: etree._Element) -> Side | None:
    """A label stands apart from the words behind it: '<b>Do</b> not stretch' is a sentence."""
    tag = str(inner.tag)
    is_label = len(inner) == 0 and tag not in _NO_LABEL and not (inner.tail or "").strip()
    said = side_of_words(inner.text or "") if is_label else None
    if said is not None or tag not in _ICONS:
        return said
    return side_of_icon(tag, {str(key): str(value) for key, value in inner.attrib.items()})


def _side_of_term(element: etree._Element) -> Side | None:
    """What the term over a definition says: `<dt>Don't</dt><dd>Fade the mark</dd>`."""
    for before in element.itersiblings(preceding=True):
        if before.tag == "dt":
            return side_of_words(words_of(before))
    return None
