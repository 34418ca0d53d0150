"""A font file -> a re-written one that holds only what text is set with, and what it says of itself.

A job for the sandbox. Tables that draw by other means (colour, SVG, bitmaps) or carry programs (hinting) go: outlines
are drawn without them. What must not live here: which font sets a text, or storing what came out.
"""

import io
import struct
from dataclasses import asdict
from typing import Any

from fontTools.ttLib import TTFont, TTLibError

from sgd_resources.drawing.faces import build_font_library
from sgd_resources.drawing.settle.font_bounds import check_unpacked_size
from sgd_resources.errors import RejectedEvidence, ValidationFailed

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

_KEPT = frozenset(
    {
        "head", "hhea", "hmtx", "maxp", "cmap", "OS/2", "name", "post", "glyf", "loca", "CFF ", "CFF2", "VORG", "vhea",
        "vmtx", "BASE", "GDEF", "GSUB", "GPOS", "kern", "kerx", "morx", "feat", "trak", "ankr", "fvar", "avar", "gvar",
        "HVAR", "VVAR", "MVAR", "STAT",
    }
)  # fmt: skip
"""What shaping and outlining read. Source: OpenType 1.9.1, and Apple's TrueType Reference Manual for kerx to ankr."""
_PROBE_TEXT = "".join(chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180)))
_PROBE_WEIGHT = 400  # regular, which every variable font has


def settle_font(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"facts": FontFileFacts}` and one blob: plain OpenType with the tables that text needs.

    Raises:
        RejectedEvidence: `reject:bomb` (unpacks to too much, or setting a line costs too much), `reject:malformed`.
    """
    check_unpacked_size(data)
    library = build_font_library()
    try:
        rewritten = _rewritten(data)
        facts = library.read(rewritten)
        # Really used once: what a line of every Latin letter costs is known before a render asks.
        for is_display in (False, True):
            library.load(rewritten, weight=_PROBE_WEIGHT, is_display=is_display).shape(_PROBE_TEXT)
    except ValidationFailed as error:
        raise RejectedEvidence("reject", "malformed", details={"message": error.message, **error.details}) from error
    except MemoryError as error:
        # The shaper's own word once substitutions make more letters of a line than it holds.
        message = f"its substitutions multiply a line of {len(_PROBE_TEXT)} letters beyond what the shaper holds"
        raise RejectedEvidence("reject", "bomb", details={"message": message}) from error
    return {"facts": asdict(facts)}, (rewritten,)


def _rewritten(data: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with TTFont(io.BytesIO(data), fontNumber=0, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
            for tag in set(font.keys()) - _KEPT - {"GlyphOrder"}:
                del font[tag]
            font.flavor = None
            font.save(out, reorderTables=False)
    except (TTLibError, AssertionError, struct.error) as error:
        raise RejectedEvidence("reject", "malformed", details={"message": "its tables cannot be copied"}) from error
    return out.getvalue()
