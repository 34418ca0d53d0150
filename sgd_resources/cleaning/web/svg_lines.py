"""Puts each element of a cleaned drawing on the line that it has in the drawing as it was sent.

Lines that went with what was taken out come back as white space between elements, which draws nothing there. What must
not live here: what is taken out (`svg.py`).
"""

from typing import Any

from lxml import etree

_TEXT = frozenset({"text", "tspan", "textPath", "title", "desc", "style"})
"""Elements inside which white space may be seen, or read."""
_MOST_LINES = 65_534
"""The XML reader counts no further."""


def keep_lines(source: Any, target: Any) -> int:
    """How many empty lines go before the target's root; the rest are put in.

    Args:
        source: the drawing as it was read, element for element like
        target: the cleaned one; one that was taken out stands there empty.
    """
    lead = max(0, min(source.sourceline or 1, _MOST_LINES) - 1)
    _lay(source, target, 1 + lead)
    return lead


def _lay(source: Any, target: Any, line: int) -> int:
    """The line on which the target ends, its start tag ending on `line`."""
    may_space = etree.QName(target).localname not in _TEXT
    line += _breaks(target.text)
    before = None
    for child, copied in zip(source.iterchildren(tag=etree.Element), target, strict=False):
        missing = min(child.sourceline or 0, _MOST_LINES) - line
        if may_space and missing > 0:
            if before is None:
                target.text = (target.text or "") + "\n" * missing
            else:
                before.tail = (before.tail or "") + "\n" * missing
            line += missing
        line = _lay(child, copied, line) + _breaks(copied.tail)
        before = copied
    return line


def _breaks(text: str | None) -> int:
    return (text or "").count("\n")
