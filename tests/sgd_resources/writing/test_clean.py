from sgd_resources.writing.clean import clean_copy, is_blank
from sgd_resources.writing.languages import fitting_language, guess_language
from sgd_resources.writing.scripts import scripts_of


def test_characters_that_turn_or_hide_text_are_taken_out_and_named() -> None:
    found = clean_copy("Open\u202eStudio\u202c \u2066now\u2069\x07")
    assert found.text == "OpenStudio now"
    assert found.removed == ("U+202E", "U+202C", "U+2066", "U+2069", "U+0007")
    assert clean_copy(found.text).removed == ()


def test_joiners_that_scripts_need_and_line_ends_stay() -> None:
    text = "می\u200cخواهم\nนี้\u200bดี"
    assert clean_copy(text).text == text


def test_letters_are_composed() -> None:
    assert clean_copy("Cafe\u0301").text == "Café"


def test_text_is_blank_where_nothing_of_it_would_be_seen() -> None:
    hidden = [
        "",
        " \t\n",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "\u2060",
        "\ufeff",
        "\u202e",
        "\u3164",
        "\u2800",
        "\u115f",
        "\x07",
    ]
    assert [text for text in hidden if not is_blank(text)] == []
    assert [text for text in ("a\u200b", ".", "–", "🎉", "ﾟ", "\u0301") if is_blank(text)] == []


def test_a_language_is_guessed_from_script_letters_and_small_words() -> None:
    told = {
        "Der Sommer und wir": "de", "La fête et nous": "fr", "春の新作": "ja", "봄 신상품": "ko", "春季新品": "zh-Hans",
        "春季新品發表會": "zh-Hant", "خصم": "ar", "שלום": "he", "Open day": "en", "Привет": "ru",
    }  # fmt: skip
    assert {text: guess_language(text) for text in told} == told


def test_scripts_are_told_apart_and_signs_belong_to_none() -> None:
    assert scripts_of("Open פתוח 25% 春") == {"Latn", "Hebr", "Hani"}


def test_a_told_language_counts_where_the_text_can_be_in_it() -> None:
    assert fitting_language("Open day", "de") == "de"
    assert fitting_language("春の新作", "de") == "ja"
    assert fitting_language("新品", "zh") == "zh-Hans"
    assert fitting_language("東京", "ja") == "ja"
    assert fitting_language("Jahreshauptversammlung") == "de"
