"""Lines that state a colour's value: what stands in bold above one is the colour's name, no heading."""

import re

_VALUE = re.compile(r"(?i)\W*#?(?:[0-9a-f]{6}\b|(?:hex|rgb|cmyk|pms|pantone|web|html)\b)")


def states_value(text: str) -> bool:
    """Whether a line begins with a value or the word for one: '#A8432B', 'HEX: a8432b', 'RGB 168 67 43'."""
    return _VALUE.match(text) is not None
