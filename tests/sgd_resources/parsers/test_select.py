import io

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsers.select import LocalParser, build_parser
from sgd_resources.ports import DocumentParser
from sgd_resources.settings import Settings
from tests.sgd_resources.parsers.parsing import hexes, parse


def test_the_suffix_decides_only_among_text_formats() -> None:
    assert parse("$a: #0086bf;", "text/plain", ".scss").parser == "css"
    assert parse("# Hi", "text/plain", ".md").parser == "markdown"
    assert parse("# Hi", "text/x-script.python", ".zzz").parser == "text"
    with pytest.raises(RejectedEvidence):
        parse(b"not a pdf", "application/pdf", ".md")


def test_unknown_types_and_empty_files_are_rejected() -> None:
    for data, media_type in ((b"x", "application/octet-stream"), (b"", "text/plain")):
        with pytest.raises(RejectedEvidence):
            parse(data, media_type)


def test_versions_are_those_of_the_format() -> None:
    parser = LocalParser()
    assert parse("a{}", "text/css").parser_version == parser.version_for("text/css")
    assert parser.version_for("text/css") != parser.version_for("image/png")
    assert build_parser(Settings(_env_file=None)).version == parser.version
    typed: DocumentParser = parser
    assert typed.name == "local"


def test_plain_text_gives_paragraphs_with_lines() -> None:
    document = parse("One\nline\n\n- a point\n- HEX 0086bf\n", "text/plain", ".txt")
    assert [(block.text, block.kind, block.location.line) for block in document.text_blocks] == [
        ("One\nline", "paragraph", 1),
        ("a point", "list_item", 4),
        ("HEX 0086bf", "list_item", 5),
    ]
    assert hexes(document) == ["#0086BF"]


def test_a_font_file_states_its_typographic_family() -> None:
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable(
        {
            "familyName": "Sample Sans Light",
            "styleName": "Regular",
            "typographicFamily": "Sample Sans",
            "typographicSubfamily": "Light",
            "psName": "SampleSans-Light",
        }
    )
    builder.setupOS2()
    builder.setupPost()
    buffer = io.BytesIO()
    builder.save(buffer)
    (font,) = parse(buffer.getvalue(), "font/ttf", ".ttf").fonts
    assert (font.family, font.style, font.raw_name, font.source) == (
        "Sample Sans",
        "Light",
        "SampleSans-Light",
        "name_table",
    )
    with pytest.raises(RejectedEvidence):
        parse(b"\x00\x01\x00\x00 broken", "font/ttf")
