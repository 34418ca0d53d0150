"""Where values come from: found here, whatever a model claims."""

import pytest

from sgd_assets.prompts.prepare import prepare
from sgd_assets.prompts.spans import _folded, _folded_by_sign, ground, share_found

PROMPT = "Bitte 12 Stück  der GRÖẞE  M an Kim Lee, nicht 120."


def test_a_value_is_found_whatever_its_case_and_blanks() -> None:
    found, _ = ground(PROMPT, {"size": "größe m", "who": "Kim\nLee"}, [])
    assert [(span.path, span.text) for span in found] == [("$.size", "GRÖẞE  M"), ("$.who", "Kim Lee")]


def test_part_of_a_longer_word_or_number_is_no_source() -> None:
    found, missing = ground(PROMPT, {"count": 12, "other": 120, "part": "Stü", "digit": 2}, [])
    assert {span.path: span.text for span in found} == {"$.count": "12", "$.other": "120"}
    assert missing == ("$.part", "$.digit")


def test_a_quote_counts_only_when_it_stands_in_the_prompt() -> None:
    quotes = [{"path": "$.urgent", "quote": "Bitte"}, {"path": "$.colour", "quote": "in red"}, {"path": 3}, "x"]
    found, missing = ground(PROMPT, {"urgent": True, "colour": "red", "calm": False, "none": None}, quotes)
    assert [(span.path, span.text) for span in found] == [("$.urgent", "Bitte")]
    assert missing == ("$.colour", "$.calm")


def test_every_span_is_the_text_it_names() -> None:
    found, _ = ground(PROMPT, {"a": ["12", {"b": "Kim Lee"}], "c": "nicht 120."}, [])
    assert [span.path for span in found] == ["$.a[0]", "$.a[1].b", "$.c"]
    assert all(PROMPT[span.start : span.end] == span.text for span in found)


def test_a_value_in_a_script_without_spaces_is_found_inside_the_sentence() -> None:
    found, _ = ground("请在星期五之前寄出十二个红色杯子。", {"what": "红色杯子"}, [])
    assert found[0].text == "红色杯子"


@pytest.mark.parametrize(("answer", "share"), [({}, None), ({"a": True}, None), ({"a": "12", "b": "red"}, 0.5)])
def test_the_share_counts_texts_and_numbers(answer: object, share: float | None) -> None:
    assert share_found(PROMPT, answer) == share


@pytest.mark.parametrize("sent", ["Kim Lee", "  Kim Lee \n", "\0Kim\0 Lee", " \0 Kim Le\0e"])
def test_a_span_points_into_the_prompt_as_it_was_sent(sent: str) -> None:
    prepared = prepare(sent)
    (span,), _ = ground(prepared.text, {"who": "Lee"}, [])
    placed = prepared.as_sent(span)
    assert sent[placed.start : placed.end].replace("\0", "") == "Lee"


@pytest.mark.parametrize(
    "text",
    ["", " ", "Red mugs", " Red mugs", "Red  mugs", "Red mugs ", "Red\tmugs\nfor", "\x1cRed\x1f mugs", "Größe 12", "İ"],
)
def test_texts_of_plain_letters_are_folded_as_all_others(text: str) -> None:
    folded, places = _folded(text)
    assert (folded, list(places)) == (_folded_by_sign(text)[0], list(_folded_by_sign(text)[1]))
