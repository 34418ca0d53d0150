"""Voice: read where the brand speaks of it, never invented, negations kept."""

import pytest
from reportlab.pdfgen import canvas

from sgd_assets.canon.imperatives import imperative
from sgd_assets.canon.voice_lines import read_sentence
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
        voice_md="# Voice\n\nOur voice is frank. Open source brings people together.\n\n- Open source is fun\n"
        "- Learn more about us\n- The page lists what we support\n"
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
    assert voice.donts == ("Don't shout at members", "Not jargon and slang")


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


@pytest.mark.parametrize(
    ("sentence", "is_tone"),
    [
        ("Our writing should always be calm and exact.", True),
        ("Lantern sounds warm, plain and practical.", True),
        ("Content keeps a light, but wise (never overexcited) tone.", True),
        ("We reach people in a clear, friendly way.", True),
        ("Unser Ton ist freundlich und klar.", True),
        ("Écrire au présent, avec un ton neutre et direct.", True),
        ("Achtet auf einen Ton, der freundlich und klar ist.", True),
        ("Keep the tone of your e-mails in mind.", False),
        ("Lantaarn spreekt als een nuchter, deskundig adviseur.", True),
        ("Whether you notice or not, you have a unique voice.", False),
        ("A strong voice helps people to find us.", False),
        ("You may speak in long and colloquial sentences.", False),
        ("Our voice stays the same, our tone changes.", False),
    ],
)
def test_a_tone_is_what_is_said_of_the_voice_or_of_the_brand(sentence: str, is_tone: bool) -> None:
    assert [said.kind for said in read_sentence(sentence, is_voice=True)].count("voice_tone") == is_tone


def test_a_guide_to_writing_states_a_voice_by_its_rules() -> None:
    rules = "- Write short sentences.\n- Use plain words.\n- Avoid jargon.\n- Address readers as you.\n"
    voice = canon_of(guide_md=f"# Editorial style guide\n\n## Sentences\n\n{rules}").voice
    assert voice is not None
    assert voice.dos == ("Write short sentences.", "Use plain words.", "Address readers as you.")
    assert voice.donts == ("Avoid jargon.",)
    assert canon_of(guide_md=f"# Contributing\n\n## Sentences\n\n{rules}").voice is None
    assert (
        canon_of(guide_md="# Writing style guide\n\n- Indent code with tabs\n- Name files in snake case\n").voice
        is None
    )


def test_a_writing_guide_lends_no_tone_to_a_voice_stated_elsewhere() -> None:
    voice = canon_of(
        voice_md=VOICE,
        plain_md="# Content style guide\n\nOur content is clear. Plain words are kind. Use short words.\n",
    ).voice
    assert voice is not None
    assert "Our content is clear" not in voice.tone


def test_headings_that_say_we_are_but_not_make_a_page_on_the_voice() -> None:
    voice = canon_of(
        character_md="# We are witty, but not silly\n\nWe seek smiles.\n\n# We are upbeat, but never loud\n\n"
        "Readers feel at ease.\n"
    ).voice
    assert voice is not None
    assert voice.tone.startswith("We are witty, but not silly. We are upbeat, but never loud")


def test_quotations_and_forms_nobody_filled_in_are_no_rules() -> None:
    voice = canon_of(voice_md=VOICE + "\nOne of us once said:\n\n> Use big words. We are loud.\n").voice
    assert voice is not None
    assert not any("big words" in line for line in voice.dos)
    form = "# Tone of voice of [CLIENT NAME]\n\nOur voice is:\n\n- **[Attribute 1]** over [opposite]\n\nWe {{tone}}.\n"
    assert canon_of(form_md=form).voice is None


@pytest.mark.parametrize(
    "page",
    [
        "# Creating a brand voice\n\nIt is about how a brand should sound, be it friendly, witty or authoritative.\n",
        "# Code review guidelines\n\n## Tone\n\n- Be concise and kind.\n- Use the imperative mood.\n- Avoid praise.\n",
        "# Words people search\n\n## Tone of voice\n\n- tone of voice - 8100\n- voice tone meaning - 1600\n",
    ],
)
def test_lessons_on_voices_and_reviews_of_code_are_no_voice(page: str) -> None:
    assert canon_of(page_md=page).voice is None


