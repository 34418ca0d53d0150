"""Scans CSS, SCSS and Less into flat declarations with their selectors and lines. No colours, no fonts here.

One scanner for the three languages, because brand kits ship sources as often as built sheets. It never fails: what it
cannot read is skipped up to the next `;` or `}`.
"""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Declaration:
    """`name: value` inside `selector` (nested selectors joined by spaces; empty at top level)."""

    selector: str
    name: str
    value: str
    line: int
    comment: str = ""
    """Text of the comment on the same line or the line above."""
    section: str = ""
    """Text of the comment that stands over it and its neighbours, up to a blank line or the end of their block."""

    @property
    def is_variable(self) -> bool:
        """Whether it defines a custom property, an SCSS or a Less variable."""
        return self.name.startswith(("--", "$", "@"))


@dataclass(frozen=True)
class Comment:
    """One comment's text and first line."""

    text: str
    line: int


@dataclass
class Sheet:
    """Everything scanned from one sheet, in source order."""

    declarations: list[Declaration] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


_COMMENT = re.compile(
    r"/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|url\(\s*[^\"')\s][^)]*\)|(?<!:)//[^\n]*", re.DOTALL
)
_NAME = re.compile(r"\s*((?:--|\$|@)?[A-Za-z_*-][\w-]*)\s*:(.*)\Z", re.DOTALL)


def scan_sheet(source: str, *, first_line: int = 1) -> Sheet:
    """Declarations and comments of a style sheet, in source order.

    Args:
        source: CSS, SCSS or Less with LF line ends.
        first_line: 1-based line of the file at which `source` begins (for sheets inside HTML).
    """
    sheet = Sheet()
    bare = _blank_comments(source, sheet.comments, first_line)
    starts = [0]
    starts += [match.end() for match in re.finditer("\n", bare)]
    comment_at = {}
    for comment in sheet.comments:
        comment_at[comment.line + comment.text.count("\n")] = " ".join(comment.text.split())
    sections = _sections(source, bare, sheet.comments, first_line)
    stack: list[str] = []
    begin = position = depth = 0
    length = len(bare)
    line, line_position = first_line, 0

    def line_of(offset: int) -> int:
        nonlocal line, line_position
        line += bare.count("\n", line_position, offset)
        line_position = offset
        return line

    def declare(text: str, offset: int) -> None:
        match = _NAME.match(text)
        if match is None:
            return
        value = match[2].strip()
        if not value or match[1] in ("@include", "@use", "@import", "@media"):
            return
        at = line_of(offset + match.start(1))
        last = at + text[match.start(1) :].rstrip().count("\n")
        words = comment_at.get(last) or comment_at.get(at - 1) or ""
        selector = " ".join(part for part in stack if part)
        sheet.declarations.append(Declaration(selector, match[1], value, at, words, sections.get(at, "")))

    while position < length:
        character = bare[position]
        if character in "\"'":
            closing = bare.find(character, position + 1)
            while closing > 0 and bare[closing - 1] == "\\":
                closing = bare.find(character, closing + 1)
            newline = bare.find("\n", position)
            if closing < 0 or (0 <= newline < closing):
                closing = position
            position = closing
        elif character == "(":
            closing = bare.find(")", position) if bare[max(0, position - 3) : position].lower() == "url" else -1
            depth += closing < 0
            position = max(position, closing)  # a bare URL may hold braces and semicolons
        elif character == ")":
            depth = max(0, depth - 1)
        elif character == "#" and bare.startswith("#{", position):
            closing = bare.find("}", position)
            position = closing if closing > 0 else position
        elif character == ";" and depth == 0:
            declare(bare[begin:position], begin)
            begin = position + 1
        elif character == "{":
            depth = 0
            stack.append(" ".join(bare[begin:position].split()))
            begin = position + 1
        elif character == "}":
            depth = 0
            declare(bare[begin:position], begin)
            if stack:
                stack.pop()
            begin = position + 1
        position += 1
    declare(bare[begin:], begin)
    return sheet


def _sections(source: str, bare: str, comments: list[Comment], first_line: int) -> dict[int, str]:
    """Line -> words of the comment lines above its group. A group ends at a blank line or a closing brace."""
    said: dict[int, str] = {}
    for comment in comments:
        if re.search(r"[^\W\d_]{2}", comment.text):
            said[comment.line + comment.text.count("\n")] = " ".join(comment.text.split())
    if not said:
        return {}
    found: dict[int, str] = {}
    section, is_fresh, is_comment = "", False, False
    for number, (line, code) in enumerate(zip(source.split("\n"), bare.split("\n"), strict=True), start=first_line):
        if not code.strip() and line.strip():
            words = said.get(number, "")
            section = f"{section} {words}".strip() if is_comment else words or section
            is_fresh, is_comment = True, True
            continue
        is_comment = False
        if not code.strip() or code.strip().startswith("}"):
            section = section if is_fresh and not code.strip() else ""
            continue
        is_fresh = code.strip().endswith("{") and is_fresh
        if section:
            found[number] = section
    return found


def _blank_comments(source: str, comments: list[Comment], first_line: int) -> str:
    """`source` with comments blanked out, newlines kept, so that offsets and lines still hold."""

    def blank(match: re.Match[str]) -> str:
        text = match[0]
        if text[0] != "/":
            return text
        words = "\n".join(line.strip().lstrip("*").strip() for line in re.sub(r"^/[/*]+|\*+/$", "", text).split("\n"))
        comments.append(
            Comment(words.strip("\n ") if words.strip() else "", first_line + source.count("\n", 0, match.start()))
        )
        return re.sub(r"[^\n]", " ", text)

    blanked = _COMMENT.sub(blank, source)
    comments[:] = [comment for comment in comments if comment.text]
    return blanked
