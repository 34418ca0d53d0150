"""A statement's words as its block prints them: what a citation quotes.

What must not live here: finding the statement, or its place on the page (`reading/sections.py`).
"""

import re

from sgd_assets.canon.reading.sections import PlacedBlock


def as_printed(item: PlacedBlock, text: str, *, may_lack_first_word: bool = False) -> str:
    """The words as they stand in the block, white space as printed; the whole block when they do not stand there.

    Args:
        item: the block.
        text: the words, with any white space.
        may_lack_first_word: whether the first may have been put before them, as 'Never' before a heading's rule.
    """
    words = text.split()
    for candidate in (words, words[1:]) if may_lack_first_word else (words,):
        if candidate:
            match = re.search(r"\s+".join(re.escape(word) for word in candidate), item.block.text)
            if match:
                return match[0]
    return item.block.text
