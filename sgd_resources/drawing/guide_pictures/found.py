"""A picture at one of its places in a guide, not decoded yet. What must not live here: a format, or what is kept."""

from collections.abc import Callable, Hashable
from typing import NamedTuple


class FoundPicture(NamedTuple):
    """A picture where a guide shows it: what it costs and how it is taken out, and what is said of it there."""

    identity: Hashable
    """The same for the same picture at another place of the guide."""
    code: Callable[[], bytes | None]
    """Takes it out as a file of its own; None where it cannot be decoded."""
    page: int | None
    """1-based page or slide."""
    words: str
    heading: str = ""
    pixels: int = 0
    """That `code` decodes; none where the file lies in the guide as it is."""
