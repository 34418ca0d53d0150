"""The short part of the matrix: one death with the answer there and its cost unpaid. All of it is `make nightly`'s."""

import os
from pathlib import Path

import pytest

from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.postgres.engine import Database
from tests.benchmarks.graph_stack import graph_stack
from tests.kills.dying import Steps
from tests.kills.matrix import MONEY, matrix


@pytest.mark.embedded
@pytest.mark.slow
def test_an_analysis_whose_worker_is_killed_before_it_paid_ends_once_and_is_told_under_one_id(
    services: ServiceUrls, database: Database, tmp_path: Path
) -> None:
    del database  # only emptied
    with graph_stack(tmp_path, services) as stack:
        with matrix(stack, tmp_path / "kills", processes=1) as made:
            row = made.ended_at("analyze", 3, MONEY[1], "kill")
            passed = (tmp_path / "kills" / "steps").read_text("utf-8").splitlines()
        [found] = made.judged([row])
    assert passed[3] == f"3\t{MONEY[1]}"
    assert (found.is_hit, found.status, found.ends_told, found.message_ids) == (True, "succeeded", 1, 1)


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
