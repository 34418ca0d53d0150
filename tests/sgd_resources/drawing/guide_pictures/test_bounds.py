"""What looking for the pictures of a guide costs at most, and what is said of the pictures beyond that."""

import base64
import io

import pikepdf
import pytest

from sgd_resources.drawing.guide_pictures import find, from_pdf
from sgd_resources.drawing.guide_pictures.find import guide_pictures
from tests.sgd_assets.renders.imagery.pictures import photo

PHOTO = photo(640, 420)
PIXELS = 640 * 420
PDF, HTML = {"media_type": "application/pdf"}, {"media_type": "text/html"}


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each picture of a PDF that is decoded."""
    seen: list[object] = []
    decode = from_pdf._coded

    def counted(image: object) -> bytes | None:
        seen.append(image)
        return decode(image)

    monkeypatch.setattr(from_pdf, "_coded", counted)
    return seen


def pdf_that_shows(times: int, *pictures: bytes, words: str = "") -> bytes:
    """One page that shows each picture so many times."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(600, 800))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(), Font=pikepdf.Dictionary(F1=font))
        for number, picture in enumerate(pictures):
            stream = pikepdf.Stream(document, picture)
            stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            stream.Width, stream.Height, stream.BitsPerComponent = 640, 420, 8
            stream.ColorSpace, stream.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
            page.Resources.XObject[f"/I{number}"] = stream
        shown = "".join(f"q 480 0 0 315 60 200 cm /I{number} Do Q " for number in range(len(pictures)))
        page.Contents = document.make_stream(f"BT /F1 12 Tf 60 180 Td ({words}) Tj ET {times * shown}".encode())
        document.save(out)
    return out.getvalue()


def html_that_shows(*pictures: bytes) -> bytes:
    coded = [base64.b64encode(picture).decode() for picture in pictures]
    return "".join(f'<img alt="x" src="data:image/jpeg;base64,{one}">' for one in coded).encode()


def test_a_picture_that_a_page_shows_many_times_is_decoded_once(decoded: list[object]) -> None:
    found, blobs = guide_pictures(pdf_that_shows(40, PHOTO), PDF)
    assert (len(decoded), len(blobs)) == (1, 1)
    assert (found["left_out"], found["is_cut"]) == (0, False)


def test_a_picture_beside_words_on_misuse_is_not_decoded_at_all(decoded: list[object]) -> None:
    found, _ = guide_pictures(pdf_that_shows(3, PHOTO, words="Never do this"), PDF)
    assert (decoded, found["left_out"]) == ([], 0)


def test_places_beyond_a_bound_are_not_walked_and_said_to_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "_MOST_PLACES", 20)
    assert guide_pictures(pdf_that_shows(20, PHOTO), PDF)[0]["is_cut"] is False
    found, blobs = guide_pictures(pdf_that_shows(21, PHOTO), PDF)
    assert (found["is_cut"], len(blobs)) == (True, 1)


@pytest.mark.parametrize(
    ("guide", "arguments", "cost"),
    [(pdf_that_shows(1, PHOTO, photo(640, 420, seed=2)), PDF, PIXELS + PIXELS // 4),
     (html_that_shows(PHOTO, photo(640, 420, seed=2)), HTML, PIXELS // 4)],
    ids=["pdf", "html"],
)  # fmt: skip
def test_pictures_beyond_the_pixels_of_a_guide_are_counted_and_not_decoded(
    guide: bytes, arguments: dict[str, str], cost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(guide_pictures(guide, arguments)[1]) == 2
    monkeypatch.setattr(find, "_MOST_PIXELS", cost)
    found, blobs = guide_pictures(guide, arguments)
    assert (len(blobs), found["left_out"]) == (1, 1)


def test_the_pictures_beyond_the_number_that_is_kept_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "_MOST", 2)
    found, blobs = guide_pictures(html_that_shows(*(photo(400, 400, seed=seed) for seed in range(5))), HTML)
    assert (len(blobs), found["left_out"]) == (2, 3)
