"""A text as its reader sees it: invisible characters left out, full-width letters and digits as plain ones.

`str -> PlainText`, which knows where each stretch stands as written. What must not live here: what a value is.
"""

from dataclasses import dataclass

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""The block of full-width forms repeats ASCII in its order; and the ideographic space."""
_FOREIGN = {**_UNSEEN, **_FULL_WIDTH}


@dataclass(frozen=True)
class PlainText:
    """`text` for readers; `written` for quotes."""

    text: str
    written: str
    places: tuple[int, ...] = ()
    """Index in `written` of each character of `text`; empty where both are the same."""

    @property
    def is_as_written(self) -> bool:
        """Whether nothing was changed."""
        return self.text == self.written

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of `text`, not empty, as a stretch of `written`."""
        return (self.places[start], self.places[end - 1] + 1) if self.places else (start, end)


def plain_text(written: str) -> PlainText:
    """The text as it is seen."""
    if written.isascii() or (text := written.translate(_FOREIGN)) == written:
        return PlainText(written, written)
    places = tuple(index for index, character in enumerate(written) if ord(character) not in _UNSEEN)
    return PlainText(text, written, places)
