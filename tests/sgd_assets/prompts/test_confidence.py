"""Confidence: from what can be seen of an answer, and near to how often such answers are right."""

import json
from pathlib import Path
from typing import Any

from sgd_assets.prompts.confidence import confidence_of
from sgd_assets.prompts.spans import share_found

MARKED = json.loads((Path(__file__).parent / "marked_answers.json").read_text("utf-8"))


def told(answer: dict[str, Any]) -> float:
    share = share_found(answer["prompt"], answer["extracted"])
    flagged = answer["is_injection_flagged"]
    return confidence_of(answer["status"], grounded_share=share, is_injection_flagged=flagged)


def test_it_is_near_to_how_often_such_answers_are_right() -> None:
    pairs = [(told(answer), answer["is_right"]) for answer in MARKED["kept"]]
    assert len(pairs) == 28
    for low, high in ((0.0, 0.34), (0.34, 0.67), (0.67, 1.01)):
        within = [(said, right) for said, right in pairs if low <= said < high]
        assert len(within) >= 5
        said = sum(said for said, _ in within) / len(within)
        right = sum(right for _, right in within) / len(within)
        assert abs(said - right) <= 0.2, (low, said, right)


def test_right_answers_of_the_kept_half_stand_above_wrong_ones() -> None:
    right = [told(answer) for answer in MARKED["kept"] if answer["is_right"]]
    wrong = [told(answer) for answer in MARKED["kept"] if not answer["is_right"]]
    above = sum(one > other for one in right for other in wrong) / (len(right) * len(wrong))
    assert above >= 0.8
    assert sum(right) / len(right) - sum(wrong) / len(wrong) >= 0.3


def test_each_sign_moves_it_the_way_it_should() -> None:
    base = confidence_of("passed", grounded_share=0.8, is_injection_flagged=False)
    assert confidence_of("passed", grounded_share=1.0, is_injection_flagged=False) > base
    assert confidence_of("relaxed", grounded_share=0.8, is_injection_flagged=False) < base
    assert confidence_of("passed", grounded_share=0.8, is_injection_flagged=True) < base
    assert 0 < confidence_of("passed", grounded_share=None, is_injection_flagged=False) < base
