"""Tables on a voice: traits and what they mean, do beside do not, the row of a table on the brand."""

import pytest

from tests.sgd_assets.canon.made_evidence import canon_of


def test_we_are_beside_we_are_not_is_a_tone_and_its_limits() -> None:
    voice = canon_of(
        voice_md="# Brand voice\n\n## Voice principles\n\n| We are | We are not |\n|---|---|\n| **Warm**: we talk "
        "with "
        "people | Stiff or corporate |\n| **Brief** | Salesy |\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Warm: we talk with people. Brief."
    assert voice.donts == ("Stiff or corporate", "Salesy")


def test_a_table_of_traits_says_what_each_means_and_does_not_mean() -> None:
    voice = canon_of(
        voice_md="# Voice\n\n| Trait | Means | Doesn't mean |\n|---|---|---|\n| **Direct** | Lead with the point. "
        "Use "
        "plain verbs. | Brusque, dismissive. |\n| **Calm** | Don't panic. | Cold, robotic. |\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Direct. Calm."
    assert voice.dos == ("Lead with the point.", "Use plain verbs.")
    assert voice.donts == ("Brusque, dismissive.", "Don't panic.", "Cold, robotic.")


def test_a_table_of_rules_may_hold_phrases() -> None:
    voice = canon_of(
        voice_md="# Voice\n\nOur voice is frank.\n\n## Writing rules\n\n| Rule | Example |\n|---|---|\n| Short "
        "sentences | "
        '"Break it." |\n| No exclamation marks | Only in headlines |\n'
    ).voice
    assert voice is not None
    assert voice.dos == ("Short sentences",)
    assert voice.donts == ("No exclamation marks",)


def test_a_table_may_number_its_traits_and_call_its_columns_in_another_language() -> None:
    voice = canon_of(
        tono_md="# Tono di voce\n\n| # | Principio | Che cosa significa |\n|---|---|---|\n"
        "| 1 | **Chiaro & diretto** | Scrivi frasi brevi per tutti. |\n\n| Fai (✅) | Evita (🚫) |\n|---|---|\n"
        "| Usa il tu per creare vicinanza. | Frasi passive e lunghe. |\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Chiaro & diretto."
    assert "Scrivi frasi brevi per tutti." in voice.dos
    assert "Usa il tu per creare vicinanza." in voice.dos
    assert any("passive e lunghe" in line for line in voice.donts)


@pytest.mark.parametrize(
    "table",
    [
        "| Tone of voice | Plain English |\n|---|---|\n| Approximately | About |\n| Commence | Start |\n",
        "| Instead of | Write |\n|---|---|\n| Utilise | Use |\n| In order to | To |\n",
    ],
)
def test_tables_that_trade_words_state_no_voice(table: str) -> None:
    assert canon_of(words_md=f"# Tone of voice\n\n{table}").voice is None


def test_a_row_on_the_tone_in_a_table_on_the_brand_states_it() -> None:
    head = "# Brand\n\n## Essence\n\n| Attribute | Description |\n|---|---|\n| **Mission** | Make maps free. |\n"
    voice = canon_of(brand_md=f"{head}| **Tone of Voice** | Plain words, light humour. Avoid jargon. |\n").voice
    assert voice is not None
    assert voice.tone == "Plain words, light humour."
    assert voice.donts == ("Avoid jargon.",)
    assert canon_of(brand_md=f"{head}| Voice | 8100 |\n| Tone of voice | three files |\n").voice is None
