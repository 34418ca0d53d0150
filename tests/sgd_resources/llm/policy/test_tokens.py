"""The bound on tokens holds for every script, and is no multiple of what a text really has."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.llm.policy.tokens import family_of, most_tokens, scripts_of

SAMPLES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("token_counts.json").read_text("utf-8"))
"""Sentences of our own, with their tokens by o200k_base (`openai`) and by the dearest of it, cl100k_base, Llama 3 and
the tokenizer that Anthropic published (`dearest`)."""


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{number}-{one['script']}" for number, one in enumerate(SAMPLES)])
def test_no_sample_has_more_tokens_than_its_bound(sample: dict[str, Any]) -> None:
    scripts = scripts_of([sample["text"]])
    assert most_tokens(scripts, "openai") >= sample["openai"]
    assert most_tokens(scripts, "other") >= sample["dearest"]


@pytest.mark.parametrize("script", ["latin", "cjk", "kana", "japanese", "hangul", "cyrillic", "arabic", "devanagari"])
def test_a_language_is_not_counted_at_a_multiple_of_its_tokens(script: str) -> None:
    chosen = [sample for sample in SAMPLES if sample["script"] == script]
    assert chosen
    for sample in chosen:
        scripts = scripts_of([sample["text"]])
        assert most_tokens(scripts, "openai") <= 1.8 * sample["openai"]
        assert most_tokens(scripts, "other") <= 1.9 * sample["dearest"]


@given(st.text())
def test_no_character_is_left_out_and_none_counts_more_than_its_bytes_do(text: str) -> None:
    scripts = scripts_of([text])
    assert sum(scripts.values()) >= len(text)
    assert most_tokens(scripts, "other") <= 3 * len(text.encode("utf-8", "surrogatepass")) + 1


def test_what_no_row_names_is_counted_by_its_bytes() -> None:
    assert most_tokens(scripts_of(["ლოგო"]), "openai") == 12 + 1


def test_the_family_is_the_vendors() -> None:
    assert [family_of(slug) for slug in ("openai/gpt-5.6-terra", "anthropic/claude-sonnet-4.5")] == ["openai", "other"]


def test_a_text_that_comes_again_counts_as_at_first() -> None:
    text = "Grüße an 12 Läden"
    first = scripts_of([text])
    first["letter"] += 1_000
    assert scripts_of([text, text]) == scripts_of([text]) + scripts_of([text])
    assert scripts_of([text])["letter"] < 1_000
