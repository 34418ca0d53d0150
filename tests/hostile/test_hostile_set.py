"""The evaluation set of uploads: every verdict allowed, every invariant held, nothing slow or large."""

import pytest

from tests.hostile.hostile_set import entries
from tests.hostile.judge import judge

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not entries(), reason="the evaluation set is not beside the repository (SGD_SHARED names it)"),
]
GROUPS = sorted({entry.group for entry in entries()})


@pytest.mark.parametrize("group", GROUPS)
def test_every_verdict_is_allowed_and_every_invariant_holds(group: str) -> None:
    report = judge(tuple(entry for entry in entries() if entry.group == group))
    result = report.groups[group]
    assert result.faults == []
    assert result.verdicts_right == result.files
    assert report.peak_bytes < 1_000_000_000
