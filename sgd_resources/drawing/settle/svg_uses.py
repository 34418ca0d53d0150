"""SVG `use` elements -> copies of what they refer to, counted, so that a drawing's size is what it says.

What must not live here: styles (`svg_styles.py`), or what the drawing costs.
"""

import copy
import re

from lxml import etree

from sgd_resources.errors import RejectedEvidence

MAX_ELEMENTS = 50_000
"""Of a flattened logo; the largest crests and illustrations among real logos have some thousands."""
_MAX_DEPTH = 200  # below Python's own recursion limit; real files nest a few deep
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_OWN = ("href", _XLINK_HREF, "x", "y", "width", "height", "id")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:px)?\Z", re.I)


class NotFlattenedError(Exception):
    """The drawing uses `use` in a way that copies cannot stand for; never leaves this package."""


def expand_uses(root: etree._Element) -> None:
    """Put a group with a copy in the place of each `use`; one that refers to nothing goes.

    Raises:
        RejectedEvidence: `reject:bomb` for too many elements, `reject:malformed` for one that holds itself.
        NotFlattenedError: a place in percent, or a `use` where only shapes may stand.
    """
    by_id: dict[str, etree._Element] = {}
    count = 0
    for element in root.iter(etree.Element):
        count += 1
        if (name := element.get("id")) is not None:
            by_id.setdefault(name, element)
    # Copies are made of the drawing as it was: what stands in a copy is expanded there.
    originals = {name: copy.deepcopy(element) for name, element in _referred(root, by_id).items()}
    todo = [(use, frozenset[str]()) for use in root.iter(f"{_SVG}use")]
    while todo:
        use, opened = todo.pop()
        name = _target(use)
        if name in opened or len(opened) > _MAX_DEPTH:
            raise RejectedEvidence("reject", "malformed", details={"message": "a reference that holds itself"})
        original = originals.get(name) if name is not None else None
        parent = use.getparent()
        if parent is None:
            raise NotFlattenedError
        if original is None or name is None:
            parent.remove(use)
            continue
        group = _group(use, original)
        count += sum(1 for _ in group.iter(etree.Element))
        if count > MAX_ELEMENTS:
            raise RejectedEvidence(
                "reject",
                "bomb",
                details={
                    "message": f"{count:,} elements drawn; at most {MAX_ELEMENTS:,} are read",
                    "elements": count,
                    "limit_elements": MAX_ELEMENTS,
                },
            )
        group.tail = use.tail
        parent.replace(use, group)
        todo += [(inner, opened | {name}) for inner in group.iter(f"{_SVG}use")]


def _referred(root: etree._Element, by_id: dict[str, etree._Element]) -> dict[str, etree._Element]:
    found = {}
    for use in root.iter(f"{_SVG}use"):
        parent = use.getparent()
        if parent is not None and parent.tag == f"{_SVG}clipPath":
            raise NotFlattenedError
        name = _target(use)
        if name is not None and name in by_id:
            found[name] = by_id[name]
    return found


def _target(use: etree._Element) -> str | None:
    href = use.get("href") or use.get(_XLINK_HREF) or ""
    return href[1:] if href.startswith("#") else None


def _group(use: etree._Element, original: etree._Element) -> etree._Element:
    group = etree.Element(f"{_SVG}g")
    for name, value in use.attrib.items():
        if name not in _OWN:
            group.set(name, value)
    x, y = _number(use.get("x")), _number(use.get("y"))
    if x or y:
        group.set("transform", f"{use.get('transform') or ''} translate({x:g} {y:g})".strip())
    made = copy.deepcopy(original)
    made.tail = None
    if made.tag in (f"{_SVG}symbol", f"{_SVG}svg"):
        made.tag = f"{_SVG}svg"
        for side in ("width", "height"):
            if (wanted := use.get(side)) is not None:
                made.set(side, wanted)
            elif original.tag == f"{_SVG}symbol":
                made.set(side, "100%")
    for element in made.iter(etree.Element):
        if "id" in element.attrib:
            del element.attrib["id"]
    group.append(made)
    return group


def _number(value: str | None) -> float:
    if value is None:
        return 0.0
    if not _NUMBER.match(value.strip()):
        raise NotFlattenedError
    return float(value.strip().removesuffix("px"))
