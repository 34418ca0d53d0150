"""What one sentence says of a voice."""

import pytest

from sgd_assets.canon.voice.lines import read_sentence, sentences


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


def test_no_sentence_ends_behind_a_title() -> None:
    text = "Our tone is warm, as if Mr. Brook and Dr. Quill spoke. It is calm."
    assert sentences(text) == ["Our tone is warm, as if Mr. Brook and Dr. Quill spoke.", "It is calm."]
