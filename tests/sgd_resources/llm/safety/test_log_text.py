"""Names that clients choose enter a log without personal data, secrets or what nobody sees; ids stay what they are."""

import pytest

from sgd_resources.llm.safety.log_text import as_logged

UUID = "2f0c1a9e-0412-4345-8123-00301234567a"
"""Digits in it read as a telephone number."""


@pytest.mark.parametrize(("given", "kept"), [
    ("spring sale", "spring sale"),
    ("jo.doe@example.com", "[EMAIL_1]"),
    ("for +49 30 1234567", "for [PHONE_1]"),
    ("DE89 3704 0044 0532 0130 00", "[IBAN_1]"),
    ("sgd_" + "q" * 40, "***"),
    ("https://jo:secret@hooks.example/x", "https://***@hooks.example/x"),
    ("a\x1b[31m\u202eb", "a%1B[31m%E2%80%AEb"),
    ("project:acme:jo@example.com", "project:acme:[EMAIL_1]"),
    (f"org/acme/{UUID}/jo@example.com.pdf", f"org/acme/{UUID}/[EMAIL_1]"),
    (UUID, UUID),
    ("0412434581230030" * 4, "0412434581230030" * 4),
    (7, 7),
    (None, None),
])  # fmt: skip
def test_a_name_in_a_log(given: object, kept: object) -> None:
    assert as_logged(given) == kept


def test_values_and_names_of_fields_at_any_depth_and_the_same_person_the_same_way() -> None:
    given = {"a@example.com": [{"who": "b@example.com"}, ("a@example.com", 1.5)]}
    assert as_logged(given) == {"[EMAIL_1]": [{"who": "[EMAIL_2]"}, ["[EMAIL_1]", 1.5]]}
