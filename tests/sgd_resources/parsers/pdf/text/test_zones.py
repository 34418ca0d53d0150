"""Columns are looked for on pages of ordinary length; a page strewn with thousands of words says that they were not."""

import random

import pytest

from sgd_resources.parsers.pdf.text import zones
from sgd_resources.parsers.pdf.text.lines import Line
from tests.benchmarks.growth.pdfs import CONSTRUCTS
from tests.sgd_resources.parsers.parsing import parse


def test_a_page_strewn_with_words_is_read_without_its_columns_and_says_so() -> None:
    strewn = next(construct for construct in CONSTRUCTS if "words strewn" in construct.name)
    few, many = (parse(strewn.bytes_of(n), "application/pdf", ".pdf") for n in (100, 1_200))
    assert sum(block.text.count("Sea") for block in many.text_blocks) > 1_000
    assert any("columns were not told apart" in warning for warning in many.warnings)
    assert not any("columns" in warning for warning in few.warnings)


def test_of_the_stretches_between_strewn_lines_only_the_widest_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0
    height_between = zones._height_between

    def counted(lines: list[Line], top: float, bottom: float) -> float:
        nonlocal measured
        measured += 1
        return height_between(lines, top, bottom)

    monkeypatch.setattr(zones, "_height_between", counted)
    drawn = random.Random(7)
    places = [(drawn.randrange(8) * 10.0, drawn.random() * 700) for _ in range(400)]
    lines = [Line("Sea", (x, y, x + 30, y + 8), "", 8.0, None) for x, y in places]
    zones.zones_of(lines)
    assert 0 < measured <= 100
