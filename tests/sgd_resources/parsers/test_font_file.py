"""Font files name their family; damaged ones are refused, whatever the library says of them."""

import io

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsers.font_file import parse_font_file


def font(flavor: str | None) -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Quorum Sans", "styleName": "Bold"})
    builder.setupPost()
    builder.font.flavor = flavor
    buffer = io.BytesIO()
    builder.font.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("flavor", [None, "woff", "woff2"])
def test_the_family_is_the_name_table_s(flavor: str | None) -> None:
    assert [use.family for use in parse_font_file(font(flavor), "").fonts] == ["Quorum Sans"]


@pytest.mark.slow
@pytest.mark.parametrize("flavor", [None, "woff", "woff2"])
def test_a_damaged_file_is_refused_or_read_wherever_the_damage_is(flavor: str | None) -> None:
    whole = font(flavor)
    for place in range(0, len(whole), 3):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        for data in (damaged, whole[:place]):
            try:
                parse_font_file(data, "")
            except RejectedEvidence:
                continue
