"""The language of a prompt: right for nearly every sentence, `und` where nobody could say."""

import json
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from py3langid.langid import LanguageIdentifier

from sgd_assets.prompts import language
from sgd_assets.prompts.language import UNKNOWN, detect_language
from sgd_resources.lazy import Lazy

pytestmark = pytest.mark.slow

SENTENCES = json.loads((Path(__file__).parent / "language_sentences.json").read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("part", ["seen", "kept", "fresh"])
def test_at_least_95_in_100_sentences_of_20_languages_are_told_right(part: str) -> None:
    pairs = [(code, text) for code, texts in SENTENCES[part].items() for text in texts]
    assert len({code for code, _ in pairs}) == 20
    assert all(len(text) >= 20 for _, text in pairs)
    wrong = [(code, detect_language(text), text) for code, text in pairs if detect_language(text) != code]
    assert len(wrong) <= 0.05 * len(pairs), wrong


def test_of_short_instructions_full_of_loan_words_few_are_taken_for_a_neighbour() -> None:
    found = [(code, detect_language(text)) for code, texts in SENTENCES["instructions"].items() for text in texts]
    assert sum(told not in (code, UNKNOWN) for code, told in found) <= 0.05 * len(found)
    assert sum(told == code for code, told in found) >= 0.92 * len(found)


def test_letters_without_their_marks_are_still_of_their_language() -> None:
    signs = {"ar", "hi", "ja", "zh"}
    pairs = [(code, _plain(text)) for code, texts in SENTENCES["fresh"].items() if code not in signs for text in texts]
    wrong = [(code, detect_language(text), text) for code, text in pairs if detect_language(text) != code]
    assert len(wrong) <= 0.05 * len(pairs), wrong


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("\u0131", "i"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in SENTENCES["others"].items() for text in texts]
)
def test_a_sentence_of_a_rarer_language_or_a_neighbour_is_not_taken_for_a_common_one(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", SENTENCES["unsure"])
def test_codes_numbers_and_signs_are_in_no_language(text: str) -> None:
    assert detect_language(text) == UNKNOWN


def test_placeholders_and_addresses_do_not_decide() -> None:
    assert detect_language("[EMAIL_1] https://www.example.de/werbung Écris-lui aujourd'hui, s'il te plaît.") == "fr"


def test_prompts_that_come_at_once_load_the_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Any] = []

    class English:
        def rank(self, _: str) -> list[tuple[str, float]]:
            return [("en", 1.0)]

    def load(*_: Any, **__: Any) -> English:
        loaded.append(_)
        time.sleep(0.05)
        return English()

    monkeypatch.setattr(LanguageIdentifier, "from_model_file", load)
    monkeypatch.setattr(language, "_IDENTIFIER", Lazy(language._load))
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(detect_language, [f"twelve red mugs for the shop {number}" for number in range(8)]))
    assert found == ["en"] * 8
    assert len(loaded) == 1
