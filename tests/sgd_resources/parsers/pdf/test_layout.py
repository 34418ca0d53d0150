"""What a printed page looks like is read as what it is: lists, tables, wrapped lines, bold headings."""

import io
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from sgd_resources.parsed_document import ParsedDocument, TextBlock
from sgd_resources.parsers.pdf.text.lines import split_lines
from sgd_resources.parsers.pdf.text.page_text import TextRun
from tests.sgd_resources.parsers.parsing import parse

PDF = "application/pdf"
Draw = Callable[[Canvas], None]


def printed(*pages: Draw) -> ParsedDocument:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return parse(buffer.getvalue(), PDF)


def block(document: ParsedDocument, start: str) -> TextBlock:
    return next(item for item in document.text_blocks if item.text.startswith(start))


def lines(canvas: Canvas, *words: str, left: float = 60, top: float = 700, leading: float = 14) -> None:
    for index, text in enumerate(words):
        canvas.drawString(left, top - index * leading, text)


def test_discs_drawn_before_lines_make_list_items() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, "Kiln: #A8432B", "Slate: #2F4858", left=84)
        for top in (704, 690):
            canvas.circle(74, top, 2, fill=1, stroke=0)

    document = printed(draw)
    assert [(b.kind, b.text) for b in document.text_blocks] == [
        ("list_item", "Kiln: #A8432B"),
        ("list_item", "Slate: #2F4858"),
    ]


def test_a_bullet_set_apart_and_one_of_a_symbol_font_are_no_words() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, "•", left=66)
        lines(canvas, "Write plainly", left=84)

    assert [(b.kind, b.text) for b in printed(draw).text_blocks] == [("list_item", "Write plainly")]


def test_swatches_before_lines_are_no_bullets() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, "Kiln #A8432B", left=84)
        canvas.rect(64, 698, 14, 14, fill=1, stroke=0)

    assert printed(draw).text_blocks[0].kind == "paragraph"


def test_items_that_stand_further_in_belong_to_the_one_above() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, "• Primary", left=60, top=700)
        lines(canvas, "• Kiln", left=80, top=686)
        lines(canvas, "• Secondary", left=60, top=672)

    assert [(b.text, b.level) for b in printed(draw).text_blocks] == [("Primary", 1), ("Kiln", 2), ("Secondary", 1)]


def test_rows_that_keep_to_columns_are_a_table_with_its_head_and_wrapped_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 11)
        for left, words in ((60, "Name"), (160, "Hex"), (260, "Use")):
            canvas.drawString(left, 700, words)
        canvas.setFont("Helvetica", 11)
        for top, name, value, use in (
            (676, "Kiln", "#A8432B", ("Headlines and", "the logo")),
            (638, "Slate", "#2F4858", ("Text",)),
            (614, "Oat", "#EADBC1", ("Paper",)),
        ):
            canvas.drawString(60, top, name)
            canvas.drawString(160, top, value)
            lines(canvas, *use, left=260, top=top)

    cells = [(b.cell.row, b.cell.column, b.text) for b in printed(draw).text_blocks if b.cell]
    assert cells[:3] == [(0, 0, "Name"), (0, 1, "Hex"), (0, 2, "Use")]
    assert cells[3:6] == [(1, 0, "Kiln"), (1, 1, "#A8432B"), (1, 2, "Headlines and the logo")]
    assert [row for row, _, _ in cells[6:]] == [2, 2, 2, 3, 3, 3]
    assert block(printed(draw), "Name").cell is not None
    assert block(printed(draw), "Name").cell.is_header  # type: ignore[union-attr]  # asserted above


def test_captions_of_swatches_side_by_side_and_text_in_columns_are_no_tables() -> None:
    def captions(canvas: Canvas) -> None:
        for left, name, value in ((60, "Kiln", "#A8432B"), (200, "Slate", "#2F4858"), (340, "Oat", "#EADBC1")):
            lines(canvas, name, value, "RGB 1 2 3", left=left)

    def columns(canvas: Canvas) -> None:
        for left in (60, 320):
            words = (
                "We make pots by hand and fire them",
                "in a kiln that was built before any",
                "of us was born. They",
            )
            lines(canvas, *words * 3, left=left)

    assert not [b for b in printed(captions, columns).text_blocks if b.cell]


def test_a_table_goes_on_over_a_page() -> None:
    def page(rows: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            for number in range(rows):
                lines(canvas, f"Name {number}", left=60, top=780 - 30 * number)
                lines(canvas, f"Meaning {number}", left=260, top=780 - 30 * number)

        return draw

    cells = [b.cell for b in printed(page(25), page(4)).text_blocks if b.cell]
    assert {cell.table for cell in cells} == {0}
    assert max(cell.row for cell in cells) == 28


def test_wrapped_lines_are_one_and_lines_that_the_writer_broke_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, "Keep a space as wide as the letter around the logo, so that nothing", "comes near it.")
        lines(canvas, "Kiln #A8432B", "Slate #2F4858", top=600)

    document = printed(draw)
    assert block(document, "Keep").text.endswith("so that nothing comes near it.")
    assert block(document, "Kiln").text == "Kiln #A8432B\nSlate #2F4858"


def test_a_broken_word_is_whole_again_and_a_compound_keeps_its_hyphen() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, "The brand is made of well-", "known things and of guide-", "lines, and they are well-known.")

    assert printed(draw).text_blocks[0].text.split("\n")[0].startswith("The brand is made of well-known things")
    assert "guidelines," in printed(draw).text_blocks[0].text


def test_a_bold_line_heads_the_text_below_it_but_not_the_values_of_a_colour() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 11)
        lines(canvas, "Clear space", top=700)
        lines(canvas, "Kiln", top=600)
        canvas.setFont("Helvetica", 11)
        lines(canvas, "Keep a space as wide as the letter around it.", top=686)
        lines(canvas, "#A8432B", top=586)

    document = printed(draw)
    assert block(document, "Clear space").kind == "heading"
    assert block(document, "Kiln").kind == "paragraph"


def test_letters_that_were_set_on_lines_of_their_own_are_words_again() -> None:
    def run(letter: str, left: float) -> TextRun:
        return TextRun(letter, (left, 100, left + 6, 112), "Inter", 11, "#000000", 1.0, 0)

    found = split_lines([[run("K", 60)], [run("i", 66)], [run("t", 72)], [run("e", 81)], [run("x", 200)]])
    assert [line.text for line in found] == ["Kit e", "x"]


def test_a_heading_opens_a_band_of_the_page_before_columns_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        for top, heading in ((760, "Colours"), (560, "Signs")):
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(60, top, heading)
            canvas.setFont("Helvetica", 9)
            for left in (60, 300):
                lines(canvas, f"{heading} {left}", "a caption", left=left, top=top - 100)

    order = [b.text.split("\n")[0] for b in printed(draw).text_blocks]
    assert order == ["Colours", "Colours 60", "Colours 300", "Signs", "Signs 60", "Signs 300"]
