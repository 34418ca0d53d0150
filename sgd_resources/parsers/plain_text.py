"""Plain text -> paragraphs with their first lines."""

import re

from sgd_resources.parsed_document import Location, TextBlock
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.parts import ParsedParts, decode_text

_TITLE = re.compile(r"(?=.*[^\W\d_]{3})[^\W\d_][\w/’'-]*(?: (?:& )?[\w/’'-]+){0,3}")
"""A line of its own of up to four words, all in capitals and without a stop, stands over what follows."""


def parse_plain_text(data: bytes, suffix: str) -> ParsedParts:
    """One block per paragraph (blank lines part them); bullets become list items."""
    del suffix
    parts = ParsedParts()
    parts.text_blocks += paragraph_blocks(decode_text(data).split("\n"), first_line=1)
    parts.colours += text_colours(parts.text_blocks)
    return parts


def paragraph_blocks(lines: list[str], *, first_line: int) -> list[TextBlock]:
    """The paragraphs and list items of some lines.

    Args:
        lines: without line ends.
        first_line: number of the first of them in its file.
    """
    blocks: list[TextBlock] = []
    begin: int | None = None
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            is_item = re.match(r"\s*(?:[-*•–]|\d+[.)])\s+\S", line)
            if begin is not None and is_item:
                blocks.append(_block(lines, begin, number - 1, first_line))
                begin = number
            begin = begin or number
        elif begin is not None:
            blocks.append(_block(lines, begin, number - 1, first_line))
            begin = None
    return blocks


def _block(lines: list[str], first: int, last: int, first_line: int) -> TextBlock:
    text = "\n".join(line.strip() for line in lines[first - 1 : last])
    bullet = re.match(r"(?:[-*•–]|\d+[.)])\s+", text)
    reason = unseen_characters(text)
    is_title = first == last and bullet is None and bool(_TITLE.fullmatch(text)) and text.isupper()
    return TextBlock(
        text=text[bullet.end() :] if bullet else text,
        kind="list_item" if bullet else "heading" if is_title else "paragraph",
        level=2 if is_title else None,
        location=Location(line=first_line + first - 1),
        is_hidden=reason is not None,
        hidden_reason=reason,
    )
