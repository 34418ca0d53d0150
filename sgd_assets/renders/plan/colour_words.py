"""What a wish for a colour means in a palette: a hex, the brand's own name, a role, or a plain colour word.

From words to one of the palette's colours, or None where it holds no such colour. Plain words are those of English and
eight further languages. What must not live here: what the colour is then used for (`grounds.py`).
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.vocabulary.plain_colours import colour_called
from sgd_resources.colour import delta_e_2000

PALETTE_TOLERANCE = 3.0
"""CIEDE2000; as `canon/swatch_check._LIMIT_RGB`: the same colour, written otherwise."""

_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}\b", re.I)
_ROLES = (
    (r"primary|main|brand|haupt\w*|prim[äa]r\w*|principal\w*", "primary"),
    (r"secondary|sekund[äa]r\w*|secondaire|secundari\w*", "secondary"),
    (r"accent|akzent\w*|acento", "accent"),
    (r"background|hintergrund\w*|fondo|fond", "background"),
    (r"neutral\w*|neutre", "neutral"),
)


def colour_meant(wish: str, palette: Sequence[str], canon: Canon) -> str | None:
    """The palette's colour that a wish means, or None.

    Args:
        wish: as the request says it, such as `#1E4D3A`, `Forest`, `primary`, `dunkelgrün`.
        palette: hexes in capitals, most primary first.
        canon: for the brand's own names and roles.
    """
    if found := _HEX.search(wish):
        wanted = _full(found.group())
        near = min(palette, key=lambda value: delta_e_2000(value, wanted))
        return near if delta_e_2000(near, wanted) <= PALETTE_TOLERANCE else None
    words = wish.casefold().strip()
    return _by_brand_name(words, palette, canon) or _by_role(words, palette, canon) or colour_called(words, palette)


def _full(value: str) -> str:
    digits = value[1:].upper()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _by_brand_name(words: str, palette: Sequence[str], canon: Canon) -> str | None:
    named = {f.colour.name.casefold(): f.colour.hex for f in canon.facts if f.colour is not None and f.colour.name}
    fits = [
        name
        for name, value in named.items()
        if value in palette and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
    ]
    return named[max(fits, key=len)] if fits else None


def _by_role(words: str, palette: Sequence[str], canon: Canon) -> str | None:
    role = next((role for pattern, role in _ROLES if re.search(rf"\b(?:{pattern})\b", words)), None)
    if role is None:
        return None
    stated = [f.colour.hex for f in canon.facts if f.colour is not None and f.role == role and f.colour.hex in palette]
    if stated:
        return min(stated, key=palette.index)
    return palette[0] if role == "primary" else palette[1] if role == "secondary" and len(palette) > 1 else None
