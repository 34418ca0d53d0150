"""Words behind a verb of writing or a bare label are copy; what is told, described or seen there is none."""

from typing import Any

import pytest

from tests.sgd_assets.renders.brief.reading import brief_of, printed


@pytest.mark.parametrize(
    ("instruction", "headline"),
    [
        ("Write Merry Midsummer", "Merry Midsummer"),
        ("say Merry Midsummer", "Merry Midsummer"),
        ("Just say Merry Midsummer", "Merry Midsummer"),
        ("Write: Merry Midsummer", "Merry Midsummer"),
        ("Write Merry Midsummer!", "Merry Midsummer!"),
        ("Can you write Merry Midsummer?", "Merry Midsummer"),
        ("Make a banner and write Merry Midsummer on it", "Merry Midsummer"),
        ("Please write Merry Midsummer in gold at the top", "Merry Midsummer"),
        ("Write Merry Midsummer across it in big letters", "Merry Midsummer"),
        ("put Merry Midsummer on it", "Merry Midsummer"),
        ("Put Merry Midsummer on the banner, logo top left", "Merry Midsummer"),
        ("Write Meet us at the lake", "Meet us at the lake"),
        ("Write Game Night", "Game Night"),
        ("A card saying Merry Midsummer in green", "Merry Midsummer"),
        ("A card that says Paint the town in red", "Paint the town in red"),
        ("Schreib Gute Reise", "Gute Reise"),
        ("Schreib drauf: Gute Reise", "Gute Reise"),
        ("Erstelle ein Banner und schreibe Gute Reise groß darauf", "Gute Reise"),
        ("Schreibe Gute Reise auf das Plakat", "Gute Reise"),
        ("Écris Bon voyage dessus", "Bon voyage"),
        ("Escribe Buen viaje", "Buen viaje"),
        ("Scrivi Buon viaggio", "Buon viaggio"),
        ("Escreve Boa viagem", "Boa viagem"),
        ("Schrijf Goede reis erop", "Goede reis"),
        ("Skriv Trevlig resa", "Trevlig resa"),
        ("Napisz Szczęśliwej podróży", "Szczęśliwej podróży"),
        ("Напиши Счастливого пути", "Счастливого пути"),
        ("Írd rá: Jó utat", "Jó utat"),
        ("Kirjoita Hyvää matkaa", "Hyvää matkaa"),
        ("Γράψε Καλό ταξίδι", "Καλό ταξίδι"),
        ("Üzerine İyi Yolculuklar yaz", "İyi Yolculuklar"),
        ("よい旅をと書いて", "よい旅を"),
        ("좋은 여행 되세요라고 써줘", "좋은 여행 되세요"),
        ("写上一路平安", "一路平安"),
    ],
)
def test_what_is_told_to_be_written_is_the_copy(instruction: str, headline: str) -> None:
    assert printed(brief_of(instruction)) == {"headline": headline}


@pytest.mark.parametrize(
    "instruction",
    [
        "Write a catchy headline for me",
        "Print A3 posters for us",
        "Say, could you make a poster?",
        "Put Anna in the middle",
        "put the logo on it",
        "Schreibe Texte für unsere Kunden",
        "Bir slogan yaz",
        "写一个标题",
    ],
)
def test_an_order_that_gives_no_words_prints_none(instruction: str) -> None:
    assert printed(brief_of(instruction)) == {}


@pytest.mark.parametrize(
    ("instruction", "right"),
    [
        ("headline Soup time", {"headline": "Soup time"}),
        ("Poster with the headline Soup time in red", {"headline": "Soup time"}),
        ("headline Soup time, button Book a table", {"headline": "Soup time", "call_to_action": "Book a table"}),
        ("poster, headline Date night, logo top left", {"headline": "Date night"}),
        ("with the headline The time is now and the button Book now",
         {"headline": "The time is now", "call_to_action": "Book now"}),
        ("headline Make it yours, logo top left", {"headline": "Make it yours"}),
        ("mit der Überschrift Mach mit und Preis 12 €", {"headline": "Mach mit", "price": "12 €"}),
        ("Poster with the headline Join us and the price £12", {"headline": "Join us", "price": "£12"}),
        ("with the headline Soup time date 12 May", {"headline": "Soup time", "date": "12 May"}),
        ("Überschrift Suppenzeit, Button Tisch reservieren",
         {"headline": "Suppenzeit", "call_to_action": "Tisch reservieren"}),
        ("Überschrift Rot", {}),
        ("headline bigger", {}),
    ],
)  # fmt: skip
def test_a_label_without_article_or_colon_gives_words(instruction: str, right: dict[str, Any]) -> None:
    assert printed(brief_of(instruction)) == right
