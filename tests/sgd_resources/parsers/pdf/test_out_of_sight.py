"""Words and shapes of a PDF that nobody sees: covered, clipped away or in a layer that is off."""

import io

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sgd_resources.parsed_document import ParsedDocument
from tests.sgd_resources.parsers.parsing import hexes, parse

INK, OLD = "#0A2541", "#00A652"


def reasons(document: ParsedDocument) -> dict[str, str | None]:
    return {block.text: block.hidden_reason for block in document.text_blocks}


def started() -> tuple[Canvas, io.BytesIO]:
    """A page with a line that everybody sees."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400), invariant=1)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont("Helvetica", 12)
    canvas.drawString(40, 360, "These words are long enough that the page has a text layer of its own.")
    return canvas, buffer


def ended(canvas: Canvas, buffer: io.BytesIO) -> ParsedDocument:
    canvas.showPage()
    canvas.save()
    return parse(buffer.getvalue(), "application/pdf")


def retired(canvas: Canvas) -> None:
    """A swatch and words in a colour and a face of their own."""
    canvas.setFillColor(HexColor(OLD))
    canvas.rect(40, 200, 60, 60, stroke=0, fill=1)
    canvas.setFont("Courier", 12)
    canvas.drawString(120, 220, "Retired green")


def test_words_and_shapes_under_an_opaque_box_are_hidden_with_their_colour_and_face() -> None:
    canvas, buffer = started()
    retired(canvas)
    canvas.setFillColor(HexColor("#F4F4F0"))
    canvas.rect(20, 180, 300, 100, stroke=0, fill=1)
    document = ended(canvas, buffer)
    assert reasons(document)["Retired green"] is not None
    assert OLD not in hexes(document)
    assert INK in hexes(document)
    assert {font.family for font in document.fonts} == {"Helvetica"}


def test_words_under_a_photograph_are_hidden() -> None:
    canvas, buffer = started()
    retired(canvas)
    noise = Image.effect_noise((300, 100), 90).convert("RGB")
    canvas.drawImage(ImageReader(noise), 20, 180, 300, 100)
    document = ended(canvas, buffer)
    assert reasons(document)["Retired green"] == "out_of_sight"
    assert OLD not in hexes(document)


@pytest.mark.parametrize("veil", ["glass", "frame", "beside", "before"])
def test_what_still_shows_is_not_hidden(veil: str) -> None:
    canvas, buffer = started()
    if veil == "before":
        canvas.setFillColor(HexColor("#F4F4F0"))
        canvas.rect(20, 180, 300, 100, stroke=0, fill=1)
    retired(canvas)
    canvas.setFillColor(HexColor("#F4F4F0"))
    if veil == "glass":
        canvas.setFillAlpha(0.5)
        canvas.rect(20, 180, 300, 100, stroke=0, fill=1)
    elif veil == "frame":
        path = canvas.beginPath()
        path.rect(20, 180, 300, 100)
        path.rect(30, 190, 280, 80)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
    elif veil == "beside":
        canvas.rect(20, 20, 300, 100, stroke=0, fill=1)
    document = ended(canvas, buffer)
    assert reasons(document)["Retired green"] is None
    assert OLD in hexes(document, "fill")


def test_words_that_a_clip_cuts_off_are_hidden() -> None:
    canvas, buffer = started()
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(20, 20, 100, 40)
    canvas.clipPath(path, stroke=0, fill=0)
    retired(canvas)
    canvas.drawString(30, 30, "Shown")
    canvas.restoreState()
    found = reasons(ended(canvas, buffer))
    assert (found["Retired green"], found["Shown"]) == ("out_of_sight", None)


def layered(policy: str, *, is_form: bool) -> ParsedDocument:
    """A page whose second words and shape belong to a layer that is off."""
    canvas, buffer = started()
    canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as document:
        group = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="old"))
        document.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group]))
        member = group if policy == "group" else pikepdf.Dictionary(Type=pikepdf.Name.OCMD, OCGs=[group])
        if policy == "AnyOff":
            member.P = pikepdf.Name.AnyOff
        page = document.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(L0=member)
        drawn = b"0 0.65098 0.32157 rg 40 200 60 60 re f BT /F1 12 Tf 120 220 Td (Retired green) Tj ET"
        if is_form:
            form = document.make_stream(drawn, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
            form.BBox, form.OC, form.Resources = [0, 0, 400, 400], member, page.Resources
            page.Resources.XObject = pikepdf.Dictionary(X0=form)
            page.contents_add(b"/X0 Do 0.1 g 40 100 60 60 re f")
        else:
            page.contents_add(b"/OC /L0 BDC /Span <</MCID 0>> BDC " + drawn + b" EMC EMC 0.1 g 40 100 60 60 re f")
        made = io.BytesIO()
        document.save(made)
    return parse(made.getvalue(), "application/pdf")


@pytest.mark.parametrize("policy", ["group", "AnyOn"])
@pytest.mark.parametrize("is_form", [False, True])
def test_a_layer_that_is_off_states_nothing(policy: str, is_form: bool) -> None:
    document = layered(policy, is_form=is_form)
    assert reasons(document)["Retired green"] == "out_of_sight"
    assert OLD not in hexes(document)
    assert "#1A1A1A" in hexes(document, "fill")


def test_a_membership_that_shows_when_its_layer_is_off_is_seen() -> None:
    document = layered("AnyOff", is_form=False)
    assert reasons(document)["Retired green"] is None
    assert OLD in hexes(document, "fill")
