"""The short part of the matrix of deaths: one with the answer there and its cost unpaid. All of it is the nightly's."""

from pathlib import Path

import pytest

from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.postgres.engine import Database
from tests.benchmarks.graph_stack import graph_stack
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
