"""Scans CSS, SCSS and Less into flat declarations with their selectors and lines. No colours, no fonts here.

One scanner for the three languages, because brand kits ship sources as often as built sheets. It never fails: what it
cannot read is skipped up to the next `;` or `}`.
"""

import re
from collections.abc import Iterator
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


_MARK = re.compile(r"/\*|//|[\"']|url\(\s*+[^\"')\s(][^()]*+\)")
_STRINGS = {'"': re.compile(r"\"(?:\\.|[^\"\\\n])*+\""), "'": re.compile(r"'(?:\\.|[^'\\\n])*+'")}
_DEEPEST = 40
"""Blocks inside each other that a selector names; the place of a citation holds 300 characters of it."""
_LONGEST_SECTION = 1_000
"""Characters of the words over a group; a label holds 160 of them."""
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
    stack = _Nesting()
    ahead = _Ahead(bare)
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
        sheet.declarations.append(Declaration(stack.selector, match[1], value, at, words, sections.get(at, "")))

    while position < length:
        character = bare[position]
        if character in "\"'":
            closing, newline = ahead.unescaped(character, position + 1), ahead.find("\n", position)
            if closing < 0 or (0 <= newline < closing):
                closing = position
            position = closing
        elif character == "(":
            closing = ahead.find(")", position) if bare[max(0, position - 3) : position].lower() == "url" else -1
            depth += closing < 0
            position = max(position, closing)  # a bare URL may hold braces and semicolons
        elif character == ")":
            depth = max(0, depth - 1)
        elif character == "#" and bare.startswith("#{", position):
            closing = ahead.find("}", position)
            position = closing if closing > 0 else position
        elif character == ";" and depth == 0:
            declare(bare[begin:position], begin)
            begin = position + 1
        elif character == "{":
            depth = 0
            stack.open(" ".join(bare[begin:position].split()))
            begin = position + 1
        elif character == "}":
            depth = 0
            declare(bare[begin:position], begin)
            stack.close()
            begin = position + 1
        position += 1
    declare(bare[begin:], begin)
    return sheet


class _Nesting:
    """The selectors of the open blocks. They are joined once per block, not once per declaration."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self.selector = ""

    def open(self, selector: str) -> None:
        self._open.append(selector)
        if len(self._open) <= _DEEPEST:
            self.selector = f"{self.selector} {selector}".strip()

    def close(self) -> None:
        if self._open:
            self._open.pop()
            if len(self._open) < _DEEPEST:
                self.selector = " ".join(filter(None, self._open))


class _Ahead:
    """Where something comes next. Positions only grow, so that no stretch of the text is searched twice for it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def find(self, wanted: str, position: int) -> int:
        """Of the text at or after `position`; -1 when there is none."""
        found = self._next.get(wanted, -2)
        if found == -1 or found >= position:
            return found
        found = self._next[wanted] = self._text.find(wanted, position)
        return found

    def unescaped(self, quote: str, position: int) -> int:
        """Of a quote that no backslash stands before."""
        key = f"\\{quote}"
        found = self._next.get(key, -2)
        if found == -1 or found >= position:
            return found
        found = self._text.find(quote, position)
        while found > 0 and self._text[found - 1] == "\\":
            found = self._text.find(quote, found + 1)
        self._next[key] = found
        return found


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
            if is_comment and len(section) < _LONGEST_SECTION:
                section = f"{section} {words}".strip()
            elif not is_comment:
                section = words or section
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
    kept: list[str] = []
    cursor = 0
    line, counted = first_line, 0
    for start, end in _comments_of(source):
        text = source[start:end]
        line += source.count("\n", counted, start)
        counted = start
        words = "\n".join(part.strip().lstrip("*").strip() for part in _bare_comment(text).split("\n"))
        if words.strip():
            comments.append(Comment(words.strip("\n "), line))
        kept += [source[cursor:start], re.sub(r"[^\n]+", lambda match: " " * len(match[0]), text)]
        cursor = end
    return "".join([*kept, source[cursor:]])


def _comments_of(source: str) -> Iterator[tuple[int, int]]:
    """Start and end of each comment; what looks like one in a string or an address is none."""
    position = 0
    unclosed = {'"': 0, "'": 0}  # up to where no string opens: after one that its line does not close
    while (mark := _MARK.search(source, position)) is not None:
        start, text = mark.start(), mark[0]
        position = mark.end()
        if text == "/*":
            closing = source.find("*/", position)
            position = len(source) if closing < 0 else closing + 2
            yield start, position
        elif text == "//":
            if start and source[start - 1] == ":":
                position = start + 1
                continue
            newline = source.find("\n", position)
            position = len(source) if newline < 0 else newline
            yield start, position
        elif text in _STRINGS and start >= unclosed[text]:
            whole = _STRINGS[text].match(source, start)
            if whole:
                position = whole.end()
            else:
                newline = source.find("\n", start)
                unclosed[text] = len(source) if newline < 0 else newline


def _bare_comment(text: str) -> str:
    """A comment without its marks."""
    bare = re.sub(r"^/[/*]+", "", text)
    return bare[:-1].rstrip("*") if bare.endswith("*/") else bare
