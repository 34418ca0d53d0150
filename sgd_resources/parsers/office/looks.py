"""Headings and list items of an office document that are so by their look alone: `[TextBlock], [Look] -> [TextBlock]`.

Many documents are written without heading styles: a short line in larger or bold type stands above its text, and
bullets are typed. What must not live here: styles that say what a paragraph is (each format's parser).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sgd_resources.parsed_document import TextBlock
from sgd_resources.parsers.bullets import without_bullet
from sgd_resources.parsers.value_lines import states_value

_LONGEST = 80  # parts a heading from a paragraph set bold
_LARGER = 1.15  # parts a heading's size from a body whose runs differ by a point


@dataclass(frozen=True)
class Look:
    """How the words of a block are set: all bold, and the type size in points where it is known."""

    is_bold: bool = False
    size_pt: float | None = None


def told_by_look(blocks: Sequence[TextBlock], looks: Sequence[Look]) -> list[TextBlock]:
    """The blocks, plain paragraphs among them as the headings and list items they look like.

    Args:
        blocks: in reading order.
        looks: of each block.
    """
    weights = Counter[float]()
    bold = plain = 0
    for block, look in zip(blocks, looks, strict=True):
        if block.kind != "heading" and not block.is_hidden:
            weights[look.size_pt or 0.0] += len(block.text)
            bold, plain = bold + look.is_bold * len(block.text), plain + (not look.is_bold) * len(block.text)
    usual = max(weights.items(), key=lambda item: (item[1], -item[0]))[0] if weights else 0.0
    styled = max((block.level or 1 for block in blocks if block.kind == "heading"), default=0)
    heads = [
        index
        for index, (block, look) in enumerate(zip(blocks, looks, strict=True))
        if _may_head(block) and (_is_larger(look, usual) or (bold < plain and _stands_out(blocks, looks, index)))
    ]
    sizes = sorted({_size(looks[index], usual) for index in heads}, reverse=True)
    found = list(blocks)
    chosen = set(heads)
    for index, block in enumerate(blocks):
        if index in chosen:
            level = min(6, styled + 1 + sizes.index(_size(looks[index], usual)))
            found[index] = block.model_copy(update={"kind": "heading", "level": level})
        elif block.kind == "paragraph" and (words := without_bullet(block.text)) is not None:
            found[index] = block.model_copy(update={"kind": "list_item", "level": 1, "text": words})
    return found


def _size(look: Look, usual: float) -> float:
    """Bold type of the usual size ranks behind every larger one."""
    return look.size_pt or 0.0 if _is_larger(look, usual) else 0.0


def _may_head(block: TextBlock) -> bool:
    text = block.text.strip()
    is_plain = block.kind == "paragraph" and block.cell is None and not block.is_hidden
    return is_plain and len(text) <= _LONGEST and "\n" not in text and text[-1] not in ".,;" and text[0].isalnum()


def _is_larger(look: Look, usual: float) -> bool:
    return bool(look.size_pt and usual and look.size_pt >= _LARGER * usual)


def _stands_out(blocks: Sequence[TextBlock], looks: Sequence[Look], index: int) -> bool:
    """Whether a bold line stands above plain words; heads of a table are bold themselves."""
    if not looks[index].is_bold or index + 1 >= len(blocks):
        return False
    below = blocks[index + 1]
    if below.cell is None and states_value(below.text):
        return False
    return below.kind != "heading" and (below.cell is not None or not looks[index + 1].is_bold)
