"""Office documents that say by look, by layout or by place alone what their words are."""

import io

from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Pt
from pptx import Presentation
from pptx.presentation import Presentation as PresentationType
from pptx.util import Inches

from sgd_resources.parsed_document import ParsedDocument
from tests.sgd_resources.parsers.parsing import parse

OOXML = "application/vnd.openxmlformats-officedocument"


def parsed(file: DocumentType | PresentationType) -> ParsedDocument:
    buffer = io.BytesIO()
    file.save(buffer)
    kind = "wordprocessingml.document" if isinstance(file, DocumentType) else "presentationml.presentation"
    return parse(buffer.getvalue(), f"{OOXML}.{kind}")


def kinds(document: ParsedDocument) -> list[tuple[str, int | None, str]]:
    return [(block.kind, block.level, block.text) for block in document.text_blocks]


def test_larger_and_bold_lines_of_a_plain_document_head_and_typed_bullets_list() -> None:
    document = Document()
    title = document.add_paragraph().add_run("Marl & Finch")
    title.font.size = Pt(24)
    document.add_paragraph().add_run("Typography").bold = True
    document.add_paragraph("• Headings: Cormorant Garamond")
    document.add_paragraph("We set all of our words in two families, and nothing else.")
    assert kinds(parsed(document)) == [
        ("heading", 1, "Marl & Finch"),
        ("heading", 2, "Typography"),
        ("list_item", 1, "Headings: Cormorant Garamond"),
        ("paragraph", None, "We set all of our words in two families, and nothing else."),
    ]


def test_a_bold_name_above_its_value_and_a_bold_sentence_are_no_headings() -> None:
    document = Document()
    document.add_paragraph().add_run("Kiln").bold = True
    document.add_paragraph("HEX: #A8432B")
    document.add_paragraph().add_run("Never stretch the mark.").bold = True
    document.add_paragraph("It is drawn by hand, and its lines are even.")
    assert {kind for kind, _, _ in kinds(parsed(document))} == {"paragraph"}


def test_placeholders_of_a_slide_take_place_and_size_from_their_layout() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "Typography"
    body = slide.placeholders[1].text_frame
    body.text = "Headings: Cormorant Garamond"
    body.add_paragraph().text = "Body: Public Sans"
    title, first, second = parsed(slides).text_blocks
    assert (title.kind, first.kind, second.kind) == ("heading", "list_item", "list_item")
    assert title.font_size_pt == 44
    assert first.font_size_pt == 32
    boxes = [block.location.bbox for block in (title, first, second)]
    assert all(box is not None for box in boxes)
    tops = [box[1] for box in boxes if box is not None]
    assert tops == sorted(set(tops))


def test_cells_of_a_slide_have_boxes_of_their_own() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    frame = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(2))
    for row in range(2):
        for column in range(2):
            frame.table.cell(row, column).text = f"{row}{column}"
    boxes = {block.text: block.location.bbox for block in parsed(slides).text_blocks}
    assert (boxes["00"], boxes["11"]) == ((72, 72, 216, 144), (216, 144, 360, 216))


def test_shapes_in_a_group_are_placed_on_the_slide() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    box = group.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
    box.text_frame.text = "Kiln #A8432B"
    group.left, group.top, group.width, group.height = Inches(4), Inches(3), Inches(4), Inches(2)
    found = parsed(slides).text_blocks[0].location.bbox
    assert found is not None
    assert found[0] == 288
    assert found[2] == 576


def test_bold_lines_of_a_text_box_head_the_lines_below_them() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    frame = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(6), Inches(2)).text_frame
    frame.text = "Clear space"
    frame.paragraphs[0].runs[0].font.bold = True
    frame.add_paragraph().text = "Keep a space as wide as the letter."
    assert [kind for kind, _, _ in kinds(parsed(slides))] == ["heading", "paragraph"]
