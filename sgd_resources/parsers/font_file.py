"""TTF, OTF, WOFF, WOFF2 -> the family that the font's name table states."""

import io
import struct
import zlib

import brotli
from fontTools.ttLib import TTFont, TTLibError

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import FontUse, Location, TextBlock
from sgd_resources.parsers.parts import ParsedParts

_NAME_IDS = {
    "copyright": 0,
    "family": 1,
    "style": 2,
    "full": 4,
    "postscript": 6,
    "licence": 13,
    "typographic_family": 16,
    "typographic_style": 17,
}

_DAMAGE = (
    TTLibError, KeyError, OSError, ValueError, AssertionError, ImportError, IndexError, struct.error, zlib.error,
    brotli.error,
)  # fmt: skip
"""What the font library and the unpackers of web fonts raise on bytes that are no font."""


def parse_font_file(data: bytes, suffix: str) -> ParsedParts:
    """One FontUse: typographic family when named, else the legacy one.

    Raises:
        RejectedEvidence: damaged, or without a name table.
    """
    del suffix
    parts = ParsedParts()
    try:
        with TTFont(io.BytesIO(data), lazy=True, fontNumber=0) as font:
            table = font["name"]
            names = {key: table.getDebugName(number) for key, number in _NAME_IDS.items()}
    except _DAMAGE as error:
        raise RejectedEvidence("reject", "font file is damaged or has no name table") from error
    family = names["typographic_family"] or names["family"]
    if not family:
        raise RejectedEvidence("reject", "font file names no family")
    parts.title = names["full"] or family
    parts.fonts.append(
        FontUse(
            family=family.strip(),
            raw_name=names["postscript"] or names["full"] or family,
            source="name_table",
            name=names["full"],
            style=names["typographic_style"] or names["style"],
            is_embedded=True,
            location=Location(xml_path="name"),
        )
    )
    for key in ("copyright", "licence"):
        text = (names[key] or "").strip()
        if text:
            parts.text_blocks.append(TextBlock(text=text, location=Location(xml_path=f"name/{_NAME_IDS[key]}")))
    return parts
