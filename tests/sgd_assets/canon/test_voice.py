"""Voice: read where the brand speaks of it, never invented, negations kept."""

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
