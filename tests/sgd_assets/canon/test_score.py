"""A canon is scored by what a person wrote down of the brand, and by nothing else."""

import pytest

from sgd_assets.canon.model import Canon, Voice
from sgd_assets.canon.score import means, scores, truth_of
from sgd_resources.errors import InvalidInput

TRUTH = truth_of({
    "palette_hex": ["#0C1938", "#2F5BEA"], "colours": [{"hex": "#2F5BEA", "role": "secondary"}],
    "fonts": ["Inter", "Space Grotesk"], "fonts_optional": ["Arial"],
    "voice": {"tone": "Exact, calm and brief", "dos": ["Lead with the number"], "donts": ["Never shout at drivers"]},
})  # fmt: skip


def test_colours_that_look_the_same_are_paired_once_each() -> None:
    found = scores(Canon(palette_hex=("#0D1A39", "#0C1938", "#FF0000")), TRUTH)
    assert found["palette F1"] == pytest.approx(2 * 1 / (3 + 2))


def test_a_stated_fallback_is_neither_right_nor_wrong_and_a_variable_cut_is_its_family() -> None:
    assert scores(Canon(fonts=("inter", "SpaceGrotesk Variable", "Arial")), TRUTH)["font F1"] == 1.0
    assert scores(Canon(fonts=("Inter", "Lobster")), TRUTH)["font F1"] == 0.5


def test_a_voice_rule_counts_when_half_of_its_words_are_said_in_one_sentence() -> None:
    voice = Voice(tone="calm and exact", dos=("Lead with a number",), donts=("Never invent",))
    assert scores(Canon(voice=voice), TRUTH)["voice coverage"] == pytest.approx(2 / 3, abs=0.001)
    assert scores(Canon(), TRUTH)["voice coverage"] == 0.0


def test_what_a_brand_does_not_state_is_no_measure_and_is_left_out_of_the_mean() -> None:
    silent = scores(Canon(), truth_of({"fonts": ["Inter"]}))
    assert silent == {"font F1": 0.0}
    assert means([silent, {"font F1": 1.0, "palette F1": 0.5}]) == {"font F1": 0.5, "palette F1": 0.5}


def test_a_truth_in_another_form_is_refused() -> None:
    with pytest.raises(InvalidInput):
        truth_of({"colours": ["#FFFFFF"]})
