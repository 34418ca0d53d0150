"""Which parts of documents speak of a voice, and which only seem to."""

import pytest

from tests.sgd_assets.canon.made_evidence import VOICE, canon_of


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


def test_the_rules_of_a_spoken_voice_are_no_voice() -> None:
    readme = (
        "# Teller voice assistant\n\n## Voice\n\nChoose a voice in the settings. Use the male voice. Don't use Bob.\n"
    )
    assert canon_of(readme_md=readme).voice is None


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


def test_a_document_without_headings_is_titled_by_its_first_line() -> None:
    voice = canon_of(
        style_txt="Blog post style guide:\n1. Tone: Friendly and calm.\n2. Structure: Use short paragraphs.\n"
        "3. Words: Use simple language. Avoid jargon.\n"
    ).voice
    assert voice is not None
    assert "Use short paragraphs." in voice.dos
    assert voice.donts == ("Avoid jargon.",)


def test_a_word_for_tones_elsewhere_makes_no_voice_of_what_stands_beside_it() -> None:
    assert canon_of(about_md="# About\n\nWe are honest people. Our tone is set by the band.\n").voice is None
    voice = canon_of(about_md="# About\n\nWe build tools. Our tone is friendly and frank.\n").voice
    assert voice is not None


@pytest.mark.parametrize(
    "sentence", ["Our voice and tone should be clear, simple and friendly.", "Our tone and voice are warm and clear."]
)
def test_voice_and_tone_may_be_said_in_one_breath_anywhere(sentence: str) -> None:
    voice = canon_of(readme_md=f"# Brand\n\n## What would a neighbour say?\n\n{sentence}\n").voice
    assert voice is not None
    assert voice.tone == sentence


def test_how_we_communicate_adds_to_a_voice_and_states_none() -> None:
    rules = "# Brand\n\n## Communicating as Quill\n\n- Sound positive and assume the best.\n"
    assert canon_of(guide_md=rules).voice is None
    assert canon_of(readme_md="# Team\n\n## How we communicate\n\nJoin our chat. Use threads.\n").voice is None
    voice = canon_of(guide_md=f"{rules}\nOur voice and tone should be clear and friendly.\n").voice
    assert voice is not None
    assert voice.dos == ("Sound positive and assume the best.",)


@pytest.mark.parametrize("heading", ["### Example: a launch\n\n**Bad copy**", "### A launch\n\n**Bad copy**"])
def test_good_and_bad_copy_are_samples_of_a_voice(heading: str) -> None:
    guide = (
        "# Voice\n\nOur tone is open and calm.\n\n"
        f"{heading}\n\nWe are proud and excited to announce our new lamps. Read our warm words.\n"
    )
    voice = canon_of(voice_md=guide).voice
    assert voice is not None
    assert (voice.tone, voice.dos) == ("Our tone is open and calm.", ())
