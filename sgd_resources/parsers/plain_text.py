"""Plain text -> paragraphs with their first lines."""

import re

from sgd_resources.parsed_document import Location, TextBlock
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.parts import ParsedParts, decode_text
from sgd_resources.parsers.text_colours import text_colours

VERSION = "1"


def parse_plain_text(data: bytes, suffix: str) -> ParsedParts:
    """One block per paragraph (blank lines part them); bullets become list items."""
    del suffix
    parts = ParsedParts()
    lines = decode_text(data).split("\n")
    begin: int | None = None
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            is_item = re.match(r"\s*(?:[-*•–]|\d+[.)])\s+\S", line)
            if begin is not None and is_item:
                _close(parts, lines, begin, number - 1)
                begin = number
            begin = begin or number
        elif begin is not None:
            _close(parts, lines, begin, number - 1)
            begin = None
    parts.colours += text_colours(parts.text_blocks)
    return parts


def _close(parts: ParsedParts, lines: list[str], first: int, last: int) -> None:
    text = "\n".join(line.strip() for line in lines[first - 1 : last])
    bullet = re.match(r"(?:[-*•–]|\d+[.)])\s+", text)
    reason = unseen_characters(text)
    parts.text_blocks.append(
        TextBlock(
            text=text[bullet.end() :] if bullet else text,
            kind="list_item" if bullet else "paragraph",
            location=Location(line=first),
            is_hidden=reason is not None,
            hidden_reason=reason,
        )
    )
