"""The shipped word lists over lines of seven languages that were written before the lists."""

from collections import Counter

import pytest

from tests.content_policy.lines import SETS, judged, read_lines


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_what_must_be_blocked_is_and_what_only_looks_alike_passes(name: str) -> None:
    found = judged(name)
    assert [line.text for line in found.missed] == []
    assert [line.text for line in found.wrong] == []


@pytest.mark.slow
def test_a_line_is_blocked_by_the_rule_of_its_category() -> None:
    others = [line.text for name in SETS for line in judged(name).other_rule]
    assert len(others) <= 6, others


def test_every_category_and_language_has_lines_of_both_kinds() -> None:
    blocked, benign = read_lines("first")
    assert len(blocked) >= 120
    assert len(benign) >= 120
    for lines in (blocked, benign):
        counts = Counter((line.category, line.language) for line in lines if line.category)
        assert len(counts) == 5 * 7
        assert min(counts.values()) >= 3
