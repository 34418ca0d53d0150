"""Words without personal data are looked through once; those with any are replaced at each call, by that call's map."""

import pytest

from sgd_resources.llm.safety import redaction
from sgd_resources.llm.safety.redaction import Redaction


def test_a_text_without_personal_data_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    plain = Redaction._redacted

    def watched(self: Redaction, text: str) -> str:
        looked.append(text)
        return plain(self, text)

    monkeypatch.setattr(redaction, "_HARMLESS", redaction._Remembered(2))
    monkeypatch.setattr(Redaction, "_redacted", watched)
    for text in ("one", "one", "two", "three", "three", "one"):
        assert Redaction().redact(text) == text
    # Only the last two are remembered.
    assert looked == ["one", "two", "three", "one"]


def test_a_text_with_personal_data_is_replaced_by_each_call_for_itself() -> None:
    first, second = Redaction(), Redaction()
    second.redact("Ask b@shop.example.")
    for _ in range(2):
        assert first.redact("Ask a@shop.example.") == "Ask [EMAIL_1]."
        assert second.redact("Ask a@shop.example.") == "Ask [EMAIL_2]."
    assert second.restore("[EMAIL_1], [EMAIL_2]") == "b@shop.example, a@shop.example"


def test_half_a_character_is_a_text_too() -> None:
    assert Redaction().redact("\ud83d a@shop.example") == "\ud83d [EMAIL_1]"
