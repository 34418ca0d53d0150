"""Voice: read where the brand speaks of it, never invented, negations kept."""

from reportlab.pdfgen import canvas

from tests.sgd_assets.canon.drawn_guides import drawn
from tests.sgd_assets.canon.made_evidence import canon_of

VOICE = """# Voice and tone

## Our voice

We speak like a friendly expert. We consider our voice to be:

- Calm
- Direct

## Style tips

- Use contractions.
- Write in plain English.
- Avoid jargon and slang.
- Never shout.
"""


def test_tone_dos_and_donts_are_read_from_a_section_on_voice() -> None:
    voice = canon_of(voice_md=VOICE).voice
    assert voice is not None
    assert "friendly expert" in voice.tone
    assert "Calm" in voice.tone
    assert voice.dos == ("Use contractions.", "Write in plain English.")
    assert voice.donts == ("Avoid jargon and slang.", "Never shout.")


def test_lines_under_dont_keep_their_negation() -> None:
    voice = canon_of(
        voice_md="# Tone of voice\n\n## Do\n\n- Talk like a person\n\n## Don't\n\n- Use jargon\n- Shout at people\n"
    ).voice
    assert voice is not None
    assert voice.dos == ("Talk like a person",)
    assert voice.donts[0] == "Don't use jargon"


def test_a_list_of_adjectives_is_a_tone() -> None:
    voice = canon_of(voice_md="# Voice and tone\n\nWarm, plain and practical. We sound like a neighbour.\n").voice
    assert voice is not None
    assert voice.tone == "Warm, plain and practical. We sound like a neighbour."


def test_writing_rules_alone_are_no_voice() -> None:
    assert canon_of(readme_md="# Writing about Quorum\n\n## Yes\n\n- Quorum\n\n## No\n\n- quorum\n").voice is None
    assert canon_of(readme_md="# Grammar\n\n- Use the serial comma.\n").voice is None


def test_writing_rules_add_to_a_voice_stated_elsewhere() -> None:
    voice = canon_of(
        voice_md=VOICE, plain_md="# Use plain language\n\nDon't use long words when short ones will do.\n"
    ).voice
    assert voice is not None
    assert any("long words" in line for line in voice.donts)


def test_tones_of_colour_and_voice_assistants_are_no_voice() -> None:
    assert (
        canon_of(guide_md="# Colour\n\nUse dark tones for text.\n\n# Voice assistants\n\nUse short prompts.\n").voice
        is None
    )


def test_quoted_examples_are_no_rules() -> None:
    voice = canon_of(voice_md=VOICE + "\nFor example:\n\n> Use the old name when you are in doubt.\n").voice
    assert voice is not None
    assert not any("old name" in line for line in voice.dos)


