import pytest

from sgd_assets.canon.voice.pairs import instructions_in, rejected_in
from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Avoid slang and jargon Write in plain English.", ["Avoid slang and jargon", "Write in plain English."]),
        ("Write positively Use positive words.", ["Write positively Use positive words."]),
        ("Avoid calling it the Use Case Board.", ["Avoid calling it the Use Case Board."]),
        ("Write in plain English.", ["Write in plain English."]),
    ],
)
def test_two_instructions_of_two_sides_are_parted(line: str, parts: list[str]) -> None:
    assert instructions_in(line) == parts


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('say "talk to us" rather than "contact our office"', '"contact our office"'),
        ("use “you” instead of “the customer”", "“the customer”"),
        ("personal rather than formal", None),
    ],
)
def test_quoted_words_that_others_are_set_against_are_found(line: str, words: str | None) -> None:
    assert rejected_in(line) == words


def test_each_part_of_a_line_stands_on_its_own_side() -> None:
    canon = canon_of(
        voice_md="# Voice and tone\n\n## Style tips\n\n- **Avoid slang and jargon** Write in plain English.\n"
        '- Use "talk to us" rather than "contact our office"\n'
    )
    assert canon.voice is not None
    assert "Write in plain English." in canon.voice.dos
    assert set(canon.voice.donts) == {"Avoid slang and jargon", '"contact our office"'}
