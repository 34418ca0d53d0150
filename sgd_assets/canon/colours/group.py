"""One colour as a document states it: its notations, the name beside them and the headings above.

What must not live here: which notations belong together (`colours/groups.py`).
"""

from dataclasses import dataclass, field

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_resources.parsers.colours.colour_notation import ColourMention

_ORDER_OF_TRUST = ("hex", "rgb", "css", "cmyk", "spot")


@dataclass
class Statement:
    """One notation, the block it is printed in, and the exact words there that give its value."""

    placed: PlacedBlock
    mention: ColourMention
    quote: str

    @property
    def kind(self) -> str:
        """hex | rgb | css | cmyk | spot."""
        notation = self.mention.notation
        if notation in ("hex", "bare_hex"):
            return "hex"
        if notation == "latex":
            return "hex" if self.mention.hex else "cmyk"
        if notation == "function":
            return "rgb" if self.mention.space == "rgb" else "css"
        return {"rgb_numbers": "rgb", "cmyk_numbers": "cmyk", "spot": "spot"}[notation]


@dataclass
class ColourGroup:
    """Notations of one colour, the name printed with them, and the headings above."""

    statements: list[Statement] = field(default_factory=list)
    name: str | None = None
    table_header: str = ""

    @property
    def lead(self) -> Statement:
        """The notation that decides: printed hex, then RGB, then any CSS function, then inks."""
        return min(self.statements, key=lambda s: (_ORDER_OF_TRUST.index(s.kind), s.placed.order, s.mention.start))

    @property
    def first(self) -> PlacedBlock:
        """The block the group starts in."""
        return self.statements[0].placed
