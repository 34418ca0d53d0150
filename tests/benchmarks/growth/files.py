"""Constructs of pictures and fonts, and of the parts of Office files that are no words."""

import io
import math
import random
import zlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageDraw

from tests.benchmarks.growth.construct import DOCX, FONT, JPEG, ODT, PNG, Construct
from tests.benchmarks.growth.repeated import each, hex_of
from tests.hostile import made

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _side(n: int) -> int:
    return max(1, math.isqrt(n))


def _noise(n: int) -> Image.Image:
    """n pixels of as many colours."""
    side = _side(n)
    return Image.frombytes("RGB", (side, side), random.Random(7).randbytes(3 * side * side))


def _flat(n: int) -> Image.Image:
    """n pixels of one colour, and a square of another."""
    picture = Image.new("RGB", (_side(n), _side(n)), "#0086bf")
    ImageDraw.Draw(picture).rectangle((0, 0, _side(n) // 3, _side(n) // 3), fill="#e95420")
    return picture


def _saved(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def _with_chunks(n: int) -> bytes:
    """A small PNG with n texts."""
    data = _saved(_flat(4096), "PNG")
    return data[:33] + b"".join(made.chunk(b"tEXt", b"Title\0Sea %d" % number) for number in range(n)) + data[33:]


def _with_data(n: int) -> bytes:
    """A small PNG whose data lies in n pieces."""
    packed = zlib.compress(bytes(65 * 64 * 3 + 64), 0)
    step = max(1, len(packed) // n)
    pieces = [packed[at : at + step] for at in range(0, len(packed), step)]
    head = made.png_header(64, 65)[:33]
    return head + b"".join(made.chunk(b"IDAT", piece) for piece in pieces) + made.chunk(b"IEND", b"")


def _with_segments(n: int) -> bytes:
    """A small JPEG with n comments."""
    data = _saved(_flat(4096), "JPEG")
    return data[:2] + b"\xff\xfe\x00\x08Sea am" * n + data[2:]


def _font(glyphs: int, names: int) -> bytes:
    order = [".notdef", *(f"g{number}" for number in range(glyphs))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x4E00 + number: f"g{number}" for number in range(glyphs)})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((250, 700))
    pen.closePath()
    shape = pen.glyph()
    builder.setupGlyf(dict.fromkeys(order, shape))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Sea", "styleName": "Regular"})
    for number in range(names):
        builder.font["name"].setName(f"Sea {number}", 256 + number, 3, 1, 0x409)
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _styled(n: int) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:name w:val="Sea {i}"/><w:rPr><w:color w:val="'
        f'{hex_of(i)[1:]}"/><w:rFonts w:ascii="Font{i}"/></w:rPr></w:style>'
        for i in range(n)
    )
    return made.docx(
        {"word/styles.xml": f"<w:styles {_WORD}>{styles}</w:styles>"},
        f"<w:document {_WORD}><w:body>"
        + each(n, '<w:p><w:pPr><w:pStyle w:val="s@"/></w:pPr><w:r><w:t>We speak</w:t></w:r></w:p>')
        + "</w:body></w:document>",
        made.relation("styles", "styles.xml"),
    )


def _members(n: int) -> dict[str, bytes | str]:
    return {f"customXml/item{number}.xml": f"<a>{number}</a>" for number in range(n)}


PICTURES = (
    Construct("pixels of many colours", PNG, lambda n: _saved(_noise(n), "PNG"), first=10_000),
    Construct("pixels of few colours", PNG, lambda n: _saved(_flat(n), "PNG"), first=40_000),
    Construct("pixels of many colours", JPEG, lambda n: _saved(_noise(n), "JPEG"), first=10_000),
    Construct("texts", PNG, _with_chunks),
    Construct("pieces of data", PNG, _with_data, first=50),
    Construct("comments", JPEG, _with_segments),
)
FONTS = (
    Construct("glyphs", FONT, lambda n: _font(min(n, 16_000), 1), first=100),
    Construct("name records", FONT, lambda n: _font(2, min(n, 3_500))),
)
PARTS = (
    Construct("coloured styles", DOCX, _styled),
    Construct("parts", DOCX, lambda n: made.docx(_members(min(n, 4_000)))),
    Construct("parts", ODT, lambda n: made.odt(_members(min(n, 4_000)))),
)
CONSTRUCTS = (*PICTURES, *FONTS, *PARTS)
