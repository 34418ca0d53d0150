"""Diagrams and charts stand in parts of their own: their words and fills are the slide's."""

import io
import zipfile

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from tests.sgd_resources.parsers.parsing import hexes, parse

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DIAGRAM = """<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvGraphicFramePr><p:cNvPr id="9" name="D"/>
<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="1270000" y="1270000"/>
<a:ext cx="2540000" cy="1270000"/></p:xfrm><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram">
<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:dm="rId90"/></a:graphicData>
</a:graphic></p:graphicFrame>"""
DATA = """<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:bodyPr/>
<a:p><a:r><a:t>Harbour #0A2541</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"""
DRAWING = """<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dsp:spTree><dsp:sp><dsp:spPr><a:xfrm>
<a:off x="635000" y="0"/><a:ext cx="635000" cy="635000"/></a:xfrm><a:solidFill><a:srgbClr val="0A2541"/></a:solidFill>
</dsp:spPr><dsp:txBody><a:bodyPr/><a:p><a:r><a:t>Harbour</a:t></a:r></a:p></dsp:txBody></dsp:sp></dsp:spTree>
</dsp:drawing>"""
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
_DRAWN = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"


def _with_diagram(*, is_drawn: bool) -> bytes:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[6])
    plain = io.BytesIO()
    presentation.save(plain)
    more = f'<Relationship Id="rId90" Type="{_KINDS}" Target="../diagrams/data1.xml"/>'
    if is_drawn:
        more += f'<Relationship Id="rId94" Type="{_DRAWN}" Target="../diagrams/drawing1.xml"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "ppt/slides/slide1.xml":
                text = text.replace(b"</p:spTree>", DIAGRAM.encode() + b"</p:spTree>")
            if name == "ppt/slides/_rels/slide1.xml.rels":
                text = text.replace(b"</Relationships>", f"{more}</Relationships>".encode())
            new.writestr(name, text)
        new.writestr("ppt/diagrams/data1.xml", DATA)
        new.writestr("ppt/diagrams/drawing1.xml", DRAWING)
    return out.getvalue()


def test_the_words_of_a_diagram_are_read_from_its_data() -> None:
    document = parse(_with_diagram(is_drawn=False), PPTX)
    assert [block.text for block in document.text_blocks] == ["Harbour #0A2541"]
    assert (document.text_blocks[0].location.xml_path or "").startswith("ppt/diagrams/data1.xml:")


def test_a_diagram_kept_as_a_drawing_gives_words_fills_and_places_once() -> None:
    document = parse(_with_diagram(is_drawn=True), PPTX)
    assert [block.text for block in document.text_blocks] == ["Harbour"]
    fill = next(use for use in document.colours if use.source == "fill")
    assert (fill.hex, fill.label, fill.location.bbox) == ("#0A2541", "Harbour", (150, 100, 200, 150))


def test_slices_of_a_chart_are_named_by_their_categories() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    data = CategoryChartData()  # type: ignore[no-untyped-call]  # python-pptx leaves it untyped
    data.categories = ["Harbour", "Coral"]
    data.add_series("Share of use", (60, 40))  # type: ignore[no-untyped-call]  # the same
    side = Inches(2)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.PIE, side, side, side, side, data).chart
    for index, colour in enumerate(("0A2541", "FF5A60")):
        fill = chart.plots[0].series[0].points[index].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(colour)  # type: ignore[no-untyped-call]  # the same
    out = io.BytesIO()
    presentation.save(out)
    document = parse(out.getvalue(), PPTX)
    assert {block.text for block in document.text_blocks} == {"Harbour", "Coral", "Share of use"}
    assert hexes(document, "fill") == ["#0A2541", "#FF5A60"]
    assert [use.label for use in document.colours if use.source == "fill"] == ["Harbour", "Coral"]
