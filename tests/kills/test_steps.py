"""A step that is armed ends one process, and all are written down."""

import os
from pathlib import Path

import pytest

from tests.kills.dying import Steps


def test_a_step_that_is_armed_ends_one_process_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, _: killed.append(pid))
    steps = Steps(tmp_path)
    steps.at("before any job")
    (tmp_path / "armed").write_text("1 kill", "utf-8")
    for _ in range(2):
        steps.begin()
        steps.at("before a commit")
        steps.end()
    assert killed == [os.getpid()]
    told = [line.split("\t") for line in (tmp_path / "steps").read_text("utf-8").splitlines()]
    assert told == [["0", "taken"], ["1", "before a commit"], ["2", "served"]] * 2
