"""Whether a page's own markup says that what stands in a box is to be done, or not: names of slots, classes, ids and
components -> 'do' | 'dont'.

`<template #dont-text>`, `<div class="guideline guideline--dont">`, `<Dont>`, `<figure data-type="misuse">`. What must
not live here: what headings say (`sgd_assets/canon/sides/polarity.py`), or what a rule is.
"""

import re
from collections.abc import Iterable, Mapping

from sgd_resources.parsed_document import Side

_DONT = frozenset(
    (
        "dont", "donts", "donot", "misuse", "misuses", "incorrect", "avoid", "wrong", "prohibited", "forbidden", "bad",
        "unacceptable", "discouraged", "nope", "never",
    )
)  # fmt: skip
_DO = frozenset(("do", "dos", "correct", "recommended", "good", "acceptable"))
_TICKS = frozenset(("tick", "ticks", "check", "checkmark", "thumbsup"))
_CROSSES = frozenset(("cross", "crosses", "times", "xmark", "thumbsdown"))
"""Names of icons, which say a side in front of words only: a menu has them too."""
_LABELS: dict[str, Side] = {
    **dict.fromkeys(("yes", "right", "always", "ok", "tick", "check", "checkmark", "check mark", "thumbs up"), "do"),
    **dict.fromkeys(("no", "x", "cross", "cross mark", "thumbs down", "not ok"), "dont"),
}
"""Whole labels and alternative texts that say a side as no part of a longer name does."""
_PAIRS = {("do", "not"): "dont", ("don", "t"): "dont", ("don", "ts"): "dont", ("what", "not"): "dont"}
"""Names whose second word turns the first."""
_NAMING = ("class", "id", "slot", "type", "kind", "variant", "status", "appearance", "mode")
"""Attributes that name a box; `data-` forms of them and `v-slot:` or `#` slots are read too."""
_OPENING = re.compile(r"<(?P<close>/?)(?P<tag>[A-Za-z][\w.-]*)(?P<rest>[^<>]*?)(?P<empty>/?)>")
_ATTRIBUTE = re.compile(r"([#@:\w.-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{?[\"'`]?([\w-]*)))?")
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "area", "base", "embed"))
_LABEL_WORDS = 2
_DEEPEST = 64
"""Open boxes that are kept in mind: deeper nesting in a page is no guide's."""


def side_of_name(name: str) -> Side | None:
    """What one name says: 'guideline--dont' -> 'dont', 'DoExample' -> 'do', 'dos-and-donts' and 'card' -> None."""
    spread = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name.replace("’", "").replace("'", ""))
    words = [word for word in re.split(r"[^A-Za-z]+", spread.lower()) if word]
    if "break" in words or "breaks" in words:
        return None  # 'break-inside-avoid' speaks to a printer
    found: set[Side] = set()
    index = 0
    while index < len(words):
        pair = _PAIRS.get((words[index], words[index + 1] if index + 1 < len(words) else ""))
        if pair is not None:
            found.add("dont")
            index += 2
            continue
        if words[index] in _DONT:
            found.add("dont")
        elif words[index] in _DO:
            found.add("do")
        index += 1
    return found.pop() if len(found) == 1 else None


def side_of_words(text: str) -> Side | None:
    """What a label that stands alone says: "Don't", 'Incorrect', 'Yes'; None for words that say more than that."""
    bare = re.sub(r"[^\w’' -]", " ", text).replace("’", "'").strip().lower()
    if len(bare.split()) > _LABEL_WORDS:
        return None
    if bare in _LABELS:
        return _LABELS[bare]
    words = frozenset(re.split(r"[\s-]+", bare.replace("'", "")))
    if words == {"do", "not"} or (words <= {*_DONT, "do", "not"} - {"do"} and words != {"not"}):
        return "dont"
    return "do" if words and words <= _DO else None


def side_of_icon(tag: str, attributes: Mapping[str, str]) -> Side | None:
    """What a tick or a cross says that is drawn, or named by its class, file or alternative text."""
    said = next((attributes[key] for key in ("alt", "aria-label", "title") if attributes.get(key)), "")
    if said and (side := side_of_words(said)) is not None:
        return side
    names = [attributes.get("class", "")] if tag in ("i", "span", "svg", "use") else []
    names += [attributes.get(key, "").split("?")[0].rsplit("/", 1)[-1] for key in ("src", "href", "xlink:href")]
    words = {word for name in names for word in re.split(r"[^a-z]+", name.lower()) if word}
    ticked, crossed = bool(words & _TICKS), bool(words & _CROSSES)
    return None if ticked == crossed else "do" if ticked else "dont"


def side_of_box(tag: str, attributes: Mapping[str, str]) -> Side | None:
    """What an element's tag, classes, id, slot or type say; None where they say nothing, or both."""
    told: set[Side] = {side for name in _names(tag, attributes) if (side := side_of_name(name)) is not None}
    if tag in ("ul", "ol", "li"):
        words = set(re.split(r"[^a-z]+", attributes.get("class", "").lower()))
        told |= {"dont"} if words & {"cross", "crosses"} else {"do"} if words & {"tick", "ticks"} else set()
    return told.pop() if len(told) == 1 else None


class OpenBoxes:
    """The boxes that a text with embedded tags is in, fed tag by tag in reading order."""

    def __init__(self) -> None:
        self._open: list[tuple[str, Side | None]] = []

    def read(self, html: str) -> None:
        """Open and close what this piece of source opens and closes."""
        for match in _OPENING.finditer(html):
            tag = match["tag"]
            if match["close"]:
                self._close(tag)
            elif not match["empty"] and tag.lower() not in _VOID and len(self._open) < _DEEPEST:
                self._open.append((tag, side_of_box(tag, attributes_of(match["rest"]))))

    @property
    def side(self) -> Side | None:
        """What the innermost box that says anything says."""
        return next((side for _, side in reversed(self._open) if side is not None), None)

    def _close(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return


def attributes_of(rest: str) -> dict[str, str]:
    """Attributes of a tag as written between its name and its end."""
    return {match[1]: match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(rest)}


def _names(tag: str, attributes: Mapping[str, str]) -> Iterable[str]:
    # an element of HTML is named by its attributes alone: <dd> is no 'do'
    if tag[:1].isupper() or "-" in tag or "." in tag:
        yield tag
    for key, value in attributes.items():
        name = key.lower()
        if name.startswith(("#", "v-slot:", "slot:")):
            yield key.lstrip("#").removeprefix("v-slot:").removeprefix("slot:")
        elif name.removeprefix("data-") in _NAMING:
            yield from value.split()