def test_phrases_in_lists_on_the_voice_are_rules_and_remarks_are_none() -> None:
    voice = canon_of(
        voice_md="# Tone of voice\n\nOur tone is calm.\n\n## How we do it\n\n- Short sentences\n- One idea per line\n"
        "- The reader is busy\n- Who will read it?\n- See https://example.org\n"
    ).voice
    assert voice is not None
    assert voice.dos == ("Short sentences", "One idea per line")


def test_heads_and_labels_in_other_languages_keep_their_negation() -> None:
    voice = canon_of(
        ton_md="# Tonalität\n\nUnser Ton ist klar.\n\n- Wir klingen nicht wie: Behörden\n\n"
        "## Was ihr vermeiden solltet\n\n- Fachjargon\n\n## Satzbau\n\n- Ein Gedanke pro Satz\n"
        '- BESSER: "Wir helfen dir"\n'
    ).voice
    assert voice is not None
    assert voice.donts == ("Wir klingen nicht wie: Behörden", "Was ihr vermeiden solltet: Fachjargon")
    assert voice.dos == ("Ein Gedanke pro Satz",)


def test_verbs_of_german_and_french_instruct_by_their_form() -> None:
    assert imperative("Verwendet kurze Sätze, die für das Publikum klar sind.") == "voice_do"
    assert imperative("Versucht nicht, die Leser zu unterhalten.") == "voice_dont"
    assert imperative("Adressez-vous directement aux gens") == "voice_do"
    assert imperative("Faire des phrases courtes") == "voice_do"
    assert imperative("Notre ton est clair et simple.") is None
    assert imperative("Whether a reader knows it or not") is None


def test_a_bold_line_above_a_sentence_is_its_title() -> None:
    voice = canon_of(
        toon_md="# Tone of voice\n\n**Nuchter & direct**\nSchrijf zonder omhaal en zonder grote woorden.\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Nuchter & direct."
    assert voice.dos == ("Schrijf zonder omhaal en zonder grote woorden.",)


def test_a_document_without_headings_is_titled_by_its_first_line() -> None:
    voice = canon_of(
        style_txt="Blog post style guide:\n1. Tone: Friendly and calm.\n2. Structure: Use short paragraphs.\n"
        "3. Words: Use simple language. Avoid jargon.\n"
    ).voice
    assert voice is not None
    assert "Use short paragraphs." in voice.dos
    assert voice.donts == ("Avoid jargon.",)


def test_a_phrase_right_below_a_heading_on_the_voice_calls_it_by_its_trait() -> None:
    voice = canon_of(
        writer_md="# Texts\n\n## Voice\n\nHelpful guide who respects the reader's time. Words cost.\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Helpful guide who respects the reader's time."


def test_items_that_open_with_traits_are_tones_and_scales_are_none() -> None:
    voice = canon_of(
        voice_md="# Writing voice\n\n- Warm, earnest and direct without being formal, no jargon\n- Funny vs. serious\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Warm, earnest and direct without being formal, no jargon."
    assert voice.dos == ()


def test_traits_with_the_copy_that_shows_them_are_kept_without_it() -> None:
    voice = canon_of(
        voce_md="# Tono di voce\n\nIl nostro tono è caldo.\n\n## ✅ DO - Tono corretto\n\n"
        '- **Familiare ma rispettoso**: "Ti raccontiamo un segreto"\n\n## ❌ DON\'T - Toni da evitare\n\n'
        '- **Troppo formale**: "La nostra struttura ricettiva"\n'
    ).voice
    assert voice is not None
    assert voice.dos == ("Familiare ma rispettoso",)
    assert voice.donts == ("DON'T - Toni da evitare: Troppo formale",)


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


def test_a_word_for_tones_elsewhere_makes_no_voice_of_what_stands_beside_it() -> None:
    assert canon_of(about_md="# About\n\nWe are honest people. Our tone is set by the band.\n").voice is None
    voice = canon_of(about_md="# About\n\nWe build tools. Our tone is friendly and frank.\n").voice
    assert voice is not None


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
