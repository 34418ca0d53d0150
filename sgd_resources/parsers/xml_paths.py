"""Names the places of many elements of one document: each row of siblings is counted once.

What must not live here: opening XML (`xml_tree`).
"""

from collections import Counter

from lxml import etree


class XmlPaths:
    """XPaths as `xml_tree.xml_path` writes them; asking lxml for each of n siblings costs n times n steps."""

    def __init__(self) -> None:
        # The elements are held, so that none of them is made again under another identity.
        self._steps: dict[etree._Element, str] = {}

    def of(self, element: etree._Element) -> str:
        """XPath of the element with its prefixes and positions, e.g. `/w:document/w:body/w:p[3]`."""
        steps = []
        here: etree._Element | None = element
        while here is not None:
            if here not in self._steps:
                self._number(here)
            steps.append(self._steps[here])
            here = here.getparent()
        return "/" + "/".join(reversed(steps))

    def _number(self, element: etree._Element) -> None:
        """The step of the element and of all beside it: a position where another of its name stands there."""
        parent = element.getparent()
        if parent is None:
            self._steps[element] = _name(element)
            return
        row = [child for child in parent if isinstance(child.tag, str)]
        names = [_name(child) for child in row]
        total, seen = Counter(names), Counter[str]()
        for position, (child, name) in enumerate(zip(row, names, strict=True), 1):
            seen[name] += 1
            # `*` matches whatever stands there, so that its position is that among all.
            number, of_all = (position, len(row)) if name == "*" else (seen[name], total[name])
            self._steps[child] = f"{name}[{number}]" if of_all > 1 else name


def _name(element: etree._Element) -> str:
    """The name with its prefix; `*` below a namespace without one, which XPath cannot name."""
    space, _, local = str(element.tag).rpartition("}")
    prefix: str | None = element.prefix  # the stubs take it for always there
    if prefix:
        return f"{prefix}:{local}"
    return "*" if space else local
