"""When two colours are one, and which colours are greys, blacks and whites, to a reader's eye.

What must not live here: the arithmetic (`sgd_resources/colour.py`), and which colour is the brand's.
"""

from sgd_resources.colour import delta_e_2000, oklch_of

SAME_COLOUR_DE2000 = 3.0
"""Two statements this close are one colour."""


def is_same_colour(a_hex: str, b_hex: str) -> bool:
    """Whether two colours merge into one fact."""
    return delta_e_2000(a_hex, b_hex) <= SAME_COLOUR_DE2000


def is_black_or_white(hex_code: str) -> bool:
    """Near the ends of the grey axis: paper and ink, a brand colour only where a guide names it."""
    lightness, chroma, _ = oklch_of(hex_code)
    return chroma < 0.02 and (lightness < 0.17 or lightness > 0.97)


def is_neutral(hex_code: str) -> bool:
    """A grey, to a reader's eye."""
    return oklch_of(hex_code)[1] < 0.03
