"""Kinds of guides whose dos and don'ts were told on the wrong side, or on none: small invented guides of each kind."""

import pytest

from sgd_assets.canon.sides.polarity import is_bare_label, stance_of_label
from sgd_assets.canon.sides.rejected import rejected_part
from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Qué SÍ", "Qué NO"), ("Usos permitidos", "Não faça"), ("À respecter", "À proscrire"), ("Erlaubt", "Verboten"),
        ("Usi corretti", "Vietato"), ("Goed gebruik", "Dit niet"), ("Dozwolone", "Niedozwolone"),
        ("Správné použití", "Zakázáno"), ("Korrekt brug", "Ikke tilladt"), ("Rätt användning", "Ej tillåtet"),
        ("When to use the mark", "When NOT to use the mark"), ("Dos", "Don'ts (laut Leitfaden)"),
        ("Do", "What breaks the brand"),
    ],
)  # fmt: skip
def test_phrases_below_a_labelled_side_stand_on_it(right: str, wrong: str) -> None:
    canon = canon_of(
        brand_md=f"# Larch logo\n\n## {right}\n\n- Mark in green, ground in white\n\n"
        f"## {wrong}\n\n- Mark in pink, ground in grey\n"
    )
    assert canon.logo_dos == ("Mark in green, ground in white",)
    assert canon.logo_donts == ("Mark in pink, ground in grey",)


@pytest.mark.parametrize("line", ["Don't", "DO NOT:", "Never do this.", "✗ DON'T", "Do", "Avoid:"])
def test_the_name_of_a_side_is_no_rule(line: str) -> None:
    assert is_bare_label(line)


def test_a_mark_in_front_of_a_word_says_its_side_in_any_language() -> None:
    canon = canon_of(logo_md="# Logo\n\n## ✓ Oikein\n\n- Merkki valkoisella\n\n## ✗ Väärin\n\n- Merkki vinossa\n")
    assert canon.logo_dos == ("Merkki valkoisella",)
    assert canon.logo_donts == ("Merkki vinossa",)


def test_a_tick_below_donts_shows_what_is_right_and_is_told_on_no_side() -> None:
    canon = canon_of(
        voice_md="# Voice\n\nOur voice is calm, warm and plain.\n\n## Never use\n\n- Buzzwords without a meaning\n"
        "  - ✓ With our tool each post takes you a minute\n- Shouting at readers\n- Slang that readers do not know\n"
    )
    assert canon.voice is not None
    assert not any("tool" in line for line in (*canon.voice.dos, *canon.voice.donts))


def test_phrases_between_semicolons_are_each_told_on_their_side() -> None:
    canon = canon_of(
        voz_md="# Tom de voz\n\nNosso tom é próximo, claro e simples.\n\n"
        "- **Com a lei:** nada de promessas indevidas; sempre reforçar a prescrição médica\n"
        "- Fale com o leitor de perto.\n- Use palavras simples.\n"
    )
    assert canon.voice is not None
    assert canon.voice.donts == ("Nada de promessas indevidas",)
    assert "Sempre reforçar a prescrição médica" in canon.voice.dos


def test_a_page_of_a_guide_without_a_subject_tells_what_names_the_look_alone() -> None:
    canon = canon_of(
        guide_md="# Brand guidelines\n\n## The non-negotiables\n\nAll headings use Lato 300. No heading may use Arial. "
        "Never sell without a smile at the door.\n"
    )
    assert canon.logo_dos == ("All headings use Lato 300.",)
    assert canon.logo_donts == ("No heading may use Arial.",)


def test_a_fault_of_others_that_opens_with_not_is_no_prohibition() -> None:
    canon = canon_of(
        voice_md="# Voice\n\nOur voice is calm, warm and plain.\n\nNot wanting to be wrong can dilute what is said.\n"
    )
    assert canon.voice is not None
    assert canon.voice.donts == ()


