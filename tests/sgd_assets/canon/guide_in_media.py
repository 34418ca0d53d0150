"""One invented guide, typeset by several programs into several media, so that a canon can be compared between them.

The guide is data; each function lays it out as one kind of program would. What must not live here: any assertion.
"""

import io
from collections.abc import Callable

from docx import Document
from docx.shared import Pt
from pptx import Presentation
from pptx.util import Inches
from pptx.util import Pt as SlidePt
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

TITLE = "Marl & Finch brand guide"
SECTIONS: tuple[tuple[str, tuple[tuple[str, object], ...]], ...] = (
    (
        "Colour palette",
        (
            ("text", "These are the colours of the brand. Use them on every surface that we print or publish."),
            (
                "table",
                (
                    ("Name", "Hex", "Use"),
                    ("Kiln", "#A8432B", "Primary, logo and headlines on all our printed matter and signs"),
                    ("Slate", "#2F4858", "Text and grounds"),
                    ("Oat", "#EADBC1", "Paper"),
                ),
            ),
        ),
    ),
    (
        "Typography",
        (("list", ("Headings: Cormorant Garamond", "Body: Public Sans", "Code: Fira Mono")),),
    ),
    (
        "Tone of voice",
        (
            ("text", "Our voice is warm, plain and exact."),
            (
                "table",
                (
                    ("Do", "Don't"),
                    ("Write to one reader", "Use jargon"),
                    ("Name the maker", "Shout in capitals"),
                    ("Keep sentences short", "Promise what we cannot keep"),
                ),
            ),
        ),
    ),
    (
        "Logo clear space",
        (
            (
                "text",
                "Keep clear space around the logo on all four sides that is equal to the height of the finch, so that "
                "nothing else comes near.",
            ),
        ),
    ),
)


def markdown() -> bytes:
    """As a repository would hold it."""
    lines = [f"# {TITLE}"]
    for heading, parts in SECTIONS:
        lines += ["", f"## {heading}"]
        for kind, content in parts:
            lines.append("")
            if kind == "text":
                lines.append(str(content))
            elif kind == "list":
                lines += [f"- {item}" for item in _items(content)]
            else:
                head, *rows = _rows(content)
                lines += [_row(head), _row(["---"] * len(head)), *(_row(row) for row in rows)]
    return "\n".join(lines).encode()


def ruled_pdf() -> bytes:
    """Tables with rules and wrapped cells, drawn bullets, headings in larger type."""
    return _Printed(is_ruled=True, bullet="drawn").pages()


def open_pdf() -> bytes:
    """Tables without rules under bold heads, bullets set apart, headings bold at the size of the text."""
    return _Printed(is_ruled=False, bullet="apart", heading_pt=11).pages()


def symbol_pdf() -> bytes:
    """A page a section, landscape, a running footer on each, hyphenated words."""
    return _Printed(is_ruled=True, bullet="letter", width=842, height=595, is_paged=True).pages()


def styled_docx() -> bytes:
    """Heading, list and table styles."""
    document = Document()
    document.add_heading(TITLE, level=1)
    for heading, parts in SECTIONS:
        document.add_heading(heading, level=2)
        for kind, content in parts:
            if kind == "text":
                document.add_paragraph(str(content))
            elif kind == "list":
                for item in _items(content):
                    document.add_paragraph(item, style="List Bullet")
            else:
                _word_table(document, _rows(content))
    return _saved(document.save)


def plain_docx() -> bytes:
    """No style but bold type and typed bullets."""
    document = Document()
    title = document.add_paragraph().add_run(TITLE)
    title.bold, title.font.size = True, Pt(22)
    for heading, parts in SECTIONS:
        document.add_paragraph().add_run(heading).bold = True
        for kind, content in parts:
            if kind == "text":
                document.add_paragraph(str(content))
            elif kind == "list":
                for item in _items(content):
                    document.add_paragraph(f"• {item}")
            else:
                _word_table(document, _rows(content))
    return _saved(document.save)


def deck() -> bytes:
    """A slide a section; titles and bodies take their places from the layout."""
    slides = Presentation()
    first = slides.slides.add_slide(slides.slide_layouts[0])
    first.shapes.title.text = TITLE
    for heading, parts in SECTIONS:
        has_table = any(kind == "table" for kind, _ in parts)
        slide = slides.slides.add_slide(slides.slide_layouts[5 if has_table else 1])
        slide.shapes.title.text = heading
        for kind, content in parts:
            if kind == "table":
                rows = _rows(content)
                frame = slide.shapes.add_table(len(rows), len(rows[0]), Inches(1), Inches(3), Inches(8), Inches(2))
                for index, row in enumerate(rows):
                    for column, words in enumerate(row):
                        frame.table.cell(index, column).text = words
            elif has_table:
                box = slide.shapes.add_textbox(Inches(1), Inches(1.8), Inches(8), Inches(0.6)).text_frame
                box.text = str(content)
                box.paragraphs[0].runs[0].font.size = SlidePt(18)
            else:
                body = slide.placeholders[1].text_frame
                items = _items(content) if kind == "list" else [str(content)]
                body.text = items[0]
                for item in items[1:]:
                    body.add_paragraph().text = item
    return _saved(slides.save)


