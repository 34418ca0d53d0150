"""The rules beside the brief set that others wrote: how many elements are right, and that no instruction is printed."""

from sgd_assets.renders.brief.read import read_brief
from tests.briefs.__main__ import report
from tests.briefs.score import score_set
from tests.briefs.truths import read_set

LEAST_RIGHT = 0.97


def test_the_dev_set_is_read_rightly_and_no_instruction_is_printed() -> None:
    entries = read_set()
    score = score_set(entries, {entry.id: read_brief(entry.request).model_dump(by_alias=True) for entry in entries})
    assert score.leaking == [], report(score)
    assert score.right_share >= LEAST_RIGHT, report(score)
