"""Takes out of Office markup what tells of people and past: comments, tracked changes, hidden runs, names.

Accepts insertions and drops deletions, as "accept all changes" does. What must not live here: whole parts.
"""

from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DROPPED = frozenset(
    f"{_W}{name}"
    for name in (
        "del", "moveFrom", "delText", "delInstrText", "commentRangeStart", "commentRangeEnd", "commentReference",
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "rPrChange", "pPrChange",
        "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange", "numberingChange",
        "cellDel", "cellIns", "cellMerge", "rsids", "attachedTemplate", "docVars", "permStart", "permEnd",
    )
)  # fmt: skip
_UNWRAPPED = frozenset(f"{_W}{name}" for name in ("ins", "moveTo"))
_OFF = frozenset({"0", "false", "off"})
_NAME_ATTRIBUTES = ("author", "initials", "userId", "providerId", "lastModifiedBy", "lastEdited", "userName")
_PERSONAL_ELEMENTS = frozenset({"lastModifiedBy", "userInfo", "fileSharing", "absPath"})


def strip_people(root: Any) -> int:
    """How many things were taken out of the tree, which is changed in place."""
    removed = 0
    for element in list(root.iter(etree.Element)):
        if element is root:
            continue
        tag = element.tag
        if tag in _DROPPED or tag.rpartition("}")[2] in _PERSONAL_ELEMENTS or _is_hidden_run(element):
            removed += _remove(element)
        elif tag in _UNWRAPPED:
            removed += _unwrap(element)
        else:
            for key in list(element.attrib):
                if key.rpartition("}")[2] in _NAME_ATTRIBUTES:
                    del element.attrib[key]
                    removed += 1
    return removed


def _is_hidden_run(element: Any) -> bool:
    if element.tag != f"{_W}r":
        return False
    vanish = element.find(f"{_W}rPr/{_W}vanish")
    if vanish is None:
        vanish = element.find(f"{_W}rPr/{_W}webHidden")
    is_field = element.find(f"{_W}fldChar") is not None or element.find(f"{_W}instrText") is not None
    return vanish is not None and not is_field and vanish.get(f"{_W}val", "1").lower() not in _OFF


def _remove(element: Any) -> int:
    parent = element.getparent()
    if parent is None:
        return 0
    parent.remove(element)
    return 1


def _unwrap(element: Any) -> int:
    parent = element.getparent()
    if parent is None:
        return 0
    index = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(index, child)
    parent.remove(element)
    return 1
