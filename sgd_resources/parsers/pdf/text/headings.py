"""Headings of a PDF that are no larger than its text: bold lines that stand alone above what they head."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sgd_resources.parsers.pdf.text.blocks import Block, kind_of, reads_as_heading
from sgd_resources.parsers.pdf.text.lines import Line
from sgd_resources.parsers.value_lines import states_value

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_LONGEST = 60  # parts a heading from a sentence set bold
_BELOW = 2.5
"""Type sizes between such a heading and what it heads."""
_INDENT, _INDENT_OF_TABLE = 4.0, 16.0
_RUNNING_TEXT = 7
"""Words of text without values: a bold name above the values of a colour is its name."""
_VALUE = re.compile(r"#[0-9a-f]{3}|\d\D+\d", re.IGNORECASE)


def part_bold_titles(blocks: Sequence[Block], body_font: str) -> list[Block]:
    """The blocks of one page, those that are titles marked as such and parted from the text right below them.

    Args:
        blocks: of one page, in any order; cells may be among them.
        body_font: the font that most of the document is set in; where it is bold itself, weight tells nothing.
    """
    if _BOLD.search(body_font):
        return list(blocks)
    found = [part for block in blocks for part in _parted(block)]
    below = [block for block in found if _may_be_headed(block)]
    for block in found:
        block.is_title = _is_bold_line(block) and any(_heads(block, other) for other in below if other is not block)
    return found


def _parted(block: Block) -> list[Block]:
    first, rest = block.lines[0], block.lines[1:]
    if not rest or not first.is_bold or any(line.is_bold for line in rest) or block.cell is not None:
        return [block]
    title, text = Block([first]), Block(rest)
    return [title, text] if _is_bold_line(title) and _may_be_headed(text) else [block]


def body_font(lines: Iterable[Line]) -> str:
    """The font that most characters are set in; empty when there is no text."""
    weights = Counter[str]()
    for line in lines:
        weights[line.font] += len(line.text)
    return max(weights.items(), key=lambda item: (item[1], item[0]))[0] if weights else ""


def _is_bold_line(block: Block) -> bool:
    line, text = block.lines[0], block.text.strip()
    if len(block.lines) > 1 or block.cell is not None or line.is_item or line.is_recognised or line.hidden_reason:
        return False
    if not line.is_bold or len(text) > _LONGEST or text[-1:] in ".:,;" or _VALUE.search(text):
        return False
    return bool(re.search(r"[^\W\d_]{2}", text)) and reads_as_heading(text)


def _may_be_headed(block: Block) -> bool:
    if block.lines[0].hidden_reason is not None:
        return False
    is_text = len(block.text.split()) >= _RUNNING_TEXT and not _VALUE.search(block.text)
    kind, _, words = kind_of(block, {})
    return block.cell is not None or is_text or (kind == "list_item" and not states_value(words))


def _heads(block: Block, other: Block) -> bool:
    size = block.lines[0].size_pt
    gap = other.bbox[1] - block.bbox[3]
    indent = other.bbox[0] - block.bbox[0]
    reach = (_INDENT if other.cell is None else _INDENT_OF_TABLE) * size
    return (
        -0.3 * size <= gap <= _BELOW * size
        and -2 <= indent <= reach
        and (other.cell is not None or not other.lines[0].is_bold)
    )
