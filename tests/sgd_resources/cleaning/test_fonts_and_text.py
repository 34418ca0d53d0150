"""Fonts and text formats are kept byte for byte once their shape is checked; what no glyph needs goes."""

import io
import struct

import pytest
from fontTools.fontBuilder import FontBuilder

from sgd_resources.cleaning.fonts import clean_font
from sgd_resources.cleaning.text import clean_json, clean_text
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Limits

LIMITS = Limits()


def font(flavor: str | None = None) -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": _empty_glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Acme Sans", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font.flavor = flavor
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def _empty_glyph() -> object:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    return Glyph()


@pytest.mark.parametrize(("flavor", "media_type"), [(None, "font/ttf"), ("woff", "font/woff"), ("woff2", "font/woff2")])
def test_a_font_keeps_its_bytes_and_loses_what_follows(flavor: str | None, media_type: str) -> None:
    data = font(flavor)
    assert clean_font(data, media_type, LIMITS).data == data
    assert clean_font(data + b"<script>" * 9, media_type, LIMITS).data == data


def with_tables(flavor: str | None, **tables: bytes) -> bytes:
    from fontTools.ttLib import TTFont, newTable

    out = io.BytesIO()
    with TTFont(io.BytesIO(font()), recalcTimestamp=False) as built:
        for tag, data in tables.items():
            built[f"{tag:4}"] = newTable(f"{tag:4}")
            built[f"{tag:4}"].data = data
            built[f"{tag:4}"].compile = lambda _, data=data: data
        built.flavor = flavor
        built.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("flavor", "media_type"), [(None, "font/ttf"), ("woff", "font/woff"), ("woff2", "font/woff2")])
@pytest.mark.parametrize("tag", ["SVG", "Silf", "evil", "PfEd"])
def test_a_table_that_no_glyph_needs_goes_and_is_told(flavor: str | None, media_type: str, tag: str) -> None:
    from fontTools.ttLib import TTFont

    evil = b"<svg onload='evil()'/>" * 9
    found = clean_font(with_tables(flavor, **{tag: evil, "DSIG": bytes(8)}), media_type, LIMITS)
    assert (found.how, found.details["removed"]) == ("sanitised", {f"table {tag:4}": 1})
    with TTFont(io.BytesIO(found.data)) as cleaned:
        assert cleaned["name"].getDebugName(1) == "Acme Sans"
        assert not {f"{tag:4}", "DSIG"} & set(cleaned.keys())
        assert cleaned.getGlyphOrder() == [".notdef"]
    assert clean_font(found.data, media_type, LIMITS).data == found.data


@pytest.mark.parametrize(("flavor", "media_type"), [("woff", "font/woff"), ("woff2", "font/woff2")])
def test_a_webfonts_metadata_and_private_block_go(flavor: str, media_type: str) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.sfnt import WOFFFlavorData

    out = io.BytesIO()
    with TTFont(io.BytesIO(font(flavor)), recalcTimestamp=False) as built:
        built.flavorData = WOFFFlavorData()
        built.flavorData.metaData, built.flavorData.privData = b"<metadata/>", b"evil" * 9
        built.save(out)
    found = clean_font(out.getvalue(), media_type, LIMITS)
    assert found.details["removed"] == {"WOFF block": 1}
    assert b"evil" not in found.data


def test_a_webfont_is_unpacked_no_further_than_its_bound() -> None:
    with pytest.raises(RejectedEvidence, match="bomb"):
        clean_font(with_tables("woff2", cvt=bytes(3 << 20)), "font/woff2", Limits(max_inflated_bytes=3 << 20))


def test_a_table_outside_the_file_is_malformed() -> None:
    data = bytearray(font())
    struct.pack_into(">I", data, 12 + 12, 2**31)
    with pytest.raises(RejectedEvidence, match="malformed"):
        clean_font(bytes(data), "font/ttf", LIMITS)


def test_a_font_that_inflates_past_the_bound_is_a_bomb() -> None:
    with pytest.raises(RejectedEvidence, match="bomb"):
        clean_font(font("woff"), "font/woff", Limits(max_inflated_bytes=10))


@pytest.mark.parametrize("text", ["# Voice\n", "body{color:#0086bf}", "caf\u00e9"])
def test_text_passes_unchanged(text: str) -> None:
    assert clean_text(text.encode(), "text/plain", LIMITS).data == text.encode()


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, '{"a": 1} x', "", "\ufeff"])
def test_what_is_not_strict_json_is_malformed(text: str) -> None:
    with pytest.raises(RejectedEvidence, match="malformed"):
        clean_json(text.encode(), "application/json", LIMITS)


def test_json_passes_unchanged() -> None:
    assert clean_json(b'{"brand": {"$value": "#0086BF"}}', "application/json", LIMITS).how == ""
