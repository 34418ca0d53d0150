"""What stands below don'ts is never told as a do, whatever says that they are don'ts."""

import pytest

from sgd_assets.canon.sides.polarity import stance_of_label
from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    "label",
    [
        "Logo don'ts", "Voice don’ts", "What we avoid", "3. Incorrect usage", "Misuse", "Unacceptable logo usage",
        "Things to avoid", "How not to use the logo", "Common mistakes", "DO NOT:", "Don't do this", "À éviter",
        "Falsche Verwendung", "Usos incorrectos", "Da evitare", "Usos incorretos", "Niet doen", "What it isn't",
        "Niedozwolone użycie", "Felaktig användning", "Forkert brug", "Nesprávné použití", "禁止事項",
        "Do not use the logo this way", "Never use it like this",
    ],
)  # fmt: skip
def test_a_label_of_donts_is_one(label: str) -> None:
    assert stance_of_label(label) == "dont"


@pytest.mark.parametrize(
    "label", ["Do's and don'ts", "Correct and incorrect usage", "Use and misuse", "Right vs wrong"]
)
def test_a_label_of_both_sides_takes_none(label: str) -> None:
    assert stance_of_label(label) == "neither"


@pytest.mark.parametrize("label", ["Colour", "Documentation", "Correcting errors", "Voice and tone"])
def test_other_headings_take_no_side(label: str) -> None:
    assert stance_of_label(label) is None


@pytest.mark.parametrize("label", ["Do use the logo this way", "Use the mark like this"])
def test_a_heading_that_points_at_what_is_right_takes_its_side(label: str) -> None:
    assert stance_of_label(label) == "do"


def test_columns_of_dos_and_donts_without_negations_are_parted_by_their_headings() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n## Do use the logo this way\n\nPut the white logo on a dark ground.\n\n"
        "## Do not use the logo this way\n\nPut the white logo on any colour.\n"
    )
    assert canon.logo_dos == ("Put the white logo on a dark ground.",)
    assert canon.logo_donts == ("Put the white logo on any colour.",)


def test_captions_without_a_negation_below_logo_donts_are_donts_as_written() -> None:
    canon = canon_of(
        logo_md="# Larch\n\n## Logo don'ts\n\n- Use the mark without the name\n- Squeeze the logo\n\n"
        "### On photographs\n\n- Put it on busy ground\n\n"
        "## Logo dos\n\n- Leave it room\n"
    )
    assert canon.logo_donts == ("Use the mark without the name", "Squeeze the logo", "Put it on busy ground")
    assert canon.logo_dos == ("Leave it room",)


def test_what_is_right_below_donts_is_told_on_neither_side() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n## Incorrect use\n\nAlways use the logo files that we supply.\n\n- Tilt the logo\n"
        "- Use the logo in one colour instead\n"
    )
    assert canon.logo_donts == ("Tilt the logo",)
    assert canon.logo_dos == ()


def test_a_heading_that_forbids_has_no_dos_below() -> None:
    canon = canon_of(
        voice_md="# Voice\n\nWe are warm and plain.\n\n## Do\n\n- Greet people by name\n\n## Avoid jargon\n\n"
        "Use jargon and readers leave.\n"
    )
    assert canon.voice is not None
    assert canon.voice.dos == ("Greet people by name",)


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("<template #dont-text>", "</template>"),
        ("<template v-slot:donts>", "</template>"),
        ('<div class="guideline guideline--dont">', "</div>"),
        ("<DontExample>", "</DontExample>"),
        ('<Guideline type="dont">', "</Guideline>"),
        ('<section id="incorrect-usage">', "</section>"),
    ],
)
def test_lists_in_a_box_named_dont_are_donts(opened: str, closed: str) -> None:
    canon = canon_of(
        writing_md="# Voice and tone\n\nWe are plain and kind.\n\n<Rules>\n\n- Use short sentences.\n\n"
        f"{opened}\n\n- Give an error without a way out.\n- Use long words.\n\n{closed}\n\n"
        "</Rules>\n\n- Thank people.\n"
    )
    assert canon.voice is not None
    assert canon.voice.donts == ("Give an error without a way out.", "Use long words.")
    assert canon.voice.dos == ("Use short sentences.", "Thank people.")


def test_lists_of_a_page_in_a_class_named_dont_are_donts() -> None:
    canon = canon_of(
        index_html="<h1>Voice and tone</h1><p>We are plain and kind.</p>"
        '<div class="rules"><ul class="dos"><li>Use short sentences.</li></ul>'
        '<ul class="is-dont break-inside-avoid"><li>Use long words.</li><li>Shout at readers.</li></ul></div>'
    )
    assert canon.voice is not None
    assert canon.voice.donts == ("Use long words.", "Shout at readers.")
    assert canon.voice.dos == ("Use short sentences.",)


def test_a_logo_table_headed_do_and_dont_is_parted_by_its_columns() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n| Do | Don't |\n|---|---|\n| Use the full lockup | Stretch the mark |\n"
        "| Place it top left | Recolour the mark |\n"
    )
    assert canon.logo_dos == ("Use the full lockup", "Place it top left")
    assert canon.logo_donts == ("Stretch the mark", "Recolour the mark")
