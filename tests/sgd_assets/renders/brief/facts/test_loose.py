import pytest

from tests.sgd_assets.renders.brief.reading import brief_of, printed


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        (
            "Flyer for the Harvest Fair on Saturday 4 October, tickets from £6 at harvest.example",
            {
                "headline": "Harvest Fair",
                "date": "Saturday 4 October",
                "price": "from £6",
                "url": "harvest.example",
            },
        ),
        (
            "Poster please, 12-14 August, dunes.example, illustration of dunes",
            {"date": "12-14 August", "url": "dunes.example"},
        ),
        (
            '"Book club" on 12 May 2027 at 18:30, see you at club.example',
            {"headline": "Book club", "date": "12 May 2027 at 18:30", "url": "club.example"},
        ),
        ('"Menu", $12.50 each, no cash sign', {"headline": "Menu", "price": "$12.50 each"}),
        ("„Tag der Töpfer“. Findet am 12. Mai statt.", {"headline": "Tag der Töpfer", "date": "12. Mai"}),
        (
            "Bitte ein Poster: „Flohmarkt“, Sonntag, 9. Mai, 10 Uhr",
            {"headline": "Flohmarkt", "date": "Sonntag, 9. Mai, 10 Uhr"},
        ),
        (
            "« Concert » le 21 juin à 20h30, 15 €/pers, sur concert.example",
            {"headline": "Concert", "date": "21 juin à 20h30", "price": "15 €/pers", "url": "concert.example"},
        ),
        (
            "「夏祭り」8月3日（土）、入場料500円",
            {"headline": "夏祭り", "date": "8月3日（土）", "price": "500円"},
        ),
        (
            "海报“音乐节”，时间8月3日，票价￥120，网址 fest.example",
            {"headline": "音乐节", "date": "8月3日", "price": "￥120", "url": "fest.example"},
        ),
        (
            '"Kokkikurssi" 14.2.2027 klo 18, 45 €',
            {"headline": "Kokkikurssi", "date": "14.2.2027 klo 18", "price": "45 €"},
        ),
        (
            '"Yaz şenliği" 14 Haziran, bilet 150 TL',
            {"headline": "Yaz şenliği", "date": "14 Haziran", "price": "150 TL"},
        ),
    ],
)
def test_dates_prices_and_addresses_without_a_label_are_printed(instruction: str, words: dict[str, str]) -> None:
    assert printed(brief_of(instruction)) == words


@pytest.mark.parametrize(
    ("instruction", "price"),
    [
        ('"Sail away" for $249, was $399', "$249"),
        ('"Sail away", was $399, now only $249', "only $249"),
        ("„Neue Räder“ ab 499 € statt 599 €", "ab 499 €"),
        ('"Buty" za 199 zł (wcześniej 299 zł)', "199 zł"),
        ("«Zapatos», antes 80 €, 59 €", "59 €"),
        ("「新茶」通常900円、680円", "680円"),
    ],
)
def test_a_former_price_is_not_the_price(instruction: str, price: str) -> None:
    assert brief_of(instruction).words.price == price


@pytest.mark.parametrize(
    "instruction",
    [
        'Poster "Open studio". Please send me a draft by Friday 4 June.',
        'Poster "Open studio", need it by 4 June',
        'Poster "Open studio" by 4 June please',
        "Poster „Offenes Atelier“, bitte bis Freitag, 4. Juni",
        "Affiche « Portes ouvertes », pour impression avant le 4 juin",
        "Cartel «Puertas abiertas», lo necesito el 4 de junio",
        "ポスター「開放日」、6月4日までに",
        'Post for 12 May: "Hello"',
        'Our budget is $500. Banner "We moved"',
        "Budget: 300 €. Banner „Umzug“",
        'Don\'t mention the $20. Headline "Free tea"',
        'Make it look like moss.example. Headline "Fresh"',
        'Photo taken on 3 May 2026 of the pier. "Sea air"',
        'The logo is at moss.example/logo. "Sea air"',
        '"Sale" 30% off, 16:9, 2 versions, may 2 people appear',
        'Version 2.0. "New" v1.5.2027',
        '"Hello" to info@moss.example',
        '"Closed", no dates, no prices; we open on 3 May and it costs $4',
    ],
)
def test_what_is_told_to_the_designer_alone_is_not_printed(instruction: str) -> None:
    words = printed(brief_of(instruction))
    assert not {"date", "price", "url"} & set(words)


def test_a_picture_without_words_gets_no_facts() -> None:
    assert printed(brief_of("Background for the fair on 3 May, fair.example, no text")) == {}


def test_a_refused_label_before_a_colon_labels_nothing() -> None:
    assert printed(brief_of("Nur ein Hintergrundbild, ohne Text: Dampf über einer Tasse, ruhige Stimmung")) == {}
