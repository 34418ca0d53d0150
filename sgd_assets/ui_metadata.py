"""Markdown for Dagster's UI: tables and colour swatches that its content security policy lets through.

What must not live here: what a stage wants to show (that stands in its `asset.py`).
"""

import base64
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

from dagster import MarkdownMetadataValue, MetadataValue

MAX_ROWS = 50
_SWATCH_PX = 28


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> MarkdownMetadataValue:
    """A Markdown table of at most `MAX_ROWS` rows; says how many it left out."""
    every = [[_cell(value) for value in row] for row in rows]
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
    names = " ".join(f"`{colour}`" for colour in palette_hex)
    return MetadataValue.md(f"![palette](data:image/svg+xml;base64,{data})\n\n{names}")


def pictures(titled_urls: Iterable[tuple[str, str]]) -> MarkdownMetadataValue:
    """Pictures in a row, each given as (title, data URL)."""
    return MetadataValue.md(" ".join(f"![{_cell(title)}]({url})" for title, url in titled_urls) or "*no pictures*")


def _cell(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")[:200]
