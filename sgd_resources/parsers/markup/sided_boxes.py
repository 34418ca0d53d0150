"""Boxes of Markdown's dialects that are titled Do or Don't, and captions that components carry as attributes.

`:::danger Don't`, `!!! failure "Don't"`, `<Example type="dont" caption="Mirror the leaf" />`. What must not live here:
which names and words say a side (`parsers/sides.py`).
"""

import re
from collections.abc import Iterator

from sgd_resources.parsed_document import Side
from sgd_resources.parsers.sides import attributes_of, side_of_box, side_of_name, side_of_words

_FENCED = re.compile(r"^[ \t]{0,3}:{3,}[ \t]*(?P<kind>[\w-]+)?[ \t]*[\[{(\"']?(?P<title>[^\]})\"\n]*)[\]})\"']?[ \t]*$")
_FENCE_END = re.compile(r"^[ \t]{0,3}:{3,}[ \t]*$")
_INDENTED = re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+)[ \t]*(?:\"(?P<title>[^\"\n]*)\")?[ \t]*$")
_COMPONENT = re.compile(r"<(?P<tag>[A-Z][\w.]*|[a-z]+-[\w-]+)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
_CAPTIONS = ("caption", "label", "text", "description", "body", "message")
_FEWEST = 2  # words of a caption; one is a name


def with_boxes_opened(source: str) -> str:
    """The source, its titled boxes written as boxes of HTML whose content is Markdown; each line stays where it is."""
    if ":::" not in source and "!!!" not in source and "???" not in source:
        return source
    lines = source.split("\n")
    at = 0
    while at < len(lines):
        fenced, indented = _FENCED.match(lines[at]), _INDENTED.match(lines[at])
        side = _side(fenced or indented)
        if side is not None and fenced is not None:
            at = _open_fenced(lines, at, side)
        elif side is not None and indented is not None:
            at = _open_indented(lines, at, side)
        at += 1
    return "\n".join(lines)


def captions_of(html: str, around: Side | None) -> Iterator[tuple[int, str, Side]]:
    """(line within the piece, words, side) of what components on a side say in their attributes."""
    for match in _COMPONENT.finditer(html):
        attributes = attributes_of(match["rest"])
        side = side_of_box(match["tag"], attributes) or around
        for key in _CAPTIONS:
            words = " ".join(attributes.get(key, "").split())
            if side is not None and len(words.split()) >= _FEWEST:
                yield html.count("\n", 0, match.start()), words, side


def _side(opened: re.Match[str] | None) -> Side | None:
    """The title decides, else the kind of the box: `:::dont`."""
    if opened is None:
        return None
    return side_of_words(opened["title"] or "") or (None if opened["title"] else side_of_name(opened["kind"] or ""))


def _open_fenced(lines: list[str], at: int, side: Side) -> int:
    end = next((i for i in range(at + 1, len(lines)) if _FENCE_END.match(lines[i])), None)
    if end is None:
        return at
    lines[at], lines[end] = f'<div class="{side}" markdown="1">', "</div>"
    return end


def _open_indented(lines: list[str], at: int, side: Side) -> int:
    """The box ends before the next line that is not indented; the blank line there closes it."""
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(("    ", "\t"))):
        end += 1
    last = max(i for i in range(at, end) if lines[i].strip())
    if last + 1 >= len(lines) or last == at:
        return at
    for i in range(at + 1, last + 1):
        lines[i] = lines[i][4:] if lines[i].startswith("    ") else lines[i].lstrip("\t")
    lines[at], lines[last + 1] = f'<div class="{side}" markdown="1">', "</div>"
    return last
