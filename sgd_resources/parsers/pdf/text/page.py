"""What is known of one PDF page between the steps of reading it. Values only."""

from dataclasses import dataclass, field

import pypdfium2

from sgd_resources.parsed_document import Bbox
from sgd_resources.parsers.pdf.ink.content import PageInk
from sgd_resources.parsers.pdf.pages.geometry import Box
from sgd_resources.parsers.pdf.text.blocks import Block
from sgd_resources.parsers.pdf.text.lines import Line


@dataclass
class PageRead:
    """One page: size in points, the lower left corner of its visible box in PDF space, and what was read so far."""

    number: int
    width: float
    height: float
    origin: tuple[float, float]
    page: pypdfium2.PdfPage
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    ink: PageInk = field(default_factory=PageInk)
    may_be_drawn: bool = True
    """Whether drawing it costs what it may."""

    @property
    def visible_characters(self) -> int:
        """Characters of the text layer that a reader can see."""
        return sum(len(line.text) for line in self.lines if line.hidden_reason is None and not line.is_recognised)

    def from_top(self, box: Box) -> Bbox:
        """A box of PDF space as points from the page's top left corner."""
        left, bottom = self.origin
        top = bottom + self.height
        return box[0] - left, top - box[3], box[2] - left, top - box[1]


def rounded(box: Bbox) -> Bbox:
    """`box` in hundredths of a point."""
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)
