"""LaTeX sources (documents, packages, beamer themes) -> text blocks and colours; comments of their own line title what
follows them.

What must not live here: notations of colours (`colour_notation`).
"""

import re

from sgd_resources.parsed_document import Location, TextBlock
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.parts import ParsedParts, decode_text
from sgd_resources.parsers.plain_text import paragraph_blocks

_TITLE = re.compile(r"\s*%[%\s—=-]*([^\W\d_][^\\{}%#]{1,58}?)[\s—=:%-]*$")

_OUT_OF_USE = re.compile(r"\s*%.*\\[a-zA-Z]")
"""A command behind a comment sign."""


def parse_latex(data: bytes, suffix: str) -> ParsedParts:
    """Paragraphs with their first lines; a short comment is a heading over the lines up to the next one."""
    del suffix
    parts = ParsedParts()
    lines = ["" if _OUT_OF_USE.match(line) else line for line in decode_text(data).split("\n")]
    begin = 0
    for number, line in enumerate([*lines, "% end"]):
        title = _TITLE.match(line)
        if title is None:
            continue
        parts.text_blocks += paragraph_blocks(lines[begin:number], first_line=begin + 1)
        if number < len(lines):
            heading = TextBlock(text=title[1], kind="heading", level=2, location=Location(line=number + 1))
            parts.text_blocks.append(heading)
        begin = number + 1
    parts.colours += text_colours(parts.text_blocks)
    return parts
