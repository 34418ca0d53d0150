import pytest

from tests.sgd_assets.renders.brief.reading import brief_of


@pytest.mark.parametrize(
    ("instruction", "headline", "date"),
    [
        ("Announce our Spring Sale on 12 May", "Spring Sale", "12 May"),
        ("Poster for the Open Studio Night", "Open Studio Night", None),
        ("Announce our annual report on open data", "Annual report on open data", None),
        ("Please make a square social post about the spring seed swap", "Spring seed swap", None),
        ("Design an Instagram story for our night service, dark background", "Night service", None),
        ("A hero image for the launch of our night service between Rotterdam and Basel",
         "Launch of our night service between Rotterdam and Basel", None),
        ("Create a poster announcing the autumn seed return weekend at all forty branches, please bring packets",
         "Autumn seed return weekend", None),
        ("Erstelle ein Plakat für unser Sommerfest", "Sommerfest", None),
        ("Plakat für das Hafenfest am 3. Juli, Logo links oben", "Hafenfest", "3. Juli"),
        ("Pourriez-vous préparer une bannière pour la Fête du Pain ? Merci !", "Fête du Pain", None),
        ("Per favore prepara un post per la Notte dei Musei", "Notte dei Musei", None),
        ("Kunnen jullie een banner maken voor het Tulpenfeest?", "Tulpenfeest", None),
        ("灯台フェスティバルのポスターを作ってください。", "灯台フェスティバル", None),
        ("請為燈會製作一張海報，謝謝。", "燈會", None),
        ("등대 축제 포스터를 만들어 주세요.", "등대 축제", None),
    ],
)  # fmt: skip
def test_the_name_of_what_is_announced_is_the_headline(instruction: str, headline: str, date: str | None) -> None:
    brief = brief_of(instruction)
    assert (brief.words.headline, brief.words.date, brief.words.body) == (headline, date, None)
    assert brief.is_verbatim is False


@pytest.mark.parametrize(
    "instruction",
    [
        "A poster for a bakery",
        "Banner for the website",
        "A card for our customers",
        "Poster with a photo of the harbour",
    ],
)
def test_a_kind_of_thing_a_channel_or_readers_are_no_name(instruction: str) -> None:
    assert brief_of(instruction).words.headline is None
