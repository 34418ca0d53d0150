"""Instructions as people type them: lists on one line, misspelt labels, verbs in two parts, colours with a shade."""

import pytest

from sgd_assets.renders.brief.labelled.misspelt import part_almost
from tests.sgd_assets.renders.brief.reading import brief_of


@pytest.mark.parametrize("mark", ["/", "|", "•", "·"])
def test_marks_between_labelled_words_end_a_line(mark: str) -> None:
    brief = brief_of(f"Headline: Soup week {mark} Date: 3 May {mark} Button: Reserve {mark} make it calm")
    assert brief.words.headline == "Soup week"
    assert brief.words.date == "3 May"
    assert brief.words.call_to_action == "Reserve"
    assert brief.mood == "calm"


@pytest.mark.parametrize("words", ["Tea / Coffee", "9 / 10 / 11 May"])
def test_one_mark_or_one_between_figures_belongs_to_the_words(words: str) -> None:
    assert brief_of(f"Headline: {words}").words.headline == words


def test_a_quotation_on_the_next_line_is_not_what_the_label_above_names() -> None:
    brief = brief_of('Flyer / headline "Who weeds?" / date 5 April / "Bring boots"')
    assert (brief.words.date, brief.words.body) == ("5 April", "Bring boots")


@pytest.mark.parametrize(
    ("instruction", "part", "words"),
    [
        ('post with butten "Find us" and headlin "Clean by noon"', "call_to_action", "Find us"),
        ("Plakat, Uberschirft „Früh auf“, Knof", "headline", "Früh auf"),
    ],
)
def test_a_label_with_a_slip_names_its_part(instruction: str, part: str, words: str) -> None:
    assert getattr(brief_of(instruction).words, part) == words


@pytest.mark.parametrize("word", ["poner", "grande", "hat", "datum1", "bottle"])
def test_other_words_are_no_slips(word: str) -> None:
    assert part_almost(word, ("en", "es")) is None


@pytest.mark.parametrize(
    ("instruction", "element"),
    [
        ("Take the price off.", "price"),
        ("please leave the date out", "date"),
        ("Bitte das Datum rausnehmen", "date"),
        ("Nimm den Preis raus", "price"),
        ("Haal de prijs weg", "price"),
    ],
)
def test_verbs_in_two_parts_remove(instruction: str, element: str) -> None:
    edits = brief_of(instruction, task="edit").edits
    assert [(edit.element, edit.change) for edit in edits] == [(element, "remove")]


@pytest.mark.parametrize(
    "instruction",
    [
        'button "Grab a seat" instead of "Register"',
        "Auf dem Button „Grab a seat“ statt „Register“",
        "Mets le bouton « Grab a seat » au lieu de « Register »",
        "Pon el botón «Grab a seat» en lugar de «Register»",
        'Change the button from "Register" to "Grab a seat"',
    ],
)
def test_the_first_of_two_quotations_is_new_where_the_second_is_what_it_replaces(instruction: str) -> None:
    (edit,) = brief_of(instruction, task="edit").edits
    assert (edit.element, edit.value, edit.was) == ("call_to_action", "Grab a seat", "Register")


@pytest.mark.parametrize(
    ("instruction", "ground"),
    [
        ("Hintergrund: hellgelb", "light yellow"),
        ("fondo color mostaza", "mustard yellow"),
        ("fond bordeaux", "dark red"),
        ("background in charcoal", "dark grey"),
        ("sage green background", "mint green"),
    ],
)
def test_shades_have_names(instruction: str, ground: str) -> None:
    assert brief_of(f"Poster. {instruction}").ground == ground


@pytest.mark.parametrize(
    ("instruction", "name"),
    [
        ("Zitat „Endlich Regen“, gesagt von Hilde Maurer. Dunkler Hintergrund", "Hilde Maurer"),
        ("Frase “Volví a coser”. La dijo Ana Benítez. Texto centrado", "Ana Benítez"),
        ('Quote "It rains" by J. R. Moss. Dark background', "J. R. Moss"),
    ],
)
def test_who_said_it_ends_with_the_sentence(instruction: str, name: str) -> None:
    assert brief_of(instruction).attribution == name


@pytest.mark.parametrize(
    ("instruction", "part", "value"),
    [
        ('"Fête" dimanche 1er juin, pas de personnes', "date", "dimanche 1er juin"),
        ('kop "Wie?", datum za 5 april 10.00 uur', "date", "za 5 april 10.00 uur"),
        ('headline "Cork", price $38/sqm', "price", "$38/sqm"),
        ('headline "Figs", price 4 €/100g', "price", "4 €/100g"),
    ],
)
def test_ordinals_short_weekdays_and_units_are_whole(instruction: str, part: str, value: str) -> None:
    assert getattr(brief_of(instruction).words, part) == value


def test_zero_refuses() -> None:
    brief = brief_of("Solo immagine, zero scritte: fotografia di barche all'alba.")
    assert "text" in brief.forbidden
    assert brief.words.elements() == ()


def test_words_named_as_a_spirit_are_a_style() -> None:
    brief = brief_of('Flyer in the spirit of "Wes Anderson" with the headline "Grand Tour"')
    assert [words for _, words in brief.words.elements()] == ["Grand Tour"]
