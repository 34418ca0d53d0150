"""Wishes that nothing here draws are named, each in its words; the same words as copy, topic or refusal are none."""

import pytest

from sgd_assets.renders.brief.beyond import beyond_reach
from sgd_assets.renders.brief.read import read_brief
from tests.briefs.truths import DEV, read_set
from tests.sgd_assets.renders.brief.reading import brief_of


def beyond(instruction: str) -> tuple[str, ...]:
    return beyond_reach(instruction, brief_of(instruction))


@pytest.mark.parametrize(
    ("instruction", "told"),
    [
        ('Poster with a QR code and three stars: "Hello"', ("code: QR code", "drawing: stars")),
        ('Poster "Sale" with an arrow pointing right', ("drawing: arrow",)),
        ('Poster "Sale" with icons, surrounded and with a thin border around it', ("drawing: icons", "border: border")),
        ("Plakat „Hallo“ mit Rahmen und QR-Code", ("code: QR-Code", "border: Rahmen")),
        ("Affiche « Bonjour » avec un cadre doré et une flèche", ("drawing: flèche", "border: cadre")),
        ('Cartel "Hola" con estrellas y un marco dorado', ("drawing: estrellas", "border: marco")),
        ('Locandina "Ciao" con una cornice e una freccia', ("drawing: freccia", "border: cornice")),
        ('Cartaz "Olá" com setas e moldura', ("drawing: setas", "border: moldura")),
        ('Poster "Hoi" met sterren en een kader', ("drawing: sterren", "border: kader")),
        ('Poster: "Hi", headline in italics, rotated', ("type: italics", "turned: rotated")),
        ('An animated poster: "Hi"', ("animation: animated",)),
        ('Poster "Hi" in Comic Sans', ("font: Comic Sans",)),
        ('Titre « Salut » en italique, code-barres en bas', ("code: code-barres", "type: en italique")),
        ('Poster "Hi", the headline 200px tall', ("size: 200px",)),
        ('Poster with the word "Sale" twenty times', ("repetition: twenty times",)),
        ('Poster "Hi" with a partner\'s logo beside ours', ("logo: partner's logo",)),
        ('Plakat "Hi" mit Logo unseres Partners', ("logo: Logo unseres Partners",)),
        ('Poster "Hi" with a gold gradient', ("gradient: gradient",)),
        ('Plakat "Hi" mit Farbverlauf', ("gradient: Farbverlauf",)),
        ("Add a QR code", ("code: QR code",)),
    ],
)  # fmt: skip
def test_a_wish_that_nothing_here_draws_is_named(instruction: str, told: tuple[str, ...]) -> None:
    assert beyond(instruction) == told


@pytest.mark.parametrize(
    "instruction",
    [
        'Poster "With a QR code, arrows and a gradient"',
        "Headline: Stars and arrows\nBody: With a QR code in italics",
        'Poster for our QR code workshop: "Hi"',
        'Poster "Hi", no QR code, without borders or frames',
        "Plakat „Hallo“ ohne Rahmen, ohne Verlauf",
        'Poster for our border collie club with a border collie photo "Woof"',
        'Ad for our 5 star hotel: "Stay"',
        'A post 1080 x 1080 px, headline "Hi"',
        'Poster "Run" with a photo of a sky full of stars',
        'Open three times a week: "Hi"',
    ],
)
def test_copy_topics_and_refusals_are_no_wishes(instruction: str) -> None:
    assert beyond(instruction) == ()


def test_a_font_of_the_brand_is_no_wish_beyond_it_and_another_is() -> None:
    instruction = 'Poster "Hi", all set in Futura'
    brief = brief_of(instruction)
    assert beyond_reach(instruction, brief) == ("font: Futura",)
    assert beyond_reach(instruction, brief, fonts=frozenset({"futura"})) == ()


def test_no_brief_of_the_set_wishes_for_more_than_can_be_drawn() -> None:
    asked = [entry.request for entry in read_set(DEV) if entry.request["prompts"].get("instruction")]
    assert [told for body in asked if (told := beyond_reach(body["prompts"]["instruction"], read_brief(body)))] == []
