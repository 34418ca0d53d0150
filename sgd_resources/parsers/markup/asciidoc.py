"""AsciiDoc -> Markdown with the same lines, for what brand pages use: titles, lists, links, bold words, tables.

Tables keep their rows together, so a cell may be cited a few lines above its own. What must not live here: reading the
Markdown (`markdown.py`).
"""

import re

from sgd_resources.parsers.markup.markdown import parse_markdown
from sgd_resources.parsers.parts import ParsedParts, decode_text

_TITLE = re.compile(r"(={1,6})\s+(\S.*)")
_BULLET = re.compile(r"\s*(\*{1,5}|-)\s+(\S.*)")
_NUMBERED = re.compile(r"\s*(\.{1,5})\s+(\S.*)")
_FENCE = re.compile(r"(-{4,}|\.{4,}|\+{4,})\s*")
_COMMENT_FENCE = re.compile(r"/{4,}\s*")
_TABLE = re.compile(r"[|,:!]===\s*")
_NO_TEXT = re.compile(
    r"//(?!/)|:!?[\w-]+!?:(?:\s|$)|\[[^\]]*\]\s*$|(?:={4,}|\*{4,}|_{4,}|--)\s*$|(?:toc|include|ifdef|ifndef|endif|ifeval)::"
)
"""Comments, attributes of the document or of the next block, borders of blocks, and directives."""
_TERM = re.compile(r"(\S.{0,80}?)(?::{2,4}|;;)(?:\s+(.*))?")
_LINK = re.compile(r"(?:link:)?((?:https?://|(?<=link:))[^\s\[\]]{1,2000})\[([^\]\n]{1,500}?)\^?\]")
"""Bounded, as the next one, so that openings without an end are not each read to the end of the line."""
_IMAGE = re.compile(r"image::?([^\s\[\]]{1,2000})\[([^\],\n]{0,500})(?:,[^\]\n]{0,500})?\]")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_CELL = re.compile(r"(?:(?<=\s)|^)(?:\d+[*+])?(?:[.<^>]*[aehlmsv]?)\|")
_UNDERLINE = {"=": 1, "-": 2, "~": 3, "^": 4, "+": 5}
"""Levels of titles written over a rule."""
_DEEPEST = 6  # Markdown's deepest heading
_SLACK = 2
"""Characters by which such a rule may be longer or shorter than its title."""


def parse_asciidoc(data: bytes, suffix: str) -> ParsedParts:
    """Everything of one AsciiDoc file."""
    del suffix
    return parse_markdown(markdown_of(decode_text(data)).encode(), ".md")


def markdown_of(text: str) -> str:
    """Line by line the same content in Markdown."""
    lines = text.split("\n")
    found: list[str] = []
    fence = ""
    table: list[str] | None = None
    for line in lines:
        if fence:
            is_end = line.strip() == fence
            found.append(_closing(fence) if is_end else "" if fence.startswith("/") else line)
            fence = "" if is_end else fence
        elif table is None and _is_underline(line, found):
            found[-1] = f"{'#' * _UNDERLINE[line[0]]} {found[-1]}"
            found.append("")
        elif _TABLE.fullmatch(line):
            if table is not None:
                rows = _rows(table)
                del found[len(found) - max(0, len(rows) - len(table)) :]  # its border's line is the rule below the head
                found += rows
            table = [] if table is None else None
            found.append("")
        elif table is not None:
            table.append(line)
        elif _FENCE.fullmatch(line) or _COMMENT_FENCE.fullmatch(line):
            fence = line.strip()
            found.append(_closing(fence))
        else:
            found.append(_line(line))
    return "\n".join([*found, *(table or ())])


def _is_underline(line: str, above: list[str]) -> bool:
    """Whether a rule stands under a line of about its length that opens a paragraph."""
    rule = line.rstrip()
    if len(rule) <= _SLACK or rule[0] not in _UNDERLINE or rule.strip(rule[0]) or not above:
        return False
    is_alone = len(above) == 1 or not above[-2].strip()
    return is_alone and above[-1][:1].isalnum() and abs(len(above[-1]) - len(rule)) <= _SLACK


def _closing(fence: str) -> str:
    return "" if fence.startswith("/") else "```"


def _line(line: str) -> str:
    if title := _TITLE.fullmatch(line):
        return f"{'#' * min(len(title[1]), _DEEPEST)} {_words(_without_closing(title[2]))}"
    if _NO_TEXT.match(line) or line.strip() == "+":
        return ""
    line = re.sub(r"\s\+$", "", line)
    if bullet := _BULLET.fullmatch(line):
        return f"{'  ' * (len(bullet[1]) - 1)}- {_words(bullet[2])}"
    if numbered := _NUMBERED.fullmatch(line):
        return f"{'   ' * (len(numbered[1]) - 1)}1. {_words(numbered[2])}"
    if (term := _TERM.fullmatch(line)) and "//" not in term[1]:
        return f"- {_words(term[1])}: {_words(term[2] or '')}".rstrip()
    return _words(line)


def _without_closing(title: str) -> str:
    """A title without the signs that repeat its level behind it."""
    title = title.rstrip()
    words = title.rstrip("=")
    return words.rstrip() if words != title and words[-1:].isspace() else title


def _words(text: str) -> str:
    text = _IMAGE.sub(r"![\2](\1)", text)
    return _BOLD.sub(r"**\1**", _LINK.sub(r"[\2](\1)", text))


def _rows(lines: list[str]) -> list[str]:
    """The rows of a table with bars on both sides; as many lines as the table has."""
    first = next((line for line in lines if line.strip()), "")
    columns = len(_CELL.findall(first))
    if not columns:
        return lines
    is_headed = lines.index(first) + 1 < len(lines) and not lines[lines.index(first) + 1].strip()
    cells: list[str] = []
    for line in lines:
        parts = _CELL.split(line)
        if cells and parts[0].strip():
            cells[-1] = f"{cells[-1]} {parts[0].strip()}".strip()  # a cell goes on
        cells += [part.strip() for part in parts[1:]]
    if columns == 1 and not is_headed:
        return lines
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    marked = [f"| {' | '.join(_words(cell) for cell in row)} |" for row in rows]
    marked.insert(1, "|" + "---|" * columns)
    return [*marked, *[""] * (len(lines) - len(marked))]