def test_the_name_of_a_side_alone_on_a_line_is_told_on_none() -> None:
    canon = canon_of(
        logo_html="<h1>Logo</h1><div class='dont'><h4>✗ DON'T</h4><p>Never do this.</p>"
        "<ul><li>Stretch the logo</li></ul></div>"
    )
    assert canon.logo_donts == ("Stretch the logo",)
    assert canon.logo_dos == ()


def test_a_heading_of_both_sides_between_slashes_takes_none() -> None:
    assert stance_of_label("Do // Don't") == "neither"


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Use gold in details, never on large areas.", "Never on large areas"),
        ("Always cut out (no box around it)", "No box around it"),
        ("Fale com calma, sem jargão excessivo.", "Sem jargão excessivo"),
        ("Favicon : pictogramme seul, pas le logo horizontal recadré.", "Pas le logo horizontal recadré"),
        ("Use gold in details.", None),
        ("If in doubt, do not use it.", None),
    ],
)
def test_a_prohibition_at_the_end_is_cut_out_in_its_words(sentence: str, part: str | None) -> None:
    assert rejected_part(sentence) == part


def test_a_sentence_of_both_sides_is_told_on_both() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n- Use the gold logo in details, never on large areas.\n",
        voice_md="# Voice\n\nOur voice is calm, warm and plain.\n\n"
        "- Write in short sentences, never in capitals only.\n"
        "- Say what you mean to the reader.\n- Use plain words.\n",
    )
    assert canon.logo_dos == ("Use the gold logo in details, never on large areas.",)
    assert canon.logo_donts == ("Never on large areas",)
    assert canon.voice is not None
    assert "Never in capitals only" in canon.voice.donts
    assert "Write in short sentences, never in capitals only." in canon.voice.dos


def test_what_is_only_left_out_is_a_dont_of_the_voice() -> None:
    canon = canon_of(
        voz_md="# Tono de voz\n\nNuestro tono es cercano, claro y amable.\n\n"
        "- Sin emojis decorativos.\n- Usa frases cortas.\n- Habla con el lector de tú.\n"
    )
    assert canon.voice is not None
    assert canon.voice.donts == ("Sin emojis decorativos.",)


def test_a_list_headed_rules_tells_rules_that_are_phrases() -> None:
    canon = canon_of(
        charte_md="# Charte graphique Mélèze\n\n## Règles d’usage\n\n"
        "- **En-tête** : logo horizontal seul (pas de texte à côté).\n- Pas de variante sombre du logo.\n"
    )
    assert canon.logo_dos == ("En-tête : logo horizontal seul (pas de texte à côté).",)
    assert canon.logo_donts == ("Pas de texte à côté", "Pas de variante sombre du logo.")


def test_a_guide_without_a_title_of_one_is_known_by_its_headings() -> None:
    sided = "## Don'ts in short\n\n- Staged photographs\n"
    guide = canon_of(design_md=f"# DESIGN Larch\n\n## Logo\n\nDrawn by hand.\n\n## Typography\n\nLato.\n\n{sided}")
    other = canon_of(notes_md=f"# Notes\n\n## Typography\n\nLato.\n\n{sided}")
    assert guide.logo_donts == ("Staged photographs",)
    assert other.logo_donts == ()


def test_rules_in_the_passive_of_a_language_are_told() -> None:
    canon = canon_of(
        logo_md="# Wortmarke\n\nDie Wortmarke steht bevorzugt oben links. Sie wird weder verzerrt noch gedreht. "
        "Auf Fotos wird sie auf einer ruhigen Fläche platziert.\n"
    )
    assert canon.logo_dos == (
        "Die Wortmarke steht bevorzugt oben links.", "Auf Fotos wird sie auf einer ruhigen Fläche platziert.",
    )  # fmt: skip
    assert canon.logo_donts == ("Sie wird weder verzerrt noch gedreht.",)


def test_quoted_copy_in_a_guide_is_no_rule_on_the_look() -> None:
    canon = canon_of(
        guide_md="# Brand guide\n\n## Imagery\n\nPrefer these:\n\n"
        "- “All in green. All loud!”\n- Photos of people at work\n"
    )
    assert not any("loud" in line for line in (*canon.logo_dos, *canon.logo_donts))


