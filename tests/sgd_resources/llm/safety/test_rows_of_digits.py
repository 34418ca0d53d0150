"""A card or an account is seen beside other numbers and words; numbers of design and machines are let be."""

import pytest

from sgd_resources.llm.safety.redaction import Redaction

CARD = "4111 1111 1111 1111"
PLAIN = "4111111111111111"
AMEX = "3782 822463 10005"


@pytest.mark.parametrize(
    ("before", "card", "after"),
    [
        ("", CARD, " 12/27"), ("", CARD, " 123"), ("", PLAIN, " 123"), ("1 ", CARD, ""), ("No. 5 ", PLAIN, ""),
        ("", CARD, " 12/27 123"), ("", "4111-1111-1111-1111", "-123"), ("12 ", "5500 0000 0000 0004", " 2027 999"),
        ("No.", PLAIN, " 12"), ("Visa-", CARD, ""), ("", AMEX, " 1234"), ("2 ", "378282246310005", " 12/27"),
        ("3.2 ", CARD, " 7"), ("", "4111.1111.1111.1111", " 12"), ("", "4111\u00a01111\u00a01111\u00a01111", " 12"),
        ("", "4111\u20131111\u20131111\u20131111", ""), ("7 ", "3056 930902 5904", ""), ("", "41111111 11111111", " 9"),
        ("10 20 30 40 ", CARD, " 50 60 70 80"), ("", CARD, ". 5 pieces"), ("", CARD, ", 123"),
    ],
)  # fmt: skip
def test_a_card_beside_other_numbers_is_seen_and_they_stay(before: str, card: str, after: str) -> None:
    redaction = Redaction()
    text = before + card + after
    assert redaction.redact(text) == f"{before}[CARD_1]{after}"
    assert redaction.restore(f"{before}[CARD_1]{after}") == text


def test_two_cards_in_one_row_are_two() -> None:
    assert Redaction().redact(f"{CARD} 5500 0000 0000 0004 3") == "[CARD_1] [CARD_2] 3"


@pytest.mark.parametrize(
    ("before", "iban", "after"),
    [
        ("", "BE68 5390 0754 7034", " to pay"), ("", "BE68539007547034", " bank 12"),
        ("No12 ", "BE68 5390 0754 7034", ""),
        ("", "AT61 1904 3002 3457 3201", " please"), ("AB12 3456 ", "DE89 3704 0044 0532 0130 00", " 12/27"),
        ("", "BE68 5390 0754 7034", " 1234 12"),
    ],
)  # fmt: skip
def test_an_account_beside_words_and_numbers_is_seen_and_they_stay(before: str, iban: str, after: str) -> None:
    assert Redaction().redact(before + iban + after) == f"{before}[IBAN_1]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "0.4111111111111111 and 5", "M 0.4111111111111111 .4111111111111111 L 3", "12 4111111111111111.5",
        "1 4111 1111 1111 1112", "a1b2c3d4-4111-1111-1111-1111abcd1234", "at 1764532800001 1764532800002",
        "0000 0000 0000 0000 1", "10 20 30 40 50 60 70 80 90 100", "4111 1111-1111 1111 2",
        "20261130 201500 12 13", "widths 1024 1280 1440 1600 1920 2560",
    ],
)  # fmt: skip
def test_other_rows_of_digits_are_let_be(text: str) -> None:
    assert Redaction().redact(text) == text
