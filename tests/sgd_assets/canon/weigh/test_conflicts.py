"""What disagrees is kept and shown, with the rule that decided."""

import io

from reportlab.pdfgen import canvas

from sgd_assets.canon.model import Canon
from tests.sgd_assets.canon.made_evidence import canon_of


def guideline(*swatches: tuple[str, str, str]) -> bytes:
    """A page of (name, drawn hex, printed hex) swatches, captions below."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(600, 400), invariant=1)
    page.setFont("Helvetica", 24)
    page.drawString(40, 350, "Colour palette")
    for i, (name, drawn, printed) in enumerate(swatches):
        left = 40 + 150 * i
        page.setFillColor(drawn)
        page.rect(left, 200, 100, 100, stroke=0, fill=1)
        page.setFillColor("#222222")
        page.setFont("Helvetica", 9)
        page.drawString(left, 185, name)
        page.drawString(left, 173, f"HEX {printed}")
    page.save()
    return buffer.getvalue()


GOOD = (("Lake", "#005F73", "#005F73"), ("Coral", "#EE6C4D", "#EE6C4D"), ("Sand", "#E9D8A6", "#E9D8A6"))


def swatch_conflicts(canon: Canon) -> list[tuple[str, str]]:
    return [(c.kept, c.dropped) for c in canon.conflicts if "swatch" in c.rule]


def test_swatches_that_show_what_they_say_are_no_conflict() -> None:
    canon = canon_of(guide_pdf=guideline(*GOOD))
    assert canon.palette_hex == ("#005F73", "#EE6C4D", "#E9D8A6")
    assert swatch_conflicts(canon) == []


def test_one_corrupted_label_is_reported_and_the_printed_value_kept() -> None:
    canon = canon_of(guide_pdf=guideline(GOOD[0], ("Coral", "#EE6C4D", "#2E6C4D"), GOOD[2]))
    assert swatch_conflicts(canon) == [("#2E6C4D", "#EE6C4D")]
    assert "#2E6C4D" in canon.palette_hex
    assert canon.conflicts[0].citations[0].page == 1


def test_a_corrupted_label_in_html_is_reported() -> None:
    row = '<tr><td><span style="background-color:{}"></span>{}</td><td>{}</td></tr>'
    rows = row.format("#005f73", "Lake", "#005f73") + row.format("#ee6c4d", "Coral", "#2e6c4d")
    canon = canon_of(colours_html=f"<h1>Colours</h1><table>{rows}</table>")
    assert swatch_conflicts(canon) == [("#2E6C4D", "#EE6C4D")]


def test_a_printed_hex_wins_over_the_rgb_beside_it() -> None:
    canon = canon_of(
        guide_md="# Colours\n\n| Name | Hex | RGB |\n|---|---|---|\n| Lake | #3A6B3A | 38, 90, 54 |\n| Sky | #3F6FB0 |"
        " 63, 111, 176 |\n"
    )
    assert canon.palette_hex == ("#3A6B3A", "#3F6FB0")
    assert [(c.kept, c.dropped) for c in canon.conflicts] == [("#3A6B3A", "#265A36")]


def test_one_name_with_two_values_in_two_files_is_a_conflict() -> None:
    canon = canon_of(
        guide_md="# Colours\n\n| Name | Hex |\n|---|---|\n| Lake blue | #005F73 |\n| Coral | #EE6C4D |\n",
        b__colours_md="# Colours\n\n| Name | Hex |\n|---|---|\n| Lake blue | #0A9396 |\n| Sand | #E9D8A6 |\n",
    )
    assert [(c.kept, c.dropped) for c in canon.conflicts] == [("#0A9396", "#005F73")]
    assert len(canon.conflicts[0].citations) == 2
