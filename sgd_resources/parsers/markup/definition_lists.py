"""Definition lists and alerts of Markdown's dialects, written as CommonMark; each line stays where it is.

'Term' above ': what it means' becomes an item with items below it; '> [!CAUTION]' opens a box, no quotation. What must
not live here: boxes that are titled Do or Don't (`sided_boxes.py`).
"""

import re

_MEANING = re.compile(r"^ {0,3}:[ \t]+(?=\S)")
_TERM = re.compile(r"^(?![-*+#>|:~`<\s]|\d+[.)]\s|!\[|\[\^).{1,80}$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ALERT = re.compile(r"^ {0,3}>[ \t]*\[!(?P<kind>[A-Za-z]+)\][-+]?[ \t]*(?P<title>[^\n]*)$")
_QUOTED = re.compile(r"^ {0,3}>[ \t]?")
_BANS = frozenset({"caution", "danger", "failure", "fail", "error"})
"""Kinds of alerts over what not to do; a warning as often tells what to mind."""
_ASKS = re.compile(
    r"(?i)\b(?:always|only|must|should|shall|make sure|ensure|keep|please|contact|check|ask|needs?|remember|"
    r"is|are|was|will|can|may|has|have|unless|if)\b"
)
"""Words of a statement or an instruction: such an alert's own words tell their side."""


def with_definitions_listed(source: str) -> str:
    """The source, its definition lists as lists in lists."""
    if "\n:" not in source.replace("\n ", "\n"):
        return source
    lines = source.split("\n")
    fence: str | None = None
    is_open = False  # whether the lines above belong to a definition list
    for at, line in enumerate(lines):
        met = _FENCE.match(line)
        if met is not None and (fence is None or met[1].startswith(fence)):
            fence = None if fence is not None else met[1][:3]
        if fence is not None or not line.strip():
            continue
        if _MEANING.match(line):
            term = _term_above(lines, at)
            if not is_open and term is None:
                continue
            if term is not None:
                lines[term] = f"- {lines[term]}"
            lines[at] = _MEANING.sub("  - ", line)
            is_open = True
        elif not line.startswith((" ", "\t")):
            is_open = False
    return "\n".join(lines)


def _term_above(lines: list[str], at: int) -> int | None:
    """The line of the term right above a meaning, or above one blank line; it stands by itself."""
    term = at - 1 if at and lines[at - 1].strip() else at - 2
    if term < 0 or not _TERM.match(lines[term]):
        return None
    before = lines[term - 1].strip() if term else ""
    is_alone = not before or before.startswith("- ") or (term > 0 and lines[term - 1].startswith("  - "))
    return term if is_alone else None


def with_alerts_opened(source: str) -> str:
    """The source, its alerts as boxes of HTML whose content is Markdown; one over what not to do says its side, where
    no word of it asks for something."""
    if "[!" not in source:
        return source
    lines = source.split("\n")
    for at, line in enumerate(lines):
        alert = _ALERT.match(line)
        if alert is None:
            continue
        end = at + 1
        while end < len(lines) and _QUOTED.match(lines[end]):
            lines[end] = _QUOTED.sub("", lines[end], count=1)
            end += 1
        content = " ".join(lines[at + 1 : end])
        is_ban = alert["kind"].lower() in _BANS and not _ASKS.search(content)
        is_whole = end < len(lines) and not lines[end].strip()
        lines[at] = alert["title"].strip()
        if is_ban and is_whole and content.strip():
            lines[at], lines[end] = '<div class="dont" markdown="1">', "</div>"
    return "\n".join(lines)
