"""Facts listed behind words that a sentence gives stand in their own parts; one date alone belongs to the words."""

from typing import Any

import pytest

from tests.sgd_assets.renders.brief.reading import brief_of, printed

PLAIN: dict[str, Any] = {"date": "9 June, 8 pm", "price": "tickets €15"}


@pytest.mark.parametrize(
    ("instruction", "right"),
    [
        ("Poster reading Jazz Picnic on 9 June, 8 pm, tickets €15, Old Mill",
         {"headline": "Jazz Picnic", **PLAIN, "extra": ("Old Mill",)}),
        ("Poster reading Jazz Picnic on 9 June, 8 pm, tickets €15, Under it: Old Mill",
         {"headline": "Jazz Picnic", **PLAIN, "extra": ("Old Mill",)}),
        ("Poster that says Jazz Picnic, 9 June, 8 pm, tickets €15, URL mill.example, logo top left",
         {"headline": "Jazz Picnic", **PLAIN, "url": "mill.example"}),
        ("A poster saying Sale starts 3 May in the old mill, entry €5, www.mill.example, in green",
         {"headline": "Sale starts 3 May in the old mill", "price": "€5", "url": "www.mill.example"}),
        ("Plakat, auf dem steht: Jazzpicknick am 9. Juni, 20 Uhr, Karten 15 €, Alte Mühle",
         {"headline": "Jazzpicknick", "date": "9. Juni, 20 Uhr", "price": "Karten 15 €", "extra": ("Alte Mühle",)}),
        ("Affiche disant Pique-nique jazz le 9 juin, 20 h, billets 15 €, Vieux Moulin",
         {"headline": "Pique-nique jazz", "date": "9 juin, 20 h", "price": "billets 15 €", "extra": ("Vieux Moulin",)}),
        ("Cartel que diga Picnic de jazz el 9 de junio, 20 h, entradas 15 €, Molino Viejo",
         {"headline": "Picnic de jazz", "date": "9 de junio, 20 h", "price": "entradas 15 €",
          "extra": ("Molino Viejo",)}),
        ("Locandina che dica Picnic jazz il 9 giugno, biglietti 15 €, Mulino Vecchio",
         {"headline": "Picnic jazz", "date": "9 giugno", "price": "biglietti 15 €", "extra": ("Mulino Vecchio",)}),
        ("Poster that says Join us on 9 June", {"headline": "Join us on 9 June"}),
        ("Poster that says Bread, butter and jam", {"headline": "Bread, butter and jam"}),
    ],
)  # fmt: skip
def test_listed_facts_stand_in_their_parts(instruction: str, right: dict[str, Any]) -> None:
    assert printed(brief_of(instruction)) == right


@pytest.mark.parametrize(
    ("instruction", "subject"),
    [
        ("ein Plakat, auf dem Frau Huber am Fenster steht", "Frau Huber am Fenster"),
        ("ein Plakat, auf dem Kinder am Strand stehen", "Kinder am Strand"),
        ("ein Plakat, auf dem eine Frau mit Hund läuft", "Frau mit Hund"),
        ("ein Bild, auf dem ein Baum steht", "Baum"),
        ("een poster waarop mevrouw Smit bij het raam staat", "mevrouw Smit bij het raam"),
        ("a poster on which Mrs Hale stands at the window", "Mrs Hale stands at the window"),
        ("A photo on which a boy reads a book", "boy reads a book"),
        ("une affiche où Mme Roy se tient à la fenêtre", "Mme Roy se tient à la fenêtre"),
        ("un cartel en el que la señora Gil está en la ventana", "señora Gil está en la ventana"),
        ("un poster su cui la signora Neri sta alla finestra", "signora Neri sta alla finestra"),
        ("um cartaz em que a senhora Reis está à janela", "senhora Reis está à janela"),
    ],
)
def test_who_stands_on_the_picture_is_seen_and_not_printed(instruction: str, subject: str) -> None:
    brief = brief_of(instruction)
    assert (printed(brief), brief.imagery.subject) == ({}, subject)


@pytest.mark.parametrize(
    ("instruction", "headline"),
    [
        ("ein Plakat, auf dem Gartenfest im Park steht", "Gartenfest im Park"),
        ("een poster waarop Tuinfeest in het park staat", "Tuinfeest in het park"),
        ("Ein Schild, auf dem Freier Eintritt am Montag steht", "Freier Eintritt am Montag"),
    ],
)
def test_what_announces_there_is_printed(instruction: str, headline: str) -> None:
    assert printed(brief_of(instruction)) == {"headline": headline}
