import io

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from sgd_resources.errors import RejectedEvidence
from sgd_resources.excerpts.places import draw_pdf_pages, draw_raster, draw_svg

LIMITS = {"dpi": 144, "max_pixels": 2_000_000}


def pdf(*, rotation: int = 0) -> bytes:
    """A page of 400 x 300 points with a red square whose top left is at (100, 50)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(100, 300 - 50 - 40, 40, 40, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(out.getvalue())) as document:
        document.pages[0].rotate(rotation, relative=False)
        document.save(turned)
    return turned.getvalue()


def opened(webp: bytes) -> Image.Image:
    with Image.open(io.BytesIO(webp)) as image:
        assert image.format == "WEBP"
        return image.convert("RGB")


@pytest.mark.parametrize(("rotation", "box"), [(0, [90, 40, 150, 100]), (90, [200, 90, 260, 150])])
def test_a_region_of_a_page_is_drawn_where_a_reader_sees_it(rotation: int, box: list[int]) -> None:
    head, blobs = draw_pdf_pages(pdf(rotation=rotation), {"pages": [{"page": 1, "box": box}], **LIMITS})
    image = opened(blobs[0])
    assert head["pictures"][0]["box"] == box
    assert image.size == (120, 120)
    assert image.getpixel((60, 60)) == (255, 0, 0)
    assert image.getpixel((10, 10)) == (255, 255, 255)
    assert image.getpixel((110, 110)) == (255, 255, 255)


def test_boxes_are_clipped_to_the_page_and_lost_pages_left_out() -> None:
    pages = [
        {"page": 1, "box": [-50, -50, 9000, 9000]},
        {"page": 7, "box": [0, 0, 9, 9]},
        {"page": 1, "box": [500, 0, 600, 9]},
    ]
    head, blobs = draw_pdf_pages(pdf(), {"pages": pages, **LIMITS})
    assert [picture["box"] for picture in head["pictures"]] == [[0, 0, 400, 300]]
    assert len(blobs) == 1


def test_pixels_are_bounded_whatever_the_size_of_the_page() -> None:
    _, blobs = draw_pdf_pages(
        pdf(), {"pages": [{"page": 1, "box": [0, 0, 400, 300]}], "dpi": 2400, "max_pixels": 50_000}
    )
    width, height = opened(blobs[0]).size
    assert width * height <= 51_000


def test_a_picture_is_scaled_down_and_keeps_its_true_size_as_box() -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 100), "#1E4D3A").save(out, "PNG")
    head, blobs = draw_raster(out.getvalue(), {"max_side_px": 100})
    assert head["pictures"][0]["box"] == [0, 0, 400, 100]
    assert opened(blobs[0]).size == (100, 25)


def test_transparency_is_kept() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 255, 255, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(draw_raster(out.getvalue(), {"max_side_px": 100})[1][0])) as image:
        assert image.mode == "RGBA"
        assert image.getchannel("A").getextrema() == (0, 0)


def test_a_drawing_is_shown_in_its_own_units_from_its_top_left() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 200 100" width="30" height="99">'
        b'<path fill="#f00" d="M10 10h100v100H10z"/></svg>'
    )
    head, blobs = draw_svg(svg, {"max_side_px": 100})
    assert head["pictures"][0]["box"] == [0, 0, 200, 100]
    image = opened(blobs[0])
    assert image.size == (100, 50)
    assert image.getpixel((40, 25)) == (255, 0, 0)


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">&a;</svg>'
    with pytest.raises(RejectedEvidence):
        draw_svg(bomb, {"max_side_px": 100})
