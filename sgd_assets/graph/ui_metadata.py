"""Markdown for Dagster's UI: tables and colour swatches that its content security policy lets through.

Every word that is not ours goes through `inert`: the UI's reader draws pictures, links bare addresses and passes HTML
on, so that a file's name could call out from an operator's browser. What must not live here: what a stage wants to
show (that stands in its `asset.py`).
"""

import base64
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

from dagster import MarkdownMetadataValue, MetadataValue

from sgd_resources.shown.name import shown_name

MAX_ROWS = 50
_SWATCH_PX = 28
_MAX_CHARACTERS = 200
_PLAIN = re.compile(r"(?!\d+\. )(?!.*www\.)\w(?:[\w .,%+-]*\w)?%?", re.I)
"""Words and numbers that no reader of Markdown takes for anything else. An underscore is a word's character here, yet
opens emphasis: `inert` asks for it on its own."""
_LOOKALIKES = str.maketrans({"`": "\u02cb", "|": "\u2223", "\\": "\uff3c"})
"""Readers disagree on how a backslash before a bar splits a table's cell, and on nothing else inside a code span: with
these three drawn by their doubles a code span ends where we end it."""


def inert(value: object) -> str:
    """The value's text so that every Markdown reader shows it, on one line, and does nothing else with it.

    Escapes do not suffice: GitHub's flavour looks for addresses in the text after escapes and entities are read. In a
    code span it looks for nothing.
    """
    text = " ".join(shown_name(re.sub(r"\s+", " ", str(value))).split())[:_MAX_CHARACTERS].rstrip()
    if not text or ("_" not in text and _PLAIN.fullmatch(text)):
        return text
    return f"`{text.translate(_LOOKALIKES)}`"


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> MarkdownMetadataValue:
    """A Markdown table of at most `MAX_ROWS` rows; says how many it left out."""
    every = [[inert(value) for value in row] for row in rows]
    lines = [f"| {' | '.join(header)} |", f"|{' --- |' * len(header)}"]
    lines += [f"| {' | '.join(row)} |" for row in every[:MAX_ROWS]]
    if len(every) > MAX_ROWS:
        lines.append(f"\n…and {len(every) - MAX_ROWS} more")
    return MetadataValue.md("\n".join(lines))


def swatches(palette_hex: Sequence[str]) -> MarkdownMetadataValue:
    """The palette as one picture, its hexes beneath."""
    if not palette_hex:
        return MetadataValue.md("*no colours found*")
    squares = "".join(
        f'<rect x="{i * _SWATCH_PX}" width="{_SWATCH_PX}" height="{_SWATCH_PX}" fill={quoteattr(colour)}/>'
        for i, colour in enumerate(palette_hex)
    )
    width = len(palette_hex) * _SWATCH_PX
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_SWATCH_PX}">{squares}</svg>'
    data = base64.b64encode(svg.encode()).decode()
    names = " ".join(inert(colour) for colour in palette_hex)
    return MetadataValue.md(f"![palette](data:image/svg+xml;base64,{data})\n\n{names}")


def pictures(titled_urls: Iterable[tuple[str, str]]) -> MarkdownMetadataValue:
    """Pictures in a row, each given as (title, data URL)."""
    return MetadataValue.md(" ".join(f"![{inert(title)}]({url})" for title, url in titled_urls) or "*no pictures*")
