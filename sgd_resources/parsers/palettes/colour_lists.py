"""Tells a fence that lists colours from one that shows code: fence -> Markdown of the same lines, or nothing.

Guides set lists in fences so that their columns line up. What must not live here: what a colour is worth.
"""

import re

_VALUE = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|\brgb\(|\b(?:rgb|hex|cmyk)\b\W*[0-9A-F]", re.IGNORECASE)
_CODE = re.compile(r"[{}<>=$]|;\s*$|^\s*(?:import|from|const|let|var|def|return|npm|git|cd|pip)\b")
_TITLE = re.compile(r"^\s*#{1,6}(?=\s)")
_FEWEST = 2  # one value is no palette


def list_source(content: str) -> str | None:
    """The content as Markdown whose headings stand below the page's own; None where it is no list of colours."""
    lines = content.rstrip("\n").split("\n")
    written = [line for line in lines if line.strip()]
    values = [line for line in written if _VALUE.search(line)]
    if len(values) < max(_FEWEST, len(written) / 2) or any(_CODE.search(line) for line in written):
        return None
    return "\n".join(_TITLE.sub("######", line).strip() for line in lines)
