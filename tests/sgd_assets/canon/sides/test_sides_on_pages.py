"""Sides of what is printed on pages: lists without bullets, running lines, columns below headings of sides."""

import io
from collections.abc import Sequence

from reportlab.pdfgen import canvas

from sgd_assets.canon.model import Canon
from tests.sgd_assets.canon.made_evidence import canon_of

_Line = tuple[float, float, float, str]
"""x, y from the top, size, words."""


def _canon(*pages: Sequence[_Line]) -> Canon:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(842, 595), invariant=1)
    for lines in pages:
        for x, y, size, words in lines:
            page.setFont("Helvetica", size)
            page.drawString(x, 595 - y, words)
        page.showPage()
    page.save()
    return canon_of(larch_brand_guidelines_pdf=buffer.getvalue())


def test_lines_below_avoid_are_told_one_by_one() -> None:
    body = "Our photography is natural and human. Use natural light wherever possible in a photograph."
    shown = ["Staged group shots", "Over-saturated colours", "Clichéd handshakes"]
    canon = _canon(
        [(40, 100, 30, "Photography"), (40, 160, 10, body), (560, 160, 15, "Avoid")]
        + [(560, 185 + 12 * at, 10, words) for at, words in enumerate(shown)]
    )
    assert canon.logo_donts == tuple(shown)


def test_a_running_line_with_the_pages_number_is_no_caption() -> None:
    rows = [(40.0, 300.0, 9.0, "Altered proportions"), (300.0, 300.0, 9.0, "Outlined letters")]
    canon = _canon(
        *(
            [(40.0, 100.0, 30.0, "Incorrect usage"), *rows, (40.0, 570.0, 7.0, f"Larch Brand Guidelines — {number}")]
            for number in (7, 8)
        )
    )
    assert canon.logo_donts == ("Altered proportions", "Outlined letters")


def test_lines_lined_up_below_do_and_dont_are_read_on_a_page_about_writing() -> None:
    dos = ["Write like you speak", "Keep paragraphs to three sentences", "Use contractions to sound natural"]
    donts = ["Use exclamation marks in headlines", "Lean on technical acronyms", "Write in the passive voice"]
    columns = [(40.0, "Do", dos), (440.0, "Don’t", donts)]
    canon = _canon(
        [(40, 100, 30, "Tone of voice"), (40, 160, 10, "Our tone of voice is warm, direct and curious.")],
        [(40, 100, 30, "Writing tips")]
        + [(x, 150, 15, head) for x, head, _ in columns]
        + [(x, 180 + 14 * at, 10, words) for x, _, listed in columns for at, words in enumerate(listed)],
    )
    assert canon.voice is not None
    assert canon.voice.dos == tuple(dos)
    assert canon.voice.donts == tuple(donts)


def test_the_head_of_a_column_may_be_a_heading_on_another_page() -> None:
    canon = _canon(
        [(40, 100, 30, "Do"), (40, 160, 10, "Use the logo on a white ground.")],
        [
            (40, 100, 30, "Photography"),
            (40, 160, 10, "Do"),
            (440, 160, 10, "Don’t"),
            (40, 190, 10, "Natural light in all rooms"),
            (440, 190, 10, "Smiles that are staged"),
        ],
    )
    assert "Natural light in all rooms" in canon.logo_dos
    assert "Smiles that are staged" in canon.logo_donts


def test_short_lines_side_by_side_stay_below_their_own_headings() -> None:
    columns = {40.0: ("We are", "Friendly", "Direct", "Curious"), 400.0: ("We are not", "Silly", "Rude", "Naive")}
    lines = [
        (40.0, 60.0, 28.0, "Brand voice"),
        (40.0, 540.0, 10.0, "We leave room around every line of the text here."),
    ]
    for x, (head, *items) in columns.items():
        lines += [(x, 120.0, 14.0, head), *((x, 150.0 + 16 * at, 10.0, words) for at, words in enumerate(items))]
    canon = _canon(lines)
    assert canon.voice is not None
    assert canon.voice.tone == "Friendly. Direct. Curious."
    assert canon.voice.donts == ("Silly", "Rude", "Naive")


def test_what_we_are_and_are_not_in_other_words() -> None:
    columns = {
        40.0: ("So sprechen wir", "klar und direkt", "freundlich", "auf Augenhöhe"),
        400.0: ("So sprechen wir nicht", "belehrend", "werblich", "kompliziert"),
    }
    lines = [
        (40.0, 60.0, 28.0, "Tonalität"),
        (40.0, 540.0, 10.0, "Um jede Zeile unserer Texte bleibt genügend Raum frei."),
    ]
    for x, (head, *items) in columns.items():
        lines += [(x, 120.0, 14.0, head), *((x, 150.0 + 16 * at, 10.0, words) for at, words in enumerate(items))]
    canon = _canon(lines)
    assert canon.voice is not None
    assert canon.voice.tone == "klar und direkt. freundlich. auf Augenhöhe."
    assert canon.voice.donts == ("belehrend", "werblich", "kompliziert")
