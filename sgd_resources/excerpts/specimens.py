"""A font file -> the few glyphs that a specimen shows, as WOFF2, when its maker allows embedding.

A job for the sandbox (`sandbox/pool.py`). What must not live here: which font sets a specimen.
"""

import io
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from sgd_resources.drawing.settle.font_bounds import check_unpacked_size

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

_RESTRICTED, _LOOSER_BITS = 0x0002, 0x000F
_NO_SUBSETTING, _BITMAPS_ONLY = 0x0100, 0x0200
_MAX_WHOLE_BYTES = 400_000  # a font that forbids subsetting comes whole or not at all: the page is one file


def subset_font(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"family", "weight", "is_italic", "is_variable", "weight_range", "may_embed"}`, and a WOFF2 blob if that may be.

    Argument `text`: the characters that are kept. A font that forbids subsetting is kept whole when it is small.
    Source: OpenType 1.9.1, OS/2 fsType.
    """
    check_unpacked_size(data)
    with TTFont(io.BytesIO(data), fontNumber=0, lazy=True, recalcTimestamp=False) as font:
        flags = int(font["OS/2"].fsType)
        head = _facts(font, may_embed=_may_embed(flags, len(data)))
        if not head["may_embed"]:
            return head, ()
        if not flags & _NO_SUBSETTING:
            _keep(font, arguments["text"])
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out, reorderTables=False)
        return head, (out.getvalue(),)


def _may_embed(flags: int, size_bytes: int) -> bool:
    is_restricted = flags & _LOOSER_BITS == _RESTRICTED
    is_too_large = bool(flags & _NO_SUBSETTING) and size_bytes > _MAX_WHOLE_BYTES
    return not (is_restricted or is_too_large or flags & _BITMAPS_ONLY)


def _keep(font: TTFont, text: str) -> None:
    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence travels with the glyphs
    options.notdef_outline = True
    options.hinting = False
    chosen = subset.Subsetter(options)
    chosen.populate(text=text)
    chosen.subset(font)


def _facts(font: TTFont, *, may_embed: bool) -> dict[str, Any]:
    names, os2 = font["name"], font["OS/2"]
    weight = int(os2.usWeightClass)
    axis = next((a for a in font["fvar"].axes if a.axisTag == "wght"), None) if "fvar" in font else None
    return {
        "family": str(names.getDebugName(16) or names.getDebugName(1) or ""),
        "weight": weight,
        "is_italic": bool(os2.fsSelection & 0x01),
        "is_variable": axis is not None,
        "weight_range": [int(axis.minValue), int(axis.maxValue)] if axis is not None else [weight, weight],
        "may_embed": may_embed,
    }
