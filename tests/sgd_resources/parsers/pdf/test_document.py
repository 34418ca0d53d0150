import io
from collections.abc import Callable

import pikepdf
import pytest
from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color, white
from reportlab.pdfgen.canvas import Canvas

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsers.pdf.text import page_text
from sgd_resources.parsers.pixels import ocr
from tests.sgd_resources.parsers.parsing import only, parse


def pdf(*pages: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400), invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def palette(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0, 0, 0))
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(40, 350, "Brand colours")
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, 320, "These words are long enough that the page has a text layer of its own.")
    for left, colour, name, value in (
        (40, Color(0, 134 / 255, 191 / 255), "Deep sea", "HEX 0086bf"),
        (240, CMYKColor(0.1, 0.9, 0.8, 0), "Coral", "CMYK 10 / 90 / 80 / 0"),
    ):
        canvas.setFillColor(colour)
        canvas.rect(left, 200, 80, 60, stroke=0, fill=1)
        canvas.setFillColor(Color(0, 0, 0))
        canvas.drawString(left, 188, name)
        canvas.drawString(left, 176, value)


@pytest.mark.slow
def test_a_swatch_is_named_by_the_caption_below_it() -> None:
    use = only(parse(pdf(palette), "application/pdf"), "#0086BF", "fill")
    assert use.label == "Deep sea | HEX 0086bf"
    assert use.location.page == 1
    assert list(use.location.bbox or ()) == [40, 140, 120, 200]
    assert use.area_ratio == pytest.approx(80 * 60 / 160_000)
    assert use.operator is not None
    assert use.operator.endswith("rg")


def test_printed_values_are_read_with_the_name_above_them() -> None:
    use = only(parse(pdf(palette), "application/pdf"), "#0086BF", "text")
    assert (use.operator, use.label) == ("HEX 0086bf", "Deep sea")


def test_four_inks_go_through_a_real_profile() -> None:
    document = parse(pdf(palette), "application/pdf")
    (drawn,) = [use for use in document.colours if use.source == "fill" and use.space == "cmyk"]
    (stated,) = [use for use in document.colours if use.source == "text" and use.space == "cmyk"]
    assert drawn.components == (0.1, 0.9, 0.8, 0.0)
    assert drawn.hex == stated.hex
    naive = "#E61A33"
    assert drawn.hex != naive
    red, green, blue = (int(drawn.hex[at : at + 2], 16) for at in (1, 3, 5))
    assert 200 < red < 235
    assert 40 < green < 80
    assert 40 < blue < 80


def test_headings_come_first_and_are_told_by_size() -> None:
    blocks = parse(pdf(palette), "application/pdf").text_blocks
    assert (blocks[0].text, blocks[0].kind, blocks[0].level, blocks[0].font) == (
        "Brand colours",
        "heading",
        1,
        "Helvetica-Bold",
    )
    assert [block.text for block in blocks if block.kind == "paragraph"][-2:] == [
        "Deep sea\nHEX 0086bf",
        "Coral\nCMYK 10 / 90 / 80 / 0",
    ]


def test_a_spot_ink_keeps_its_name_and_its_prose_takes_its_colour() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(CMYKColorSep(0, 0.9, 0.8, 0.1, spotName="PANTONE 186 C"))
        canvas.rect(40, 200, 80, 60, stroke=0, fill=1)
        canvas.setFillColor(Color(0, 0, 0))
        canvas.drawString(
            40, 100, "Our lead colour is PANTONE 186 C, printed as a spot ink wherever that can be paid for."
        )

    document = parse(pdf(draw), "application/pdf")
    drawn = next(use for use in document.colours if use.source == "fill")
    named = next(use for use in document.colours if use.source == "text")
    assert (drawn.space, drawn.spot_name, drawn.components) == ("spot", "PANTONE 186 C", (1.0,))
    assert (named.spot_name, named.hex) == ("PANTONE 186 C", drawn.hex)


