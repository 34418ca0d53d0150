"""Characters that a reader cannot see but a program reads: Unicode tags and zero-width runs.

Visual hiding (same colour as the ground, no size, off the page) is judged by each format's parser.
"""

import re

_TAGS = re.compile("[\U000e0001-\U000e007f]")
# a lone joiner belongs to emoji, Persian or Indic text; a run of them, or between Latin letters, carries something
_ZERO_WIDTH = re.compile(
    "[\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff]{3,}|(?<=[A-Za-z])[\u200c\u2060-\u2064](?=[A-Za-z])"
)


def unseen_characters(text: str) -> str | None:
    """`tag_characters` or `zero_width` when `text` carries unseen characters, else None.

    A flag emoji of the three British nations uses tag characters rightly; those are closed by U+E007F behind U+1F3F4.
    """
    without_flags = re.sub("\U0001f3f4[\U000e0061-\U000e007a]{2,8}\U000e007f", "", text)
    if _TAGS.search(without_flags):
        return "tag_characters"
    if _ZERO_WIDTH.search(text):
        return "zero_width"
    return None
