"""The doctor on the models' policy: what an edit left out is told in one line, with what to write."""

import json
from pathlib import Path

import pytest

from sgd_api.cli.diagnosis import _models
from sgd_resources import contracts
from sgd_resources.llm.policy import policy_file
from sgd_resources.settings import Settings


def test_a_task_without_fallbacks_is_told_in_one_line_with_what_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = json.loads((contracts.POLICIES_DIR / "openrouter_policy.json").read_text("utf-8"))
    del body["tasks"]["planner"]["fallbacks"]

    def broken(_: object) -> None:
        contracts.check_input("openrouter_policy", body)

    monkeypatch.setattr(policy_file.PolicyFile, "current", broken)
    found = _models(Settings(_env_file=None, sgd_var_dir=tmp_path))
    assert found.level == "fail"
    assert "fallbacks" in found.state
    assert "planner" in found.state
    assert "[] for none" in found.mend
    assert "\n" not in found.state + found.mend
