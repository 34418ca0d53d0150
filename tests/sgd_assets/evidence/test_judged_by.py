"""The version of what judges a type changes with its rules, its bounds and its names, and with nothing else."""

from dataclasses import replace

import pytest

from sgd_assets.evidence import judged_by
from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.judged_by import CLEANERS, judging_version
from sgd_assets.evidence.policy import upload_policy
from sgd_resources.cleaning.dispatch import _CLEANERS
from sgd_resources.settings import Settings

pytestmark = pytest.mark.slow

POLICY = upload_policy()


def test_the_cleaners_named_are_those_that_clean() -> None:
    assert {
        media_type: f"{cleaner.__module__}:{cleaner.__qualname__}" for media_type, cleaner in _CLEANERS.items()
    } == CLEANERS
    assert {one.media_type for one in POLICY.types} <= CLEANERS.keys()


@pytest.mark.slow
def test_another_scan_rule_judges_every_type_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: judging_version(name, POLICY) for name in CLEANERS}
    monkeypatch.setattr(judged_by, "_scan_rules", lambda: "another")
    assert not {name for name, version in before.items() if judging_version(name, POLICY) == version}


def test_another_cleaner_judges_its_own_types_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: judging_version(name, POLICY) for name in CLEANERS}
    monkeypatch.setitem(CLEANERS, "image/svg+xml", "sgd_resources.cleaning.text:clean_text")
    changed = {name for name, version in before.items() if judging_version(name, POLICY) != version}
    assert changed == {"image/svg+xml"}


def test_a_lowered_cap_on_a_file_judges_nothing_again_and_a_bound_on_opening_does() -> None:
    now = judging_version("image/png", POLICY)
    assert judging_version("image/png", POLICY.lowered_to(1000)) == now
    tighter = replace(POLICY, limits=replace(POLICY.limits, max_pixels=1000))
    assert judging_version("image/png", tighter) != now


def test_the_gate_names_the_rules_of_a_file_by_its_extension() -> None:
    with build_gate(Settings(_env_file=None)) as gate:
        assert gate.judged_by("a/Logo.SVG") == judging_version("image/svg+xml", POLICY)
        assert gate.judged_by("tool.exe") == judging_version("", POLICY)
        assert {gate.judged_by("a.md"), gate.judged_by("tool.exe")} <= gate.judging_versions
