"""What the loads' figures say: quantiles, keys within the shipped limits, rules that break when they should."""

import pytest

from sgd_resources.llm.policy.policy_file import parse_policy
from tests.load.analyses import PAUSE_S, PROMPTS_OF_A_BATCH, fitted
from tests.load.drive import Asked, Run, quantile
from tests.load.place import KEY_PER_MIN, ORG_WORK_PER_MIN, keys_needed
from tests.load.report import page
from tests.load.scenarios import Rule, _all_succeed, at_most


def test_a_quantile_is_a_value_that_so_many_do_not_exceed() -> None:
    values = [float(value) for value in range(100)]
    assert [quantile(values, ratio) for ratio in (0.5, 0.95, 1.0)] == [50.0, 95.0, 99.0]
    assert quantile([], 0.95) == 0.0


@pytest.mark.parametrize("per_s", [0.5, 5, 50])
def test_a_load_has_as_many_keys_and_orgs_as_the_shipped_limits_need(per_s: float) -> None:
    orgs, keys = keys_needed(per_s)
    assert per_s * 60 <= orgs * ORG_WORK_PER_MIN
    assert per_s * 60 <= keys * KEY_PER_MIN
    assert keys >= orgs


def test_a_request_without_an_end_and_a_figure_above_its_bound_break_their_rules() -> None:
    good, bad = Asked(0.0, end="succeeded"), Asked(0.0, end="http 503")
    assert _all_succeed(Run("r", [good, good])).is_kept
    assert not _all_succeed(Run("r", [good, bad])).is_kept
    assert not _all_succeed(Run("r", [])).is_kept
    assert at_most("x", 2.0, 2.0).is_kept
    assert not at_most("x", 2.1, 2.0).is_kept


def test_the_report_shows_broken_rules_and_loads_nothing() -> None:
    run = Run("soak", [Asked(1.0, 200, 10.0, 20.0, "succeeded", "a")])
    html = page([(run, [Rule("says <b>", "found", is_kept=False)])], "machine")
    assert "BROKEN" in html
    assert "says &lt;b&gt;" in html
    assert "http" not in html.replace("http-equiv", "")


def test_the_loads_own_policy_is_one_and_lets_a_thousand_people_ask() -> None:
    found = parse_policy(fitted())
    prompts_per_min = 1_000 / PAUSE_S * 60 * PROMPTS_OF_A_BATCH
    assert (found.rate_limits.calls_per_min_per_model or 0) > prompts_per_min
    assert (found.rate_limits.tokens_per_min_per_model or 0) > prompts_per_min * found.task("analyze").max_output_tokens
