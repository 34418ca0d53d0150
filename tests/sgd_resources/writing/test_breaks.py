"""Where lines may end, in the words that they would hold."""

import pytest

from sgd_resources.writing.breaks import ADDRESS, HYPHEN, TOKEN, WORD, hyphenated, paragraphs_of


def _pieces(text: str, language: str, rank: int = WORD) -> list[str]:
    (paragraph,) = paragraphs_of(text, language)
    ends = [place.offset for place in paragraph.breaks if place.rank <= rank]
    starts = [0, *ends[:-1]]
    return [paragraph.text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def test_words_are_parted_at_spaces_and_numbers_stay_whole() -> None:
    assert _pieces("from 1,250.50 EUR on", "en", TOKEN) == ["from", "1,250.50 EUR", "on"]


def test_no_line_of_japanese_begins_with_what_closes_a_phrase() -> None:
    pieces = _pieces("春の新作コレクションがついに登場しました。店頭でご覧ください。", "ja", TOKEN)
    assert len(pieces) > 4
    assert not any(piece[0] in "。、」）ーっょ" for piece in pieces)


def test_thai_is_parted_between_its_words_though_it_has_no_spaces() -> None:
    assert len(_pieces("สตูดิโอเปิดบ้านคืนวันเสาร์นี้", "th", TOKEN)) >= 4


def test_an_address_is_parted_behind_its_slashes_first() -> None:
    assert _pieces("https://a.example/one/two-b", "en", TOKEN) == ["https://", "a.example/", "one/", "two-b"]
    assert "b" in _pieces("https://a.example/one/two-b", "en", ADDRESS)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x85"])
def test_line_ends_of_the_text_part_paragraphs(end: str) -> None:
    assert [paragraph.text for paragraph in paragraphs_of(f"Open studio{end}night", "en")] == ["Open studio", "night"]


@pytest.mark.slow
def test_a_long_word_is_hyphenated_by_its_language() -> None:
    (whole,) = paragraphs_of("Donaudampfschifffahrt", "de")
    opened = hyphenated(whole, whole.text, "de")
    points = [place for place in opened.breaks if place.rank == HYPHEN and place.has_hyphen]
    assert whole.text[: points[-1].offset].endswith("schiff")


@pytest.mark.parametrize(
    ("text", "language", "pieces"),
    [
        ("Ab 1 000 000 € sichern", "de", ["Ab", "1 000 000 €", "sichern"]),
        ("Jetzt 20 % sparen", "de", ["Jetzt", "20 %", "sparen"]),
        ("Seit 5 km und 12 kg", "de", ["Seit", "5 km", "und", "12 kg"]),
        ("bis 25 °C warm", "de", ["bis", "25 °C", "warm"]),
        ("ab 18 Uhr offen", "de", ["ab", "18 Uhr", "offen"]),
        ("von 10 – 18 Uhr da", "de", ["von", "10 – 18 Uhr", "da"]),
        ("am 3. Mai um 9", "de", ["am", "3. Mai", "um", "9"]),
        ("am 3. 5. 2026 da", "de", ["am", "3. 5. 2026", "da"]),
        ("wir sind 5. Come in", "en", ["wir", "sind", "5.", "Come", "in"]),
        ("dès 18 h 30 ici", "fr", ["dès", "18 h 30", "ici"]),
        ("only $ 5 each", "en", ["only", "$ 5", "each"]),
        ("nur CHF 1 250 pro Jahr", "de", ["nur", "CHF 1 250", "pro", "Jahr"]),
        ("für 3,5 Mio. Euro mehr", "de", ["für", "3,5 Mio. Euro", "mehr"]),
        ("open 9 am to 5 p.m. daily", "en", ["open", "9 am", "to", "5 p.m.", "daily"]),
        ("5 € 10 Stück", "de", ["5 €", "10", "Stück"]),
        ("20 % 30 Tage lang", "de", ["20 %", "30", "Tage", "lang"]),
        ("in 2026 300 shops", "en", ["in", "2026", "300", "shops"]),
        ("5 in Berlin, 3 T-Shirts, 4 l’eau", "de", ["5", "in", "Berlin,", "3", "T-", "Shirts,", "4", "l’eau"]),
    ],
)  # fmt: skip
def test_a_number_stays_with_its_groups_its_sign_and_its_unit(text: str, language: str, pieces: list[str]) -> None:
    assert _pieces(text, language, TOKEN) == pieces
    assert paragraphs_of(text, language)[0].text == text


def test_a_telephone_number_is_parted_only_where_it_must_be() -> None:
    assert _pieces("Tel. +49 30 1234567 oder 030 12 34 56", "de") == ["Tel.", "+49 30 1234567", "oder", "030 12 34 56"]
    assert "+49" in _pieces("Tel. +49 30 1234567", "de", ADDRESS)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/donaudampfschifffahrtsgesellschaft/x", "www.donaudampfschifffahrt.example",
        "donaudampfschifffahrt.example", "donaudampfschifffahrt@kestrine.example", "kapitaen@donaudampfschifffahrt",
        "#Donaudampfschifffahrt", "@donaudampfschifffahrt", "Donaudampfschifffahrt_Plakat", "donaudampfschifffahrt.mp4",
        "DONAUDAMPFSCHIFFFAHRT26", "/plakate/donaudampfschifffahrt", "C:\\Plakate\\Donaudampfschifffahrt",
    ],
)  # fmt: skip
def test_no_hyphen_is_set_in_what_a_reader_copies_sign_by_sign(text: str) -> None:
    (whole,) = paragraphs_of(f"Siehe {text} jetzt", "de")
    opened = whole
    for piece in _pieces(f"Siehe {text} jetzt", "de", HYPHEN):
        opened = hyphenated(opened, piece, "de")
    assert opened == whole


@pytest.mark.slow
def test_a_long_word_beside_an_address_is_hyphenated_all_the_same() -> None:
    (whole,) = paragraphs_of("donaudampfschifffahrt auf donaudampfschifffahrt.example", "de")
    opened = hyphenated(whole, "donaudampfschifffahrt", "de")
    points = [place.offset for place in opened.breaks if place.has_hyphen]
    assert points
    assert max(points) < len("donaudampfschifffahrt")


@pytest.mark.parametrize("blank", ["\u200b", "\u00ad", "\u2060", "\u3164", " \u200e"])
def test_a_line_that_shows_nothing_is_no_paragraph(blank: str) -> None:
    assert paragraphs_of(blank, "en") == ()
    assert [paragraph.text for paragraph in paragraphs_of(f"Open\n{blank}\nday", "en")] == ["Open", "day"]
