import pytest

from tests.sgd_assets.renders.brief.reading import brief_of, printed


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ("Headline: Spring rolls, black background, no people", {"headline": "Spring rolls"}),
        ("Überschrift: Brot und Spiele, dunkler Hintergrund, keine Menschen", {"headline": "Brot und Spiele"}),
        ("Titre : Les nuits claires. Fond noir, sans personnes", {"headline": "Les nuits claires"}),
        ("Headline: Slow Sundays; photo of a hammock; logo top right", {"headline": "Slow Sundays"}),
        ("Titel: Lange Nacht, Datum: 3. Mai 2027, kein Logo", {"headline": "Lange Nacht", "date": "3. Mai 2027"}),
        ("Price: from €49 per night, calm mood, no photos", {"price": "from €49 per night"}),
        ("タイトル：秋の夜長、背景は黒、人物なし", {"headline": "秋の夜長"}),
        ("标题：山间晨光，蓝色背景，不要人物", {"headline": "山间晨光"}),
        ("가격: 12,000원, 검은 배경, 사람 없이", {"price": "12,000원"}),
        ("Data: 5 maggio 2027, foto di un mercato, niente persone", {"date": "5 maggio 2027"}),
        ("Url: moss.example/book and please no people", {"url": "moss.example/book"}),
        ("Website: www.moss.example - dark ground", {"url": "www.moss.example"}),
        ("Цена: 450 руб., без людей, чёрный фон", {"price": "450 руб."}),
        ("Fecha: 8 de marzo. Lo demás queda igual.", {"date": "8 de marzo"}),
        ("Precio: 20 €, ambiente tranquilo, sin logo", {"price": "20 €"}),
    ],
)
def test_labelled_words_end_where_a_clause_speaks_to_the_designer(instruction: str, words: dict[str, str]) -> None:
    assert printed(brief_of(instruction)) == words


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        (
            "Headline: Bold, bright, loud\nBody: We print your photos, your way, and keep prices low.",
            {"headline": "Bold, bright, loud", "body": "We print your photos, your way, and keep prices low."},
        ),
        ("Headline: Doors open\nDate: 4 June, doors 6 pm", {"headline": "Doors open", "date": "4 June, doors 6 pm"}),
        (
            "Headline: Slow down, nobody is watching\nUrl: moss.example",
            {"headline": "Slow down, nobody is watching", "url": "moss.example"},
        ),
        ("Headline: Hats\nPrice: £12, £8 for students", {"headline": "Hats", "price": "£12, £8 for students"}),
    ],
)
def test_a_line_of_words_is_printed_whole(instruction: str, words: dict[str, str]) -> None:
    assert printed(brief_of(instruction)) == words


@pytest.mark.parametrize(
    ("instruction", "value"),
    [
        ("Preis: 49 €. Der Rest bleibt. Keine Menschen bitte.", "49 €"),
        ("Neuer Preis: 12,50 €, alles andere so lassen", "12,50 €"),
        ("new price: $15 - keep the rest", "$15"),
        ("nouveau prix : 30 €. le reste ne change pas. sans personnes svp", "30 €"),
    ],
)
def test_an_edit_takes_the_value_and_not_what_is_said_behind_it(instruction: str, value: str) -> None:
    edits = brief_of(instruction, task="edit").edits
    assert [(edit.element, edit.value) for edit in edits] == [("price", value)]
