"""Pictures are taken out of guides with what is said of them; examples of misuse are not."""

import base64
import io
import zipfile

import pikepdf
import pytest

from sgd_resources.drawing.guide_pictures.find import guide_pictures
from sgd_resources.errors import RejectedEvidence
from tests.sgd_assets.renders.imagery.pictures import photo

PHOTO = photo(640, 420)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf_of(*pages: tuple[str, bytes | None, str]) -> bytes:
    """A page each: heading, picture, caption under it."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for heading, picture, caption in pages:
            page = document.add_blank_page(page_size=(600, 800))
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            content = f"BT /F1 30 Tf 40 740 Td ({heading}) Tj ET BT /F1 12 Tf 60 180 Td ({caption}) Tj ET "
            if picture is not None:
                stream = pikepdf.Stream(document, picture)
                stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
                stream.Width, stream.Height, stream.BitsPerComponent = 640, 420, 8
                stream.ColorSpace, stream.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
                resources.XObject = pikepdf.Dictionary(Im1=stream)
                content += "q 480 0 0 315 60 200 cm /Im1 Do Q"
            page.Resources = resources
            page.Contents = document.make_stream(content.encode())
        document.save(out)
    return out.getvalue()


def pptx_of(described: str, heading: str) -> bytes:
    slide = (
        '<p:sld xmlns:p="p" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:r="{REL}"><a:t>{heading}</a:t><p:pic><p:nvPicPr>'
        f'<p:cNvPr id="2" name="x" descr="{described}"/></p:nvPicPr>'
        '<p:blipFill><a:blip r:embed="rId1"/></p:blipFill></p:pic></p:sld>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/image" Target="../media/image1.jpg"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("ppt/slides/slide1.xml", slide)
        package.writestr("ppt/slides/_rels/slide1.xml.rels", relations)
        package.writestr("ppt/media/image1.jpg", PHOTO)
    return out.getvalue()


def test_a_picture_of_a_pdf_comes_with_its_page_and_caption() -> None:
    data = pdf_of(("Cover", None, ""), ("Our photography", PHOTO, "Harbour at dawn"))
    found, blobs = guide_pictures(data, {"media_type": "application/pdf"})
    assert [picture["page"] for picture in found["pictures"]] == [2]
    assert "Harbour at dawn" in found["pictures"][0]["words"]
    assert found["pictures"][0]["measures"]["width_px"] == 640
    assert blobs[0].startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("heading", "caption"),
    [("Photography: misuse", "Harbour"), ("Photography", "Don't: harbour at dawn"), ("Falsch", "")],
)
def test_a_picture_beside_words_on_misuse_is_left_out(heading: str, caption: str) -> None:
    found, blobs = guide_pictures(pdf_of((heading, PHOTO, caption)), {"media_type": "application/pdf"})
    assert (found["pictures"], blobs) == ([], ())


def test_a_picture_of_a_slide_comes_with_its_alternative_text() -> None:
    media_type = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    found, blobs = guide_pictures(pptx_of("A harbour at dawn", "Photography"), {"media_type": media_type})
    assert (found["pictures"][0]["page"], blobs) == (1, (PHOTO,))
    assert "A harbour at dawn" in found["pictures"][0]["words"]
    assert guide_pictures(pptx_of("A harbour", "Incorrect use"), {"media_type": media_type})[1] == ()


def test_html_has_pictures_of_its_own_and_words_on_those_beside_it() -> None:
    inside = f"data:image/jpeg;base64,{base64.b64encode(PHOTO).decode()}"
    page = (
        f'<figure><img src="{inside}" alt="Nets"><figcaption>Fishers mending nets</figcaption></figure>'
        '<img src="img/DSC_0012.jpg" alt="Market stall in winter"><img src="x.png">'
    )
    found, blobs = guide_pictures(page.encode(), {"media_type": "text/html"})
    assert "Fishers mending nets" in found["pictures"][0]["words"]
    assert found["told"] == [["DSC_0012.jpg", "Market stall in winter"]]
    assert blobs == (PHOTO,)


def test_markdown_says_what_pictures_show() -> None:
    found, _ = guide_pictures(b"![Old lighthouse](img/p_04.png)\n", {"media_type": "text/markdown"})
    assert found["told"] == [["p_04.png", "Old lighthouse"]]


def test_small_pictures_are_left_out_and_damaged_guides_refused() -> None:
    small = f'<img alt="x" src="data:image/jpeg;base64,{base64.b64encode(photo(200, 200)).decode()}">'
    assert guide_pictures(small.encode(), {"media_type": "text/html"})[1] == ()
    with pytest.raises(RejectedEvidence):
        guide_pictures(b"%PDF-1.7 nonsense", {"media_type": "application/pdf"})
