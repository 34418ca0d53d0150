"""PDF and SVG look like the picture, their text is the copy, and colours are printed in the inks of the guide."""

import io
import re
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from sgd_assets.renders.model import RenderRecord
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.drawing.vectors.paths import NotPlain, drawn
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import ORG, RENDER_ID, SampleBrand
from tests.sgd_assets.renders.rendering import render

pytestmark = pytest.mark.slow

COPY = {"headline": "Fit for Lisbon's AV waves", "body": "Tickets from 9 to 5.", "call_to_action": "Book now"}
_MOST_OFF = 2.0
"""Mean difference of a channel, of 255: two rasterisers differ at edges only."""


def made(kit: str, size: str = "600x400", copy: dict[str, Any] | None = None, seed: int = 0) -> tuple[SampleBrand, Any]:
    brand = SampleBrand(kit)
    body = {
        "project_id": "p",
        "prompts": {"task": "create"},
        "copy": copy or COPY,
        "outputs": {"count": 1, "format": "png", "dimensions": size, "also": ["pdf", "svg"]},
        "seed": seed,
    }
    return brand, render(brand, body, FakeConfinedJobs())


def files(brand: SampleBrand, record: RenderRecord) -> tuple[bytes, bytes, bytes]:
    pdf, svg = record.also
    assert (pdf.format, svg.format) == ("pdf", "svg")
    return brand.store.get(record.outputs[0].key), brand.store.get(pdf.key), brand.store.get(svg.key)


def pixels(data: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), np.float32)


def seen(pdf: bytes, width: int, height: int) -> np.ndarray[Any, Any]:
    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=96 / 72).to_pil().convert("RGB")
    assert image.size == (width, height)
    return np.asarray(image, np.float32)


def words_of(pdf: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())


@pytest.mark.slow
@pytest.mark.parametrize("kit", ["larkfold", "kestrine"])
@pytest.mark.parametrize("seed", [0, 3])
def test_both_files_look_like_the_picture(kit: str, seed: int) -> None:
    png, pdf, svg = files(*made(kit, seed=seed))
    assert np.abs(seen(pdf, 600, 400) - pixels(png)).mean() < _MOST_OFF
    raster = ResvgPainter().draw(svg.decode())
    shown = np.frombuffer(raster.rgba, np.uint8).reshape(400, 600, 4)[..., :3].astype(np.float32)
    assert np.abs(shown - pixels(png)).mean() < 0.05


def test_the_text_of_the_pdf_is_the_copy() -> None:
    _, pdf, _ = files(*made("larkfold"))
    text = words_of(pdf)
    assert all(words in text for words in COPY.values()), text


@pytest.mark.slow
@pytest.mark.parametrize("headline", ["فعاليات الصيف", "Größe & Maß: Straße", "Αθήνα σήμερα"])
def test_text_of_other_scripts_is_read_in_its_order(headline: str) -> None:
    _, pdf, svg = files(*made("larkfold", copy={"headline": headline}))
    assert headline in words_of(pdf)
    unseen = " ".join(re.findall(r'opacity="0"[^>]*>([^<]*)</text>', svg.decode()))
    assert headline.replace("&", "&amp;") in unseen


def test_a_colour_is_printed_in_the_inks_that_the_guide_states_and_else_in_srgb() -> None:
    brand = SampleBrand("larkfold")
    facts = tuple(
        fact.model_copy(update={"colour": fact.colour.model_copy(update={"cmyk": (10.0, 20.0, 30.0, 40.0)})})
        if fact.colour is not None and fact.colour.hex == brand.canon.palette_hex[0]
        else fact.model_copy(update={"colour": fact.colour.model_copy(update={"cmyk": None})})
        if fact.colour is not None
        else fact
        for fact in brand.canon.facts
    )
    brand.canon = brand.canon.model_copy(update={"facts": facts})
    body = {
        "project_id": "p", "prompts": {"task": "create"}, "copy": COPY,
        "outputs": {"count": 1, "format": "png", "dimensions": "600x400", "also": ["pdf"]},
    }  # fmt: skip
    record = render(brand, body, FakeConfinedJobs())
    with pikepdf.open(io.BytesIO(brand.store.get(record.also[0].key))) as document:
        page = document.pages[0]
        content = page.Contents.read_bytes().decode()
        assert page.Resources.ColorSpace.sRGB[0] == "/ICCBased"
    first, *others = brand.canon.palette_hex
    assert "0.1000 0.2000 0.3000 0.4000 k" in content
    assert " sc" in content
    red, green, blue = (int(first[at : at + 2], 16) / 255 for at in (1, 3, 5))
    assert f"{red:.5f} {green:.5f} {blue:.5f} sc" not in content
    assert others


def test_the_same_picture_gives_the_same_files_under_their_own_keys() -> None:
    brand, record = made("larkfold", "320x320")
    _, again = made("larkfold", "320x320")
    assert [file.sha256 for file in record.also] == [file.sha256 for file in again.also]
    prefix = f"org/{ORG}/public/renders/{RENDER_ID}/0"
    assert [(file.key, file.media_type) for file in record.also] == [
        (f"{prefix}.pdf", "application/pdf"), (f"{prefix}.svg", "image/svg+xml"),
    ]  # fmt: skip
    assert [file.size_bytes for file in record.also] == [len(brand.store.get(file.key)) for file in record.also]


@pytest.mark.slow
def test_a_photograph_is_embedded_where_the_picture_has_it() -> None:
    brand = SampleBrand("larkfold")
    file = io.BytesIO()
    Image.radial_gradient("L").resize((900, 600)).convert("RGB").save(file, "PNG")
    key = f"org/{ORG}/public/renders/{RENDER_ID}/7.png"
    brand.store.put(key, file.getvalue())
    body = {
        "project_id": "p", "prompts": {"task": "create", "references": [key]}, "copy": COPY,
        "outputs": {"count": 1, "format": "png", "dimensions": "600x400", "also": ["pdf", "svg"]},
    }  # fmt: skip
    record = render(brand, body, FakeConfinedJobs())
    png, pdf, svg = files(brand, record)
    assert record.outputs[0].plan.picture_boxes_px
    assert np.abs(seen(pdf, 600, 400) - pixels(png)).mean() < _MOST_OFF
    raster = ResvgPainter().draw(svg.decode())
    shown = np.frombuffer(raster.rgba, np.uint8).reshape(400, 600, 4)[..., :3].astype(np.float32)
    assert np.abs(shown - pixels(png)).mean() < 0.5


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="9" height="9" fill="url(#g)"/>', '<rect width="9" height="9" style="fill:red"/>',
        "<text>a</text>",
        '<path d="M0 0 L 9" fill="#000"/>', '<rect width="9" height="9" opacity="0.5"/>', '<use href="#a"/>',
    ],
)  # fmt: skip
def test_what_is_not_plain_areas_is_told_apart(inside: str) -> None:
    with pytest.raises(NotPlain):
        drawn(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>', lambda _: "")
