"""What stays of a request's words: all, all but personal data, or none; its shape stays."""

from typing import Any

from sgd_assets.renders.campaign.items import items_of
from sgd_resources.llm.safety.request_text import body_as_kept

RENDER: dict[str, Any] = {
    "project_id": "spring",
    "prompts": {"task": "create", "instruction": "Poster for jo@example.com", "references": ["org/acme/a.png"]},
    "copy": {"headline": "Call +49 30 1234567", "extra": ["at seven"]},
    "outputs": {"count": 1, "format": "png", "dimensions": "64x64"},
}
ANALYSIS: dict[str, Any] = {
    "prompt": "Order for jo@example.com", "guidance": None, "format": "text", "options": {"model": "a/b"},
    "examples": [{"prompt": "Mail max@example.com", "answer": {"who": "max@example.com"}}],
}  # fmt: skip
BATCH: dict[str, Any] = {
    "project_id": "spring", "prompts": {"task": "create", "instruction": "Poster for {city}: {who}"},
    "csv": "city;who\nBerlin;jo@example.com\nRome;max@example.com\n",
    "outputs": {"count": 1, "format": "png", "sizes": ["64x64", "32x32"]},
}  # fmt: skip


def test_words_that_are_kept_and_words_without_personal_data_are_whole() -> None:
    assert body_as_kept(RENDER, "kept") == (RENDER, "whole")
    plain = {**RENDER, "prompts": {"task": "create", "instruction": "A card"}, "copy": {"headline": "Hello"}}
    assert body_as_kept(plain, "redacted") == (plain, "whole")


def test_personal_data_goes_and_all_else_stays() -> None:
    found, state = body_as_kept(RENDER, "redacted")
    assert state == "redacted"
    assert found["prompts"] == {**RENDER["prompts"], "instruction": "Poster for [EMAIL_1]"}
    assert found["copy"] == {"headline": "Call [PHONE_1]", "extra": ["at seven"]}
    assert found["outputs"] == RENDER["outputs"]


def test_with_none_no_word_of_any_kind_of_job_stays() -> None:
    for body in (RENDER, ANALYSIS, BATCH):
        found, state = body_as_kept(body, "none")
        assert state == "removed"
        for word in ("Poster", "Order", "example.com", "seven", "Berlin", "Rome", "Mail"):
            assert word not in str(found), (word, found)
    assert body_as_kept(RENDER, "none")[0]["prompts"]["references"] == RENDER["prompts"]["references"]


def test_a_campaign_without_its_words_still_has_its_rows_and_sizes() -> None:
    before, after = items_of(BATCH), items_of(body_as_kept(BATCH, "none")[0])
    assert [(item.index, item.row, item.size) for item in after] == [
        (item.index, item.row, item.size) for item in before
    ]  # fmt: skip
    assert items_of(body_as_kept(BATCH, "redacted")[0])[2].fields == {"city": "Rome", "who": "[EMAIL_2]"}


def test_it_is_idempotent() -> None:
    for mode in ("redacted", "none"):
        once, _ = body_as_kept(BATCH, mode)
        assert body_as_kept(once, mode) == (once, "whole")
