"""Sets one element at one size: a piece with its outer measures, the padding of a button included.

The only place of the layouts that speaks to type setting. What must not live here: which size is wanted.
"""

from dataclasses import dataclass

from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.elements import MANNERS, Element
from sgd_assets.renders.compose.typeset import SetText, fit, flow

HEADLINE_LEADING, BODY_LEADING = 1.06, 1.36
_MEASURE_EM = 30  # longest line of running text in ems: about 65 characters
_UNBOUNDED_PX = 1e6
_AT_A_GLANCE = ("date", "price", "call_to_action", "url")
_STILL_ITS_SIZE = 0.75
"""An address in one line at three quarters of its size is read more easily than in two at the whole."""


@dataclass(frozen=True)
class Piece:
    """A set element; a button has padding around its label."""

    element: Element
    text: SetText
    pad_x: float = 0.0
    pad_y: float = 0.0

    @property
    def is_button(self) -> bool:
        """Whether it stands on a filled shape."""
        return self.pad_x > 0

    @property
    def width(self) -> float:
        """Outer width in pixels."""
        return self.text.width_px + 2 * self.pad_x

    @property
    def height(self) -> float:
        """Outer height in pixels; a button's label is centred by its capitals."""
        if not self.is_button:
            return self.text.height_px
        return self.text.height_px - 0.22 * self.text.size_px + 2 * self.pad_y


def least_px(canvas: Canvas, role: str) -> float:
    """The smallest size a part may be set in, in pixels."""
    if role in ("legal", "url", "extra", "date", "attribution", "call_to_action"):
        return canvas.least_text
    return canvas.least_body * (1.15 if role in ("headline", "price") else 1.0)


def set_piece(canvas: Canvas, element: Element, size: float, width: float) -> Piece | None:
    """The element at `size` in lines no wider than `width`; None where a word is too wide for that."""
    manner = MANNERS[element.role]
    is_button = element.role == "call_to_action"
    pad_x, pad_y = (size * 0.95, size * 0.62) if is_button else (0.0, 0.0)
    room = width - 2 * pad_x
    if room < size:
        return None
    text = flow(
        element.words,
        canvas.kit.type.heading if manner.is_heading else canvas.kit.type.body,
        width=min(room, size * _MEASURE_EM),
        height=_UNBOUNDED_PX,
        size=size,
        smallest=size,
        leading=1.15 if manner.is_heading else BODY_LEADING,
        language=canvas.language,
    )
    return Piece(element, text, pad_x, pad_y) if text.size_px >= size * 0.999 else None


def set_at_a_glance(canvas: Canvas, element: Element, size: float, width: float) -> Piece | None:
    """As `set_piece`; a date, a price, a label or an address stays on one line where it is then hardly smaller."""
    piece = set_piece(canvas, element, size, width)
    if element.role not in _AT_A_GLANCE or (piece is not None and len(piece.text.lines) == 1):
        return piece
    line = set_piece(canvas, element, size, _UNBOUNDED_PX)
    if line is None or len(line.text.lines) > 1:
        return piece  # it has line ends of its own
    smaller = 0.998 * size * width / line.width
    if smaller < max(size * _STILL_ITS_SIZE, least_px(canvas, element.role)):
        return piece
    return set_piece(canvas, element, smaller, width) or piece


def set_hero(
    canvas: Canvas, element: Element, width: float, height: float, *, largest: float, max_lines: int = 9
) -> Piece | None:
    """The element as large as its room allows; None below its least size."""
    least = least_px(canvas, element.role)
    if width < least or height < least:
        return None
    text = fit(
        element.words,
        canvas.kit.type.heading,
        width=width,
        height=height,
        largest=max(largest, least),
        smallest=least,
        leading=HEADLINE_LEADING,
        tracking_em=-0.012,
        max_lines=max_lines,
        language=canvas.language,
    )
    return Piece(element, text) if text.size_px >= least * 0.999 else None