def test_transparency_and_transforms_are_followed() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(100, 100)
        canvas.scale(2, 2)
        canvas.setFillColor(Color(1, 0, 0, alpha=0.5))
        canvas.rect(0, 0, 10, 20, stroke=0, fill=1)

    use = only(parse(pdf(draw), "application/pdf"), "#FF0000", "fill")
    assert (use.alpha, use.location.bbox) == (0.5, (100, 260, 120, 300))


def test_forms_are_entered() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("badge")
        canvas.setFillColor(Color(0, 1, 0))
        canvas.rect(0, 0, 50, 50, stroke=0, fill=1)
        canvas.endForm()
        canvas.translate(30, 30)
        canvas.doForm("badge")

    assert only(parse(pdf(draw), "application/pdf"), "#00FF00", "fill").location.bbox == (30, 320, 80, 370)


def test_words_that_nobody_can_see_are_marked_with_the_reason() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0, 0, 0))
        canvas.drawString(40, 350, "Plain words that everybody can read")
        canvas.setFillColor(white)
        canvas.drawString(40, 300, "white words on white")
        canvas.setFillColor(Color(0.8, 0, 0))
        canvas.rect(40, 240, 200, 30, stroke=0, fill=1)
        canvas.drawString(50, 250, "red words on red")
        canvas.setFillColor(white)
        canvas.rect(0, 0, 1, 1, stroke=0, fill=1)
        canvas.setFillColor(Color(0, 0.4, 0))
        canvas.rect(40, 180, 200, 30, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(50, 190, "white words on green")
        canvas.setFillColor(Color(0, 0, 0))
        canvas.drawString(900, 100, "words off the page")
        text = canvas.beginText(40, 80)
        text.setTextRenderMode(3)
        text.textOut("words in no ink")
        canvas.drawText(text)

    reasons = {block.text: block.hidden_reason for block in parse(pdf(draw), "application/pdf").text_blocks}
    assert reasons == {
        "Plain words that everybody can read": None,
        "white words on white": "white_on_white",
        "red words on red": "same_as_background",
        "white words on green": None,
        "words off the page": "off_page",
        "words in no ink": "invisible_render_mode",
    }


def test_fonts_are_named_by_family_with_their_share() -> None:
    fonts = parse(pdf(palette), "application/pdf").fonts
    assert [(font.family, font.style, font.is_embedded) for font in fonts] == [
        ("Helvetica", None, False),
        ("Helvetica", "Bold", False),
    ]
    assert sum(font.share_ratio or 0 for font in fonts) == pytest.approx(1, abs=0.01)


def test_a_page_without_words_gives_the_flat_colours_of_its_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_ocr_installed", lambda: False)

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.2, 0.4, 0.6))
        canvas.rect(100, 100, 200, 100, stroke=0, fill=1)

    document = parse(pdf(draw), "application/pdf")
    use = only(document, "#336699", "pixels")
    assert use.area_ratio == pytest.approx(0.125, abs=0.01)
    assert use.location.bbox is not None
    assert use.location.bbox[0] == pytest.approx(100, abs=1)
    assert not document.pages[0].has_text_layer
    assert document.warnings


def test_a_page_with_a_few_words_and_nothing_drawn_is_no_page_of_pictures() -> None:
    document = parse(pdf(lambda canvas: canvas.drawString(72, 200, "Hello")), "application/pdf")
    assert document.warnings == ()


def test_the_same_bytes_give_the_same_document() -> None:
    data = pdf(palette, palette)
    assert parse(data, "application/pdf").model_dump_json() == parse(data, "application/pdf").model_dump_json()


def test_encrypted_damaged_and_empty_files_are_rejected_with_the_reason() -> None:
    made = pikepdf.open(io.BytesIO(pdf(palette)))
    locked = io.BytesIO()
    made.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    empty = io.BytesIO()
    pikepdf.new().save(empty)
    for data, reason in (
        (locked.getvalue(), "encrypted"),
        (b"%PDF-1.7 nothing", "PDF is damaged"),
        (empty.getvalue(), "PDF has no pages"),
    ):
        with pytest.raises(RejectedEvidence) as caught:
            parse(data, "application/pdf")
        assert caught.value.reason == reason


