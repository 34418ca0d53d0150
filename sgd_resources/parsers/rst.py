"""reStructuredText -> Markdown with the same lines, for the parts that brand pages use: headings and simple tables.

Directives and roles stay as they are. What must not live here: reading the Markdown (`markdown.py`).
"""

import re

_RULE = re.compile(r"([=\-~^\"'`#*+.:_])\1{2,}\s*")
_BORDER = re.compile(r"\s*=+(?:\s+=+)+\s*")
_DEEPEST = 6


def markdown_of(text: str) -> str:
    """Line by line the same content with Markdown's headings and tables."""
    lines = text.split("\n")
    _mark_headings(lines)
    _mark_tables(lines)
    return "\n".join(lines)


def _mark_headings(lines: list[str]) -> None:
    """A title over (and under) a rule as long as itself becomes '## Title'; levels count in order of appearance."""
    styles: list[tuple[str, bool]] = []
    for i in range(1, len(lines)):
        title, rule = lines[i - 1].strip(), lines[i].rstrip()
        is_title = bool(title) and not _RULE.fullmatch(title) and not lines[i - 1].startswith((" ", "\t", "#"))
        if not is_title or not _RULE.fullmatch(rule) or len(rule) < min(len(title), 4):
            continue
        before = lines[i - 2].strip() if i > 1 else ""
        has_overline = bool(before) and before == rule
        if before and not has_overline:
            continue  # the last line of a paragraph, or a table's row
        style = (rule[0], has_overline)
        if style not in styles:
            styles.append(style)
        lines[i - 1] = f"{'#' * min(styles.index(style) + 1, _DEEPEST)} {title}"
        lines[i] = ""
        if has_overline:
            lines[i - 2] = ""


def _mark_tables(lines: list[str]) -> None:
    """A simple table ('=== ===' borders) becomes a table of bars; a blank line before it holds the head if need be."""
    i = 0
    while i < len(lines):
        if not _BORDER.fullmatch(lines[i]):
            i += 1
            continue
        starts = [match.start() for match in re.finditer(r"=+", lines[i])]
        end = next((j for j in range(i + 1, len(lines)) if not lines[j].strip()), len(lines))
        borders = [j for j in range(i, end) if _BORDER.fullmatch(lines[j])]
        if len(borders) < 2:
            i += 1
            continue
        last = borders[-1]
        head = borders[1] if len(borders) > 2 else None
        separator = f"|{' --- |' * len(starts)}"
        for j in range(i + 1, last):
            if j != head:
                lines[j] = _row(lines[j], starts)
        if head is not None:
            lines[i], lines[head] = "", separator
        else:
            # the first row is the head where no rule parts it from the rest
            lines[i], lines[i + 1] = lines[i + 1], separator
        lines[last] = ""
        i = last + 1


def _row(line: str, starts: list[int]) -> str:
    ends = [*starts[1:], len(line) + 1]
    cells = (line[start:end].strip().replace("|", "\\|") for start, end in zip(starts, ends, strict=True))
    return f"| {' | '.join(cells)} |"