MEDIA: dict[str, tuple[str, Callable[[], bytes]]] = {
    "markdown": ("guide.md", markdown),
    "pdf with ruled tables": ("guide.pdf", ruled_pdf),
    "pdf without rules": ("guide.pdf", open_pdf),
    "pdf with a page a section": ("guide.pdf", symbol_pdf),
    "docx with styles": ("guide.docx", styled_docx),
    "docx without styles": ("guide.docx", plain_docx),
    "pptx": ("guide.pptx", deck),
}
"""File name and maker by medium."""


class _Printed:
    """Sets the guide on pages, top to bottom."""

    def __init__(
        self,
        *,
        is_ruled: bool,
        bullet: str,
        heading_pt: float = 17,
        width: float = 595,
        height: float = 842,
        is_paged: bool = False,
    ) -> None:
        self._buffer = io.BytesIO()
        self._page = Canvas(self._buffer, pagesize=(width, height), invariant=1)
        self._is_ruled, self._bullet, self._heading_pt = is_ruled, bullet, heading_pt
        self._width, self._height, self._is_paged = width, height, is_paged
        self._top = height - 60

    def pages(self) -> bytes:
        self._line(TITLE, "Helvetica-Bold", 26, after=20)
        for heading, parts in SECTIONS:
            if self._is_paged:
                self._page.setFont("Helvetica", 8)
                self._page.drawString(60, 24, "Marl & Finch. Confidential.")
                self._page.showPage()
                self._top = self._height - 60
            self._top -= 12
            self._line(heading, "Helvetica-Bold", self._heading_pt, after=6)
            for kind, content in parts:
                if kind == "text":
                    self._paragraph(str(content), 60, self._width - 120)
                elif kind == "list":
                    for item in _items(content):
                        self._item(item)
                else:
                    self._table(_rows(content))
                self._top -= 8
        self._page.showPage()
        self._page.save()
        return self._buffer.getvalue()

    def _line(self, words: str, font: str, size: float, *, left: float = 60, after: float = 2) -> None:
        self._top -= size
        self._page.setFont(font, size)
        self._page.drawString(left, self._top, words)
        self._top -= after

    def _paragraph(self, words: str, left: float, width: float, font: str = "Helvetica") -> None:
        for line in self._wrapped(words, width, font):
            self._line(line, font, 11, left=left, after=3)

    def _wrapped(self, words: str, width: float, font: str) -> list[str]:
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if self._page.stringWidth(longer, font, 11) <= width:
                lines[-1] = longer
            elif self._is_paged and len(word) > 7 and lines[-1]:
                lines[-1] += f" {word[:4]}-"
                lines.append(word[4:])
            else:
                lines.append(word)
        return lines

    def _item(self, words: str) -> None:
        if self._bullet == "drawn":
            self._page.circle(72, self._top - 7, 2, fill=1, stroke=0)
        elif self._bullet == "apart":
            self._page.setFont("Helvetica", 11)
            self._page.drawString(64, self._top - 11, "•")
        self._line(f"• {words}" if self._bullet == "letter" else words, "Helvetica", 11, left=84, after=4)

    def _table(self, rows: list[list[str]]) -> None:
        width = (self._width - 120) / len(rows[0])
        for number, row in enumerate(rows):
            font = "Helvetica-Bold" if number == 0 else "Helvetica"
            cells = [self._wrapped(words, width - 24, font) for words in row]
            self._top -= 6
            first = self._top
            for column, lines in enumerate(cells):
                self._top = first
                for line in lines:
                    self._line(line, font, 11, left=60 + column * width, after=3)
                if row[column].startswith("#"):
                    self._page.setFillColor(HexColor(row[column]))
                    self._page.rect(60 + column * width + 60, first - 12, 24, 12, fill=1, stroke=0)
                    self._page.setFillColor(HexColor("#000000"))
            self._top = first - 14 * max(map(len, cells)) - 6
            if self._is_ruled:
                self._page.line(60, self._top, self._width - 60, self._top)


def _word_table(document: object, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))  # type: ignore[attr-defined]  # python-docx's factory
    for index, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(index, column).text = words


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def _items(content: object) -> list[str]:
    assert isinstance(content, tuple)
    return [str(item) for item in content]


def _rows(content: object) -> list[list[str]]:
    assert isinstance(content, tuple)
    return [[str(cell) for cell in row] for row in content]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
