"""Values that their page bears out, channels in columns, printed tints and labelled sets. Every brand is invented."""

from reportlab.lib.colors import HexColor
from reportlab.pdfgen import canvas

from sgd_assets.canon.colours.channel_columns import channel_columns
from sgd_assets.canon.colours.proved import guide_values, verified
from sgd_assets.canon.facts.claims import ColourClaim
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_resources.parsed_document import Location, TableCell, TextBlock
from tests.sgd_assets.canon.drawn_guides import drawn
from tests.sgd_assets.canon.made_evidence import canon_of

SWATCHES = ("#FFFBF9", "#E27152", "#395C6B")


def claim(value: str, *, method: str = "stated_hex") -> ColourClaim:
    return ColourClaim(hex=value, tier="pixels", method=method, quote=value, location=Location(page=1), order=0)


def test_a_value_printed_beside_its_own_swatch_is_stated_under_any_heading() -> None:
    def draw(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 24)
        page.drawString(50, 780, "Kestrel at a glance")
        for place, value in enumerate(SWATCHES):
            page.setFillColor(HexColor(value))
            page.rect(50 + 150 * place, 600, 120, 100, stroke=0, fill=1)
            page.setFillColor(HexColor("#222222"))
            page.setFont("Helvetica", 10)
            page.drawString(60 + 150 * place, 640, value)

    assert canon_of(guide_pdf=drawn(draw)).palette_hex == SWATCHES


def test_a_value_that_no_shape_of_its_own_colour_stands_beside_stays_a_sentence() -> None:
    def draw(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 24)
        page.drawString(50, 780, "Kestrel at a glance")
        page.setFont("Helvetica", 10)
        for place, value in enumerate(SWATCHES):
            page.drawString(60, 640 - 20 * place, f"The colour {value} was used once.")

    facts = [fact for fact in canon_of(guide_pdf=drawn(draw)).facts if fact.kind == "colour"]
    assert {fact.method for fact in facts} == {"sentence_hex"}


def test_a_recognised_value_counts_when_shown_in_inks_or_said_twice() -> None:
    read = claim("#1F6F50")
    assert verified(read, (), {1: ("#2B7A5C",)}, is_picture=False).excluded is None
    assert verified(read, ("#1E6F50",), {1: ("#FFFFFF",)}, is_picture=False).excluded is None
    assert verified(read, ("#B03060",), {1: ("#FFFFFF",)}, is_picture=False).excluded is not None


def test_values_of_a_guide_in_one_picture_outrank_a_logo_file_but_one_colour_s_picture_does_not() -> None:
    read = [claim("#0A66C2", method="recognised_value"), claim("#7AB800", method="recognised_value")]
    assert {c.tier for c in guide_values(read, "kestrel brand guide")} == {"swatch"}
    assert {c.tier for c in guide_values(read, "color secondary")} == {"pixels"}
    assert {c.tier for c in guide_values(read[:1], "kestrel brand guide")} == {"pixels"}


def _cells(*columns: str) -> list[PlacedBlock]:
    return [
        PlacedBlock(
            TextBlock(
                text=text,
                kind="table_cell",
                location=Location(page=1, bbox=(column, row, column + 1, row + 1)),
                cell=TableCell(table=0, row=row, column=column, is_header=False),
            ),
            row * len(columns) + column,
        )
        for column, words in enumerate(columns)
        for row, text in enumerate(words.split(", "))
    ]


def test_channels_below_each_other_are_one_colour_with_the_inks_left_of_them() -> None:
    runs = channel_columns(_cells("C 0, M 50, Y 100, K 0", "R 247, G 148, B 29", "C 67, M 59, Y 58, K 40"))
    assert [[line.text for line in run] for run in runs] == [
        ["C 0 M 50 Y 100 K 0", "R 247 G 148 B 29"],
        ["C 67 M 59 Y 58 K 40"],
    ]
    assert channel_columns(_cells("C 0, M 50, Y 100, K 0", "Name, of, a, colour")) == []
    assert channel_columns(_cells("R 247, G 148", "C 0, M 50")) == []


def test_values_printed_below_a_percentage_are_tints() -> None:
    def draw(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 24)
        page.drawString(50, 780, "Colours")
        page.setFont("Helvetica", 9)
        columns = (("100%", "#0B5FA5", "#E8552B"), ("50%", "#85AFD2", "#F4AA95"), ("25%", "#C2D7E8", "#F9D4CA"))
        for place, column in enumerate(columns):
            for row, text in enumerate(column):
                page.drawString(60 + 110 * place, 720 - 20 * row, text)

    assert canon_of(guide_pdf=drawn(draw)).palette_hex == ("#0B5FA5", "#E8552B")


def test_a_labelled_line_states_the_brand_s_colours_and_names_them_behind() -> None:
    canon = canon_of(
        README_md="# Kestrel\n\nOfficial colours: #88398a (Plum) & #a7a9ac (Fog).\n",
        slides_md="# Color palette\n\n#181818 #D3D3D3 #562457\n",
    )
    assert canon.palette_hex == ("#88398A", "#A7A9AC")
    assert [fact.colour.name for fact in canon.facts if fact.colour][:2] == ["Plum", "Fog"]
    pair = canon_of(README_md="# Kestrel\n\nPrimary color: #88398a\n\nSecondary color: #2f99a4\n")
    assert pair.palette_hex == ("#88398A", "#2F99A4")
