"""Groups the lines of a PDF page into blocks in reading order and marks headings by size. Pure geometry."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sgd_resources.parsed_document import Bbox, TableCell
from sgd_resources.parsers.bullets import BULLETS
from sgd_resources.parsers.pdf.text.lines import Line

Kind = Literal["heading", "paragraph", "list_item", "table_cell"]
_SPECIMEN = re.compile(r"abcdefg|a b c d e f|aabbcc|1234567|quick brown fox|lorem ipsum", re.IGNORECASE)
_BULLET = re.compile(rf"^\s*(?:[{BULLETS}–]|[-*](?=\s)|\d{{1,2}}[.)](?=\s))\s*")


@dataclass
class Block:
    """Lines that a reader sees as one unit, joined by line breaks."""

    lines: list[Line] = field(default_factory=list)
    cell: TableCell | None = None
    depth: int = 1
    """Of a list item: 1 for the outermost."""
    is_title: bool = False
    """Stands as a heading without being larger (`headings`)."""
    words: str | None = None
    """Its text where wrapped lines are joined (`wraps`)."""

    @property
    def text(self) -> str:
        """Text with its line breaks."""
        return "\n".join(line.text for line in self.lines) if self.words is None else self.words

    @property
    def bbox(self) -> Bbox:
        """Box around all lines."""
        boxes = [line.bbox for line in self.lines]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


def group_blocks(lines: Sequence[Line]) -> list[Block]:
    """Blocks in content order; a line joins the block whose last line stands right above it in the same style."""
    blocks: list[Block] = []
    for line in lines:
        target = next((block for block in reversed(blocks[-6:]) if _goes_on(block, line)), None)
        if target is None:
            blocks.append(Block([line]))
        else:
            target.lines.append(line)
    return blocks


def _goes_on(block: Block, line: Line) -> bool:
    first = block.lines[0]
    if first.is_item and line.bbox[0] < first.bbox[0] - 0.4 * first.size_pt:
        return False  # out of the list
    return _continues(block.lines[-1], line)


def _continues(above: Line, below: Line) -> bool:
    size = max(above.size_pt, below.size_pt, 1.0)
    # heights of recognised lines vary with their letters, so what belongs together cannot be told by them
    if above.is_recognised or below.is_recognised:
        return False
    if abs(above.size_pt - below.size_pt) > 0.12 * size or above.hidden_reason != below.hidden_reason:
        return False
    if below.is_item or _BULLET.match(below.text):
        return False
    if not above.families & below.families:
        return False
    height = max(1.0, above.bbox[3] - above.bbox[1])
    gap = below.bbox[1] - above.bbox[3]
    # loose boxes are a line high: lines of a paragraph nearly touch
    if not -0.6 * height <= gap <= 0.75 * size:
        return False
    if below.bbox[1] <= above.bbox[1]:
        return False
    overlap = min(above.bbox[2], below.bbox[2]) - max(above.bbox[0], below.bbox[0])
    return overlap > 0 and (
        abs(above.bbox[0] - below.bbox[0]) < 2.5 * size
        or overlap > 0.5 * min(above.bbox[2] - above.bbox[0], below.bbox[2] - below.bbox[0])
    )


def body_size(lines: Sequence[Line]) -> float:
    """The size most characters are set in, rounded to half points; 0 when there is no text."""
    weights = Counter[float]()
    for line in lines:
        weights[round(line.size_pt * 2) / 2] += len(line.text)
    return max(weights.items(), key=lambda item: (item[1], -item[0]))[0] if weights else 0.0


def heading_levels(lines: Sequence[Line], body: float) -> dict[float, int]:
    """Heading level by size: the distinct sizes over 1.15 x body, largest first, at most six."""
    sizes = sorted(
        {round(line.size_pt * 2) / 2 for line in lines if line.size_pt > 1.15 * body and len(line.text) > 1},
        reverse=True,
    )
    return {size: min(6, index + 1) for index, size in enumerate(sizes)}


def kind_of(block: Block, levels: dict[float, int]) -> tuple[Kind, int | None, str]:
    """(kind, level, text without its bullet) of a block."""
    text = block.text
    if block.cell is not None:
        return "table_cell", None, text
    size = round(block.lines[0].size_pt * 2) / 2
    # the size of recognised words is a guess, too weak to make a heading of
    is_sized = not block.lines[0].is_recognised
    if is_sized and size in levels and len(block.lines) <= 4 and reads_as_heading(text):
        return "heading", levels[size], text
    bullet = _BULLET.match(text)
    if bullet and len(text) > bullet.end():
        return "list_item", block.depth, text[bullet.end() :]
    if block.lines[0].is_item:
        return "list_item", block.depth, text
    if block.is_title:
        return "heading", min(6, len(levels) + 1), text
    return "paragraph", None, text


def reads_as_heading(text: str) -> bool:
    """Whether words may be a heading: short, no sentence, no specimen of a typeface, no column of numbers."""
    if len(text) > 120 or _SPECIMEN.search(text):
        return False
    words = text.split()
    if len(words) > 8 and text.rstrip()[-1] in ".!?;,:":
        return False
    letters = sum(character.isalpha() for character in text)
    return letters >= 0.5 * sum(not character.isspace() for character in text) or len(words) <= 2
