"""A font is re-written with the tables that text needs, sets the same outlines, and is counted while it unpacks."""

import io
import string

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from sgd_resources.drawing.faces import build_font_library
from sgd_resources.drawing.settle.font import settle_font
from sgd_resources.drawing.settle.font_bounds import check_unpacked_size
from sgd_resources.errors import RejectedEvidence
from tests.hostile import drawings

pytestmark = pytest.mark.slow

FONTS = build_font_library()
TEXT = "Hamburg AVATAR fi 123 ÄÖß"


@pytest.mark.slow
@pytest.mark.parametrize("flavor", [None, "woff", "woff2"])
@pytest.mark.parametrize("weight", [400, 650])
def test_the_rewritten_font_sets_the_same_outlines(flavor: str | None, weight: int) -> None:
    _, (rewritten,) = settle_font(drawings.font(flavor), {})
    for is_display in (False, True):
        before = FONTS.load(drawings.font(), weight=weight, is_display=is_display)
        after = FONTS.load(rewritten, weight=weight, is_display=is_display)
        assert after.shape(TEXT) == before.shape(TEXT)
        assert after.metrics == before.metrics


def test_tables_that_draw_by_other_means_are_gone() -> None:
    with TTFont(io.BytesIO(drawings.font())) as opened:
        for tag in ("fpgm", "hdmx", "XXXX"):
            opened[tag] = newTable("XXXX")
            opened[tag].data = b"\x00" * 8
            opened[tag].tableTag = tag
        out = io.BytesIO()
        opened.save(out)
    _, (rewritten,) = settle_font(out.getvalue(), {})
    with TTFont(io.BytesIO(rewritten)) as kept:
        assert not {"fpgm", "hdmx", "XXXX"} & set(kept.keys())


def test_what_the_file_says_of_itself_is_told() -> None:
    head, _ = settle_font(drawings.font(), {})
    assert head["facts"]["family"] == "Jost"
    assert head["facts"]["is_variable"]
    assert head["facts"]["may_embed"]


@pytest.mark.parametrize("flavor", ["woff", "woff2"])
def test_a_packed_font_that_is_as_large_as_it_says_passes(flavor: str) -> None:
    check_unpacked_size(drawings.font(flavor))


def test_a_webfont_that_holds_more_than_it_says_is_a_bomb() -> None:
    with pytest.raises(RejectedEvidence) as caught:
        check_unpacked_size(drawings.woff2_bomb(64 << 20))
    assert caught.value.reason == "bomb"


@pytest.mark.parametrize("flavor", ["woff", "woff2"])
@pytest.mark.parametrize("length", [4, 30, 60, 500])
def test_a_packed_font_that_is_cut_off_is_damaged(flavor: str, length: int) -> None:
    with pytest.raises(RejectedEvidence) as caught:
        check_unpacked_size(drawings.font(flavor)[:length])
    assert caught.value.reason == "malformed"


def test_bytes_that_are_no_font_are_refused() -> None:
    with pytest.raises(RejectedEvidence):
        settle_font(b"\x00\x01\x00\x00 no font", {})


def test_a_font_whose_substitutions_double_a_line_again_and_again_is_a_bomb() -> None:
    glyphs = [".notdef", *string.ascii_lowercase]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(name): name for name in string.ascii_lowercase})
    pen = TTGlyphPen(None)
    for step, point in enumerate(((0, 0), (0, 500), (400, 500))):
        (pen.moveTo if step == 0 else pen.lineTo)(point)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(glyphs, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Doubling", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    lookups = "".join(f"lookup d{number} {{ sub a by a a; }} d{number};" for number in range(40))
    uses = "".join(f"lookup d{number};" for number in range(40))
    builder.addOpenTypeFeatures(f"{lookups} feature ccmp {{ {uses} }} ccmp;")
    out = io.BytesIO()
    builder.font.save(out)
    with pytest.raises(RejectedEvidence) as refused:
        settle_font(out.getvalue(), {})
    assert refused.value.reason == "bomb"
    assert str(refused.value.details["message"]).startswith("its substitutions multiply a line of 319 letters")
