import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pikepdf
import pypdfium2
from reportlab.lib.colors import Color, white
from reportlab.pdfgen.canvas import Canvas

from sgd_resources.parsers.pdf.pages.render import are_blank, pixel_colours, render_page


def pdf(draw: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 200), invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfPage]:
    with pypdfium2.PdfDocument(data) as document:
        yield document[0]


def words_on_grounds(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0, 0.3, 0.6))
    canvas.rect(0, 100, 300, 50, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.drawString(20, 120, "white on blue")
    canvas.drawString(20, 60, "white on white")
    canvas.setFillColor(Color(0, 0, 0, alpha=0.02))
    canvas.drawString(20, 20, "hardly there")


def test_a_box_is_blank_when_nothing_shows_in_it() -> None:
    boxes = [
        (20.0, 65.0, 100.0, 85.0),
        (20.0, 125.0, 110.0, 145.0),
        (-90.0, 10.0, -5.0, 30.0),
        (20.0, 165.0, 100.0, 185.0),
    ]
    with opened(pdf(words_on_grounds)) as page:
        assert are_blank(page, boxes) == [False, True, True, True]
        assert are_blank(page, []) == []


def test_parts_of_a_page_answer_as_the_whole_page_does() -> None:
    boxes = [(float(x), float(y), x + 24.0, y + 12.0) for y in range(0, 200, 12) for x in range(0, 300, 24)]
    with opened(pdf(words_on_grounds)) as page:
        pixels = render_page(page, 72).astype(int)
        whole = []
        for x0, y0, x1, y1 in boxes:
            part = pixels[int(y0) : int(y1), int(x0) : int(x1)]
            whole.append(bool(np.ptp(part, axis=(0, 1)).max() <= 10))
        assert 0 < sum(whole) < len(whole)
        assert are_blank(page, boxes) == whole
        assert [are_blank(page, [box])[0] for box in boxes] == whole


def test_transparency_does_not_change_the_colours_of_a_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(1, 0, 0))
        canvas.rect(0, 0, 150, 200, stroke=0, fill=1)
        canvas.setFillColor(Color(0, 0, 1, alpha=0.5))
        canvas.rect(100, 50, 150, 100, stroke=0, fill=1)

    with opened(pdf(draw)) as page:
        shown = {use.hex for use in pixel_colours(page, 1)}
        seen = {"#" + bytes(pixel).hex().upper() for pixel in render_page(page, 150).reshape(-1, 3)}
    assert len(shown) == 4
    assert shown <= seen


def test_a_page_without_any_size_has_no_colours() -> None:
    with pikepdf.open(io.BytesIO(pdf(words_on_grounds))) as document:
        document.pages[0].obj["/CropBox"] = pikepdf.Array([300, 200, 500, 400])
        buffer = io.BytesIO()
        document.save(buffer)
    with opened(buffer.getvalue()) as page:
        assert page.get_size() == (0, 0)
        assert pixel_colours(page, 1) == []
        assert are_blank(page, [(1, 1, 9, 9)]) == [True]
