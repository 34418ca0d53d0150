import pytest

from sgd_assets.renders.brief.wording import read_wording


@pytest.mark.parametrize(
    ("instruction", "headline", "body"),
    [
        ('Create a poster with the headline "Doors open" and "Saturday 12 June"', "Doors open", "Saturday 12 June"),
        ("Create a banner saying “Mind the gap”", "Mind the gap", None),
        ("Announce our annual report on open data", "Annual report on open data", None),
        ("Please make a square social post about the spring seed swap", "Spring seed swap", None),
        ("Design an Instagram story for our night service, dark background", "Night service", None),
        ("Headline: Less noise\nSubline: More signal", "Less noise", "More signal"),
        ("A hero image for the launch of our night service between Rotterdam and Basel",
         "Launch of our night service between Rotterdam and Basel", None),
        ("poster", None, None),
        (None, None, None),
        ("   ", None, None),
    ],
)  # fmt: skip
def test_words_are_taken_from_the_instruction(instruction: str | None, headline: str | None, body: str | None) -> None:
    wording = read_wording(instruction)
    assert (wording.headline, wording.body) == (headline, body)


def test_a_quotation_keeps_who_said_it() -> None:
    wording = read_wording('Quote card: "What grows here stays here" by Ada Renwick')
    assert (wording.is_quotation, wording.attribution) == (True, "Ada Renwick")


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert read_wording("Poster for the children's library and the baker's dozen").is_verbatim is False


def test_a_long_instruction_does_not_become_one_long_headline() -> None:
    wording = read_wording(
        "Create a poster announcing the autumn seed return weekend at all forty branches, "
        "please bring packets with labels"
    )
    assert wording.headline == "Autumn seed return weekend"
    assert wording.body == "At all forty branches, please bring packets with labels"
