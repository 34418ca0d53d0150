"""Marked content that is nested without end is left out before the renderer copies it, and the document says so."""

import pikepdf
import pytest

from sgd_resources.parsers.pdf.document import parse_pdf
from sgd_resources.parsers.pdf.pages.marks import leave_out_deep_marks
from tests.hostile import made

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_TOLD = "pages and forms left out because their marked content is nested too deep: 1"
_WORDS = b"BT /F 9 Tf 9 9 Td (We speak plainly) Tj ET"


def _page(*contents: bytes) -> bytes:
    streams = [made.stream(content, b"") for content in contents]
    names = b" ".join(b"%d 0 R" % (5 + index) for index in range(len(streams)))
    return made.page_pdf(_FONT, *streams, page=b"/Contents [%s] /Resources << /Font << /F 4 0 R >> >>" % names)


@pytest.mark.parametrize(
    "contents",
    [
        (b"/P BMC " * 101 + _WORDS + b" EMC" * 101,),
        (b"/P BMC " * 60, b"/P <</MCID 1>> BDC " * 60, _WORDS),
    ],
)
def test_a_page_of_marks_inside_marks_is_left_out_and_the_document_says_so(contents: tuple[bytes, ...]) -> None:
    parts = parse_pdf(_page(*contents), ".pdf")
    assert parts.text_blocks == []
    assert _TOLD in parts.warnings


def test_marks_one_after_the_other_are_read_however_many_they_are() -> None:
    parts = parse_pdf(_page(b"/P BMC EMC " * 500 + b"/P BMC " * 90 + _WORDS + b" EMC" * 90), ".pdf")
    assert [block.text for block in parts.text_blocks] == ["We speak plainly"]
    assert _TOLD not in parts.warnings


def test_a_form_of_marks_inside_marks_is_left_out() -> None:
    structure = pikepdf.new()
    structure.add_blank_page()
    deep, plain = structure.make_stream(b"/P BMC " * 200), structure.make_stream(b"/P BMC EMC")
    for form in (deep, plain):
        form["/Subtype"] = pikepdf.Name.Form
    assert leave_out_deep_marks(structure, page_limit=1) == 1
    assert (deep.read_bytes(), plain.read_bytes()) == (b"", b"/P BMC EMC")
