"""National ids: real ones are replaced and come back, look-alikes stay."""

import pytest

from sgd_resources.llm.safety.redaction import Redaction

REAL = [
    "12345678Z", "X1234567L", "RSSMRA85T10A562S", "1 85 05 78 006 084 91", "AB 12 34 56 C", "529.982.247-25",
    "811228-9874", "19811228-9874", "131052-308T",
]  # fmt: skip
SAID = ["Steuer-ID: 86095742719", "PESEL 44051401359", "BSN: 111222333"]
LOOK_ALIKES = [
    "12345678A", "RSSMRA85T10A562X", "1 85 05 78 006 084 90", "GB 12 34 56 C", "529.982.247-26", "811228-9875",
    "131052-308A", "colours 12 34 56", "order 12345678", "SKU AB123456", "Steuer-ID: 86095742710", "PESEL 44051401358",
    "BSN 111222334", "BSN 86095742719", "86095742719 pieces", "version 20.04.2024-11", "2026-11-30", "#112233",
]  # fmt: skip


@pytest.mark.parametrize("number", REAL)
def test_a_number_with_a_form_and_a_right_check_is_replaced_and_comes_back(number: str) -> None:
    redaction = Redaction()
    text = f"My id is {number}, thanks."
    redacted = redaction.redact(text)
    assert redacted == "My id is [ID_1], thanks."
    assert redaction.restore(redacted) == text
    assert redaction.redact(redacted) == redacted


@pytest.mark.parametrize("text", SAID)
def test_a_bare_row_of_digits_counts_behind_its_word(text: str) -> None:
    redaction = Redaction()
    assert redaction.redact(text).endswith("[ID_1]")
    assert redaction.restore(redaction.redact(text)) == text


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_alike_is_no_id(text: str) -> None:
    assert "[ID_" not in Redaction().redact(text)


def test_a_long_text_is_read_in_the_time_of_its_length() -> None:
    for text in ("1 " * 50_000, "A" * 100_000, "12 " * 30_000, "steuer-id " * 10_000):
        Redaction().redact(text)
