"""What is handed on of one document is bounded, and what was left out is said."""

import pytest

from sgd_resources.parsed_document import ColourUse, Location, TextBlock
from sgd_resources.parsers import budget
from sgd_resources.parsers.parts import ParsedParts
from tests.sgd_resources.parsers.parsing import parse


def block(text: str) -> TextBlock:
    return TextBlock(text=text, location=Location())


def test_an_ordinary_document_is_kept_whole_and_nothing_is_said() -> None:
    parts = ParsedParts(
        text_blocks=[block("a")], colours=[ColourUse(hex="#112233", source="text", location=Location())]
    )
    budget.keep_within_budget(parts)
    assert (len(parts.text_blocks), len(parts.colours), parts.warnings) == (1, 1, [])


def test_what_stands_behind_the_bounds_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_BLOCKS", 3)
    monkeypatch.setattr(budget, "MOST_COLOURS", 2)
    document = parse("\n\n".join(f"Sea {n} #11223{n}" for n in range(5)), "text/markdown", ".md")
    assert (len(document.text_blocks), len(document.colours)) == (3, 2)
    assert "text was read up to block 3 of 5" in document.warnings
    assert "colours were read up to number 2 of 5" in document.warnings


def test_text_is_bounded_by_its_characters_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_CHARACTERS", 10)
    parts = ParsedParts(text_blocks=[block(text) for text in ("four", "more", "three")])
    budget.keep_within_budget(parts)
    assert [block.text for block in parts.text_blocks] == ["four", "more"]