def test_we_are_beside_we_are_not_is_a_tone_and_its_limits() -> None:
    voice = canon_of(
        voice_md="# Brand voice\n\n## Voice principles\n\n| We are | We are not |\n|---|---|\n| **Warm**: we talk "
        "with "
        "people | Stiff or corporate |\n| **Brief** | Salesy |\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Warm: we talk with people. Brief."
    assert voice.donts == ("Not stiff or corporate", "Not salesy")


def test_a_table_of_traits_says_what_each_means_and_does_not_mean() -> None:
    voice = canon_of(
        voice_md="# Voice\n\n| Trait | Means | Doesn't mean |\n|---|---|---|\n| **Direct** | Lead with the point. "
        "Use "
        "plain verbs. | Brusque, dismissive. |\n| **Calm** | Don't panic. | Cold, robotic. |\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Direct. Calm."
    assert voice.dos == ("Lead with the point.", "Use plain verbs.")
    assert voice.donts == ("Not brusque, dismissive.", "Don't panic.", "Not cold, robotic.")


def test_bold_lead_words_are_traits_and_the_sentence_behind_them_a_rule() -> None:
    voice = canon_of(
        voice_md="# Our voice\n\nWe are:\n\n- **Clear.** We explain things in ordinary language.\n- **Honest.** We "
        "don't hide our limits.\n- **Confident, not boastful.** Make direct claims.\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Clear. Honest. Confident, not boastful."
    assert voice.dos == ("We explain things in ordinary language.", "Make direct claims.")
    assert voice.donts == ("We don't hide our limits.",)


def test_headings_under_a_voice_are_traits_and_numbered_ones_rules() -> None:
    voice = canon_of(
        voice_md="# Tone of voice\n\n## Expert\n\nBe confident.\n\n## Crisp and clear\n\nCut every word you can.\n\n"
        "## 3. Lead with the answer\n\nReaders are busy.\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Expert. Crisp and clear."
    assert voice.dos == ("Be confident.", "Cut every word you can.", "Lead with the answer")


def test_examples_in_quotation_marks_are_no_rules() -> None:
    voice = canon_of(
        voice_md='# Voice and tone\n\nOur voice is warm and concrete.\n\n1. **Use small, honest numbers.** "Save 24 a '
        'year" beats "Save thousands. Buy now."\n\n**Do:** "Welcome back to your nook"\n\n**Don\'t:** "User dashboard '
        'loaded"\n\n## Sample copy\n\nNever forget a book.\n\n'
        "| Don't say | Say |\n|---|---|\n| Oops | What happened |\n"
    ).voice
    assert voice is not None
    assert voice.dos == ("Use small, honest numbers.",)
    assert voice.donts == ()


def test_a_condition_in_front_of_an_instruction_stays_with_it() -> None:
    voice = canon_of(
        voice_md="# Voice\n\nOur voice is plain.\n\nWhen you're writing, consider the reader's state of mind. In "
        "general, use the present tense.\n\nBecause people come here "
        "to work, we avoid distractions like fluffy metaphors.\n"
    ).voice
    assert voice is not None
    assert voice.dos == (
        "When you're writing, consider the reader's state of mind.",
        "In general, use the present tense.",
    )
    assert voice.donts == ("Because people come here to work, we avoid distractions like fluffy metaphors.",)


def test_the_rules_of_a_spoken_voice_are_no_voice() -> None:
    readme = (
        "# Teller voice assistant\n\n## Voice\n\nChoose a voice in the settings. Use the male voice. Don't use Bob.\n"
    )
    assert canon_of(readme_md=readme).voice is None


def test_a_definition_of_voice_is_no_tone() -> None:
    voice = canon_of(
        voice_md="# Voice and tone\n\nVoice is the style of a communication. Tone is the mood of the writing. Our "
        "tone "
        "changes with the situation. The voice of the Lantern project is calm and exact.\n"
    ).voice
    assert voice is not None
    assert voice.tone == "The voice of the Lantern project is calm and exact."


def test_names_of_things_are_no_instructions() -> None:
    voice = canon_of(
        voice_md="# Voice\n\nOur voice is frank.\n\n- Open source is fun\n- Present tense for capabilities\n"
        "- Title case\n- Learn more about us\n"
    ).voice
    assert voice is not None
    assert voice.dos == ()


def _printed_page(*columns: tuple[float, tuple[str, ...]]) -> bytes:
    """A page headed 'Tone of voice' with columns of lines in one size of type, each at its own left edge."""

    def draw(page: canvas.Canvas) -> None:
        page.setFont("Helvetica-Bold", 24)
        page.drawString(60, 760, "Tone of voice")
        page.setFont("Helvetica", 10)
        page.drawString(60, 720, "Our voice is calm and exact, and it stays so wherever we write to our members.")
        for x, lines in columns:
            for row, line in enumerate(lines):
                page.drawString(x, 680 - 40 * row, line)

    return drawn(draw)


def test_columns_printed_side_by_side_keep_their_heads() -> None:
    page = _printed_page(
        (60, ("Do", "Write to one person", "Use short words")), (320, ("Don't", "Shout at members", "Jargon and slang"))
    )
    voice = canon_of(guide_pdf=page).voice
    assert voice is not None
    assert voice.tone.startswith("Our voice is calm and exact")
    assert voice.dos == ("Write to one person", "Use short words")
    assert voice.donts == ("Don't shout at members", "Don't: Jargon and slang")


def test_traits_in_small_letters_and_what_they_are_not() -> None:
    voice = canon_of(
        voice_md="# Tone of voice\n\nOur writing should be:\n\n- helpful - we explain our work openly\n- honest - "
        "about what "
        "went wrong\n\nIt is not matey or over familiar. Our goal is to teach people without confusing them.\n"
    ).voice
    assert voice is not None
    assert voice.tone == "helpful. honest - about what went wrong."
    assert voice.dos == ("We explain our work openly", "Our goal is to teach people without confusing them.")
    assert voice.donts == ("It is not matey or over familiar.",)


def test_a_table_of_rules_may_hold_phrases() -> None:
    voice = canon_of(
        voice_md="# Voice\n\nOur voice is frank.\n\n## Writing rules\n\n| Rule | Example |\n|---|---|\n| Short "
        "sentences | "
        '"Break it." |\n| No exclamation marks | Only in headlines |\n'
    ).voice
    assert voice is not None
    assert voice.dos == ("Short sentences",)
    assert voice.donts == ("No exclamation marks",)
