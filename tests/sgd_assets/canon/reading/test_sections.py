"""Headings above a block of a printed page: larger type encloses smaller, and a section runs on over the page's end."""

import io

from reportlab.pdfgen import canvas

from sgd_assets.canon.reading.sections import place_blocks, title_words
from tests.sgd_assets.canon.made_evidence import read

LINE = "A line of running text that is long enough to be read as such by everybody, and not as a label."


def _paths(*pages: tuple[tuple[int, int, str], ...]) -> dict[str, tuple[str, ...]]:
    """Text -> headings, of pages drawn as (type size, distance from the top, text)."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    for lines in pages:
        for size, top, text in lines:
            page.setFont("Helvetica", size)
            page.drawString(60, 842 - top, text)
        page.showPage()
    page.save()
    return {item.text: item.path for item in place_blocks(read("guide.pdf", buffer.getvalue()))}


def test_a_heading_stands_under_the_larger_ones_above_it() -> None:
    paths = _paths(
        (
            (30, 80, "Guide"),
            (20, 140, "Voice"),
            (14, 200, "Warm"),
            (10, 240, LINE),
            (14, 300, "Brief"),
            (10, 340, "Cut."),
        )
    )
    assert paths[LINE] == ("Guide", "Voice", "Warm")
    assert paths["Cut."] == ("Guide", "Voice", "Brief")


def test_text_above_the_first_heading_of_a_page_goes_on_with_the_page_before() -> None:
    first = ((30, 80, "Guide"), (20, 140, "Colours"), (10, 180, LINE))
    second = ((10, 80, LINE.replace("A line", "More")), (20, 200, "Type"), (10, 240, LINE.replace("A line", "Last")))
    paths = _paths(first, second)
    assert paths[LINE.replace("A line", "More")] == ("Guide", "Colours")
    assert paths[LINE.replace("A line", "Last")] == ("Type",)


def test_a_numbered_running_head_names_the_page_and_letters_of_a_specimen_head_nothing() -> None:
    paths = _paths(((8, 40, "07 / Voice"), (8, 60, "07 · VOICE"), (30, 120, "Like a friend."), (10, 160, LINE)))
    assert paths[LINE][0] == "Voice"
    specimen = _paths(((24, 60, "Typography"), (60, 160, "Aa"), (10, 240, LINE)))
    assert "Aa" not in specimen[LINE]


def test_a_heading_with_spaces_between_its_letters_ends_the_section_of_the_page_before() -> None:
    spaced = _paths(
        ((30, 80, "Guide"), (20, 140, "Colours"), (10, 180, LINE)), ((26, 60, "I n t r o"), (10, 120, "New."))
    )
    assert "Colours" not in spaced["New."]


def test_one_of_several_headings_is_no_label_of_the_page() -> None:
    paths = _paths(
        (
            (30, 60, "Teller"),
            (18, 120, "Voice"),
            (10, 160, LINE),
            (18, 240, "Wake word"),
            (10, 280, "Speak up."),
            (18, 340, "Code style"),
            (10, 380, "Write tests."),
        )
    )
    assert paths["Speak up."] == ("Teller", "Wake word")
    assert paths["Write tests."] == ("Teller", "Code style")


def test_a_printed_guide_is_called_by_the_largest_line_of_its_first_page() -> None:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    for size, top, text in ((12, 60, "2026"), (30, 120, "How we speak"), (10, 160, LINE)):
        page.setFont("Helvetica", size)
        page.drawString(60, 842 - top, text)
    page.setTitle("layout-final.indd")
    page.showPage()
    page.save()
    document = read("guide.pdf", buffer.getvalue())
    assert title_words(document, place_blocks(document), "files/brand-guide.pdf") == "How we speak files brand guide"
