"""A page that would take minutes to draw is not drawn, and the document says so."""

import zlib

import pytest

from sgd_resources.parsers.pdf import drawing_cost
from tests.hostile import made
from tests.sgd_resources.parsers.parsing import parse


def pictured(times: int) -> bytes:
    content = made.stream(b"q 100 0 0 100 0 0 cm /I Do Q " * times)
    picture = made.stream(
        zlib.compress(bytes(3 * 100 * 100)),
        b"/Subtype /Image /Width 100 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode",
    )
    return made.page_pdf(content, picture, page=b"/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>")


def test_a_picture_placed_too_often_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing_cost, "_MOST_OF_PAGE", 500_000)
    few, many = parse(pictured(20), "application/pdf", ".pdf"), parse(pictured(60), "application/pdf", ".pdf")
    assert [use.source for use in few.colours] == ["pixels"]
    assert many.colours == ()
    assert any("too much is painted" in warning for warning in many.warnings)
    assert not any("too much is painted" in warning for warning in few.warnings)


def test_a_filled_area_costs_less_than_a_picture_of_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing_cost, "_MOST_OF_PAGE", 60_000)
    content = made.stream(b"1 0 0 rg 0 0 100 100 re f " * 20)
    document = parse(made.page_pdf(content, page=b"/Contents 4 0 R"), "application/pdf", ".pdf")
    assert any("too much is painted" in warning for warning in document.warnings)