def test_below_donts_a_word_of_what_is_right_is_no_dont() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n## Don'ts\n\n- Squeeze the logo\n- The final files must stay in the press folder.\n"
        "- ✓ Scale the logo as a whole\n"
    )
    assert canon.logo_donts == ("Squeeze the logo",)
    assert canon.logo_dos == ()


def test_clear_space_in_a_list_of_dos_is_one_of_them() -> None:
    canon = canon_of(
        logo_md="# Logo\n\nKeep clear space of half the logo's height on all sides.\n\n## Do\n\n"
        "- Maintain clear space around the logo\n- Scale the logo as a whole\n"
    )
    assert canon.logo_dos == ("Maintain clear space around the logo", "Scale the logo as a whole")


def test_columns_and_ticks_of_a_table_on_the_look_are_parted() -> None:
    canon = canon_of(
        guide_md="# Brand guide\n\n## Photography\n\n| Do | Don't |\n|---|---|\n| Real people | Staged smiles |\n\n"
        "## Colour\n\n| | |\n|---|---|\n| ✓ | Green on white paper |\n| ✗ | Keep small text in green |\n"
    )
    assert canon.logo_dos == ("Real people", "Green on white paper")
    assert canon.logo_donts == ("Staged smiles", "Keep small text in green")


def test_ticks_and_crosses_of_a_table_on_the_voice_tell_the_sides_of_its_cells() -> None:
    canon = canon_of(
        voice_md="# Brand voice\n\nOur voice is casual, direct and honest.\n\n| | | |\n|---|---|---|\n"
        "| ✓ Talk like a peer | ✗ | Use filler words |\n| ✓ Use you and your | ✗ | Sound like a pitch |\n"
    )
    assert canon.voice is not None
    assert canon.voice.dos == ("Talk like a peer", "Use you and your")
    assert canon.voice.donts == ("Use filler words", "Sound like a pitch")


def test_how_the_voice_speaks_may_be_said_on_any_page() -> None:
    canon = canon_of(
        brand_md="# Larch\n\n## Who we serve\n\nOur brand voice speaks to them like a friend: casual, direct, honest. "
        "We never sound corporate. We keep sentences short for readers.\n"
    )
    assert canon.voice is not None
    assert "We never sound corporate." in canon.voice.donts


def test_a_column_of_donts_of_the_voice_is_none_of_the_look() -> None:
    canon = canon_of(
        guide_md="# Brand guide\n\n## Logo\n\nDrawn by hand.\n\n## Voice\n\nOur voice is clear, calm and warm.\n\n"
        "| Do | Don't |\n|---|---|\n| Say what it is | Do not preach to the reader |\n"
        "| Be brief | Do not shout at people |\n"
    )
    assert canon.logo_donts == ()
    assert canon.voice is not None
    assert canon.voice.donts == ("Do not preach to the reader", "Do not shout at people")


def test_a_table_of_voice_rules_without_heads_is_read_from_its_first_row() -> None:
    canon = canon_of(
        voice_html="<h1>Voice</h1><p>Our voice is clear, calm and confident.</p><h2>Rules</h2><table><tbody>"
        "<tr><td>Data</td><td>Let the numbers speak for us.</td></tr>"
        "<tr><td>Praise</td><td>Never say best or ultimate.</td></tr>"
        "<tr><td>Length</td><td>Keep sentences short for readers.</td></tr></tbody></table>"
    )
    assert canon.voice is not None
    assert canon.voice.dos == ("Let the numbers speak for us.", "Keep sentences short for readers.")
    assert canon.voice.donts == ("Never say best or ultimate.",)


def test_a_plain_instruction_below_a_heading_on_type_needs_no_word_of_it_in_a_guide() -> None:
    canon = canon_of(guide_md="# Brand guide\n\n## Typography\n\nUse Lato for everything that we print.\n")
    assert canon.logo_dos == ("Use Lato for everything that we print.",)
