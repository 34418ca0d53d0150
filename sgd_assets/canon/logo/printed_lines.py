"""What lines of a printed page are by their look: running heads, or a list without bullets.

What must not live here: what a line says.
"""

import re
from collections import Counter
from collections.abc import Sequence

from sgd_assets.canon.reading.sections import PlacedBlock

_PAGE_NUMBER = re.compile(r"^\d{1,3}\W+|\W+\d{1,3}$")
_LINE = 60  # characters of a line that is one of a list without bullets


def printed_again(placed: Sequence[PlacedBlock]) -> set[str]:
    """Lines that stand in several places: names and running heads, no captions."""
    counts = Counter(_without_number(item.text) for item in placed)
    return {item.text for item in placed if counts[_without_number(item.text)] > 1}


def listed_lines(item: PlacedBlock) -> list[str]:
    """The lines of a paragraph that each begin anew and end without a stop: a list printed without bullets."""
    lines = [line.strip() for line in item.block.text.split("\n")]
    is_list = len(lines) > 1 and all(line[:1].isupper() and len(line) <= _LINE for line in lines)
    return lines if is_list and not any(line.endswith((",", "-", "–")) for line in lines) else []


def _without_number(text: str) -> str:
    """A running line without the page's number: 'Brand Guidelines — 7'."""
    return _PAGE_NUMBER.sub("", text)
