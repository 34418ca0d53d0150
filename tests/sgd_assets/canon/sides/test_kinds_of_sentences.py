"""Sentences that ask or forbid in other words than an instruction, told on their side."""

import pytest

from tests.sgd_assets.canon.made_evidence import canon_of

_VOICE = (
    "# Voice and tone\n\nOur voice is calm, warm and plain.\n\n- Use short sentences.\n- Address readers as you.\n"
    "- Never shout at readers.\n\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "You should avoid placing the logo on busy photos.", "We ask that you don't place the logo on busy photos.",
        "Please ensure that the logo is not placed on busy photos.", "The logo isn't to be placed on busy photos.",
        "Placing the logo on busy photos is a no-go.", "It's not okay to place the logo on busy photos.",
        "None of the logos may be placed on busy photos.", "Nothing may be placed on top of the logo.",
        "The logo doesn't work on busy photos.", "Steer clear of placing the logo on busy photos.",
        "You can't place the logo on busy photos.", "Our logo never appears on busy photos.",
        "When using the logo, avoid busy photos.", "To keep the logo legible, avoid busy photos.",
        "It is important not to place the logo on busy photos.", "Try to avoid placing the logo on busy photos.",
    ],
)  # fmt: skip
def test_it_forbids_something_to_be_done_to_the_logo(sentence: str) -> None:
    canon = canon_of(logo_md=f"# Logo\n\n{sentence}\n")
    assert (canon.logo_dos, canon.logo_donts) == ((), (sentence,))


@pytest.mark.parametrize(
    "sentence",
    [
        "You may use the logo on white.", "Feel free to use the logo on white.", "The logo works best on white.",
        "We encourage you to use the logo on white.", "Ideally, place the logo on white.",
        "The logo is best shown on white.", "The logo has to sit on white.", "Remember to use the logo on white.",
        "It is essential that the logo sits on white.", "The logo is positioned in the top left corner.",
        "Whenever possible, the logo goes on white.",
    ],
)  # fmt: skip
def test_it_asks_for_something_of_the_logo(sentence: str) -> None:
    canon = canon_of(logo_md=f"# Logo\n\n{sentence}\n")
    assert (canon.logo_dos, canon.logo_donts) == ((sentence,), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "You should avoid jargon in sentences.", "Jargon must be avoided.", "Jargon has no place in our texts.",
        "We ask writers not to use jargon.", "There is no room for jargon in texts.", "You shouldn't use jargon.",
        "Using jargon in texts is discouraged.", "Free of jargon.", "It's not okay to use jargon in texts.",
    ],
)  # fmt: skip
def test_it_forbids_a_way_to_write(sentence: str) -> None:
    voice = canon_of(voice_md=_VOICE + sentence + "\n").voice
    assert voice is not None
    assert sentence in voice.donts
    assert sentence not in voice.dos


@pytest.mark.parametrize(
    "sentence",
    [
        "Rather than abstract nouns, use plain verbs.", "Plain verbs are preferred in texts.",
        "You can use plain verbs in texts.", "It's fine to use plain verbs in texts.", "Contractions are encouraged.",
        "Sentence case is used for all headings.", "Writers should use plain verbs.",
    ],
)  # fmt: skip
def test_it_asks_for_a_way_to_write(sentence: str) -> None:
    voice = canon_of(voice_md=_VOICE + sentence + "\n").voice
    assert voice is not None
    assert sentence in voice.dos
    assert sentence not in voice.donts


def test_a_sentence_that_announces_examples_of_misuse_is_no_rule() -> None:
    canon = canon_of(
        logo_md="# Logo\n\n## Incorrect use\n\nBelow are some examples of how the logo should not be treated.\n\n"
        "- Tilting the mark\n"
    )
    assert canon.logo_donts == ("Tilting the mark",)


def test_phrases_below_a_side_of_the_look_are_told_without_bullets() -> None:
    canon = canon_of(
        guide_md="# Larch brand guide\n\n## Photography do's\n\nNatural light. Real people at work.\n\n"
        "## Photography don'ts\n\nStock pictures with fake smiles. Heavy filters.\n"
    )
    assert canon.logo_dos == ("Natural light.", "Real people at work.")
    assert canon.logo_donts == ("Stock pictures with fake smiles.", "Heavy filters.")


def test_how_the_name_is_written_belongs_to_the_marks() -> None:
    canon = canon_of(
        brand_md="# Larch brand\n\n## Writing about Larch\n\n##### Yes\n\nNotice the capitals.\n\n"
        "- The Larch Project\n\n##### No\n\n- the larch project\n\n## Company name\n\n"
        "Our name is always written in full. Never abbreviate it to LC. Please follow these rules.\n\n"
        "## File names\n\nUse small letters for each file.\n"
    )
    assert canon.logo_dos == ("The Larch Project", "Our name is always written in full.")
    assert canon.logo_donts == ("the larch project", "Never abbreviate it to LC.")
