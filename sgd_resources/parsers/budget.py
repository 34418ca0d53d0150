"""How much of one document goes on to the canon: what stands behind a bound is left out, and the document says so.

Everything downstream works per block and per colour, also outside the confined child, so a file of a few megabytes
must not hand it millions of them. What must not live here: bounds on reading itself, which each parser keeps.
"""

from collections.abc import Sequence
from typing import TypeVar

from sgd_resources.parsed_document import TextBlock
from sgd_resources.parsers.parts import ParsedParts

MOST_BLOCKS = 20_000
"""A guide of 300 dense pages has some 10,000."""
MOST_CHARACTERS = 4_000_000
"""Of all blocks: a thick novel has a quarter of it."""
MOST_COLOURS = 5_000
"""The token files of large design systems state some 2,000."""
MOST_FONTS = 2_000  # far above any real document; bounds what the parent has to validate
MOST_IMAGES = 2_000
_Item = TypeVar("_Item")


def keep_within_budget(parts: ParsedParts) -> None:
    """Cut the lists of `parts`, once folded, and warn of each that was cut."""
    blocks = len(parts.text_blocks)
    parts.text_blocks = _within_characters(parts.text_blocks[:MOST_BLOCKS])
    if len(parts.text_blocks) < blocks:
        parts.warnings.append(f"text was read up to block {len(parts.text_blocks)} of {blocks}")
    parts.colours = _cut(parts.colours, MOST_COLOURS, "colours", parts.warnings)
    parts.fonts = _cut(parts.fonts, MOST_FONTS, "fonts", parts.warnings)
    parts.images = _cut(parts.images, MOST_IMAGES, "pictures", parts.warnings)


def _within_characters(blocks: list[TextBlock]) -> list[TextBlock]:
    left = MOST_CHARACTERS
    for index, block in enumerate(blocks):
        left -= len(block.text)
        if left < 0:
            return blocks[:index]
    return blocks


def _cut(items: Sequence[_Item], most: int, what: str, warnings: list[str]) -> list[_Item]:
    if len(items) > most:
        warnings.append(f"{what} were read up to number {most} of {len(items)}")
    return list(items[:most])
