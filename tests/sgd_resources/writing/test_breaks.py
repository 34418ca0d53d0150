"""Where lines may end, in the words that they would hold."""

import pytest

from sgd_resources.writing.breaks import ADDRESS, HYPHEN, TOKEN, WORD, hyphenated, paragraphs_of


def _pieces(text: str, language: str, rank: int = WORD) -> list[str]:
    (paragraph,) = paragraphs_of(text, language)
    ends = [place.offset for place in paragraph.breaks if place.rank <= rank]
    starts = [0, *ends[:-1]]
    return [paragraph.text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def test_words_are_parted_at_spaces_and_numbers_stay_whole() -> None:
    assert _pieces("from 1,250.50 EUR on", "en", TOKEN) == ["from", "1,250.50", "EUR", "on"]


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