def test_a_broken_content_stream_costs_a_warning_not_the_document() -> None:
    made = pikepdf.open(io.BytesIO(pdf(palette)))
    made.pages[0].Contents = made.make_stream(b"q 1 0 0 rg 10 10 50 50 re f Q 1 0 rg /None gs (a rg 5 re")
    broken = io.BytesIO()
    made.save(broken)
    assert "#FF0000" in [use.hex for use in parse(broken.getvalue(), "application/pdf").colours]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_displayed(turn: int) -> None:
    """The page is written the other way round first, so that the turn brings it back to what `palette` draws."""
    with pikepdf.open(io.BytesIO(pdf(palette))) as document:
        page = document.pages[0]
        written = {90: "0 1 -1 0 420 30", 180: "-1 0 0 -1 420 430", 270: "0 -1 1 0 20 430"}[turn]
        page.contents_add(f"q {written} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.obj["/MediaBox"] = pikepdf.Array([20, 30, 420, 430])
        page.obj["/Rotate"] = turn
        buffer = io.BytesIO()
        document.save(buffer)
    upright, turned = parse(pdf(palette), "application/pdf"), parse(buffer.getvalue(), "application/pdf")
    assert (turned.pages[0].width, turned.pages[0].height) == (400, 400)
    assert [block.text for block in turned.text_blocks] == [block.text for block in upright.text_blocks]
    for ours, theirs in zip(turned.text_blocks, upright.text_blocks, strict=True):
        assert ours.location.bbox == pytest.approx(theirs.location.bbox, abs=0.05)
    swatch = only(turned, "#0086BF", "fill")
    assert swatch.label == "Deep sea | HEX 0086bf"
    assert swatch.location.bbox == pytest.approx((40, 140, 120, 200), abs=0.05)


def test_a_turned_landscape_page_swaps_its_sides() -> None:
    with pikepdf.open(io.BytesIO(pdf(palette))) as document:
        document.pages[0].obj["/MediaBox"] = pikepdf.Array([0, 0, 400, 300])
        document.pages[0].obj["/Rotate"] = 90
        buffer = io.BytesIO()
        document.save(buffer)
    (page,) = parse(buffer.getvalue(), "application/pdf").pages
    assert (page.width, page.height) == (300, 400)


def test_characters_are_read_one_by_one_where_the_text_of_a_page_does_not_match_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_once = parse(pdf(palette), "application/pdf")
    monkeypatch.setattr(page_text, "_get_text", lambda *_: 0)
    assert parse(pdf(palette), "application/pdf") == at_once


def test_a_page_without_any_size_is_no_reason_to_reject_a_document() -> None:
    with pikepdf.open(io.BytesIO(pdf(palette, palette))) as document:
        document.pages[1].obj["/CropBox"] = pikepdf.Array([400, 400, 800, 800])
        buffer = io.BytesIO()
        document.save(buffer)
    read = parse(buffer.getvalue(), "application/pdf")
    assert len(read.pages) == 2
    assert only(read, "#0086BF", "text").location.page == 1


def test_a_colour_painted_many_times_is_one_use_at_its_largest_place() -> None:
    def draw(canvas: Canvas) -> None:
        palette(canvas)
        canvas.setFillColor(Color(1, 0, 0.5))
        for size in (4, 5, 3):
            canvas.rect(300 - 10 * size, 20, size, size, stroke=0, fill=1)

    use = only(parse(pdf(draw), "application/pdf"), "#FF0080", "fill")
    assert (use.uses, use.location.bbox) == (3, (250, 375, 255, 380))
    assert use.area_ratio == pytest.approx(50 / 160_000, abs=2e-6)


def test_a_font_whose_name_is_no_text_is_passed_over() -> None:
    named = pdf(palette).replace(b"/BaseFont /Helvetica-Bold", b"/BaseFont /Helvet#9bca-Bo")
    assert b"#9b" in named
    assert [font.family for font in parse(named, "application/pdf", ".pdf").fonts] == ["Helvetica"]
