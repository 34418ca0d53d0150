"""Voice: read where the brand speaks of it, never invented, negations kept."""

from reportlab.pdfgen import canvas

from tests.sgd_assets.canon.drawn_guides import drawn
from tests.sgd_assets.canon.made_evidence import VOICE, canon_of


def test_tone_dos_and_donts_are_read_from_a_section_on_voice() -> None:
    voice = canon_of(voice_md=VOICE).voice
    assert voice is not None
    assert "friendly expert" in voice.tone
    assert "Calm" in voice.tone
    assert voice.dos == ("Use contractions.", "Write in plain English.")
    assert voice.donts == ("Avoid jargon and slang.", "Never shout.")


def test_lines_under_dont_stay_as_they_are_written() -> None:
    voice = canon_of(
        voice_md="# Tone of voice\n\n## Do\n\n- Talk like a person\n\n## Don't\n\n- Use jargon\n- Shout at people\n"
    ).voice
    assert voice is not None
    assert voice.dos == ("Talk like a person",)
    assert voice.donts[0] == "Use jargon"


def test_a_list_of_adjectives_is_a_tone() -> None:
    voice = canon_of(voice_md="# Voice and tone\n\nWarm, plain and practical. We sound like a neighbour.\n").voice
    assert voice is not None
    assert voice.tone == "Warm, plain and practical. We sound like a neighbour."


def test_quoted_examples_are_no_rules() -> None:
    voice = canon_of(voice_md=VOICE + "\nFor example:\n\n> Use the old name when you are in doubt.\n").voice
    assert voice is not None
    assert not any("old name" in line for line in voice.dos)


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
    assert voice.donts == ("Shout at members", "Jargon and slang")


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


def test_quotations_and_forms_nobody_filled_in_are_no_rules() -> None:
    voice = canon_of(voice_md=VOICE + "\nOne of us once said:\n\n> Use big words. We are loud.\n").voice
    assert voice is not None
    assert not any("big words" in line for line in voice.dos)
    form = "# Tone of voice of [CLIENT NAME]\n\nOur voice is:\n\n- **[Attribute 1]** over [opposite]\n\nWe {{tone}}.\n"
    assert canon_of(form_md=form).voice is None


def test_phrases_in_lists_on_the_voice_are_rules_and_remarks_are_none() -> None:
    voice = canon_of(
        voice_md="# Tone of voice\n\nOur tone is calm.\n\n## How we do it\n\n- Short sentences\n- One idea per line\n"
        "- The reader is busy\n- Who will read it?\n- See https://example.org\n"
    ).voice
    assert voice is not None
    assert voice.dos == ("Short sentences", "One idea per line")


def test_heads_and_labels_in_other_languages_put_lines_on_their_side() -> None:
    voice = canon_of(
        ton_md="# Tonalität\n\nUnser Ton ist klar.\n\n- Wir klingen nicht wie: Behörden\n\n"
        "## Was ihr vermeiden solltet\n\n- Fachjargon\n\n## Satzbau\n\n- Ein Gedanke pro Satz\n"
        '- BESSER: "Wir helfen dir"\n'
    ).voice
    assert voice is not None
    assert voice.donts == ("Wir klingen nicht wie: Behörden", "Fachjargon")
    assert voice.dos == ("Ein Gedanke pro Satz",)


def test_a_bold_line_above_a_sentence_is_its_title() -> None:
    voice = canon_of(
        toon_md="# Tone of voice\n\n**Nuchter & direct**\nSchrijf zonder omhaal en zonder grote woorden.\n"
    ).voice
    assert voice is not None
    assert voice.tone == "Nuchter & direct."
    assert voice.dos == ("Schrijf zonder omhaal en zonder grote woorden.",)


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
    assert voice.donts == ("Troppo formale",)


def test_words_in_a_row_under_the_voices_own_name_are_its_tone() -> None:
    text = "Reef-minded, sea-worn, warm, and open to everyone. Default to plain words."
    voice = canon_of(guide_md=f"# Brand\n\n## Voice\n\n{text}\n").voice
    assert voice is not None
    assert (voice.tone, voice.dos) == (
        "Reef-minded, sea-worn, warm, and open to everyone.",
        ("Default to plain words.",),
    )


def test_rules_of_grammar_add_to_a_voice_stated_elsewhere_and_state_none() -> None:
    grammar = "## Grammar and spelling\n\nUse plain language for clarity. Do not capitalise titles unless they are:\n\n"
    grammar += "- the first word of a sentence\n"
    stated = canon_of(guide_md=f"# Larchmont\n\n## Voice and tone\n\nOur tone is calm and direct.\n\n{grammar}")
    assert stated.voice is not None
    assert "Use plain language for clarity." in stated.voice.dos
    assert "Do not capitalise titles unless they are:" in stated.voice.donts
    assert canon_of(guide_md=f"# Larchmont\n\n{grammar}").voice is None


def test_a_definition_list_parts_traits_and_sides() -> None:
    canon = canon_of(
        guide_md="# Voice\n\nFriendly\n: We speak like a neighbour.\n\nClear\n: We use short sentences.\n\n"
        "Do\n: Use plain words.\n\nDon't\n: Use jargon.\n"
    )
    assert canon.voice is not None
    assert canon.voice.tone is not None
    assert "Do." not in canon.voice.tone
    assert canon.voice.dos == ("We use short sentences.", "Use plain words.")
    assert canon.voice.donts == ("Use jargon.",)
