"""A locked file tells who lives; what the dead left behind is removed, whatever number stands in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sgd_api.local.presence import Presence, claim, fill, living, present


def test_a_command_is_there_for_the_length_of_its_block(tmp_path: Path) -> None:
    with present(tmp_path, "sgd up"):
        assert living(tmp_path) == [Presence("command", "sgd up", os.getpid())]
    assert living(tmp_path) == []


def test_a_file_of_the_dead_counts_for_nobody_though_its_number_lives(tmp_path: Path) -> None:
    path, lock = claim(tmp_path, "child", "api")
    fill(lock, "child", "api", os.getpid())
    lock.close()
    assert living(tmp_path) == []
    assert not path.exists()


@pytest.mark.slow
def test_a_child_that_inherits_the_claim_keeps_it(tmp_path: Path) -> None:
    _, lock = claim(tmp_path, "child", "api")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock.fileno()]) as child:
        fill(lock, "child", "api", child.pid)
        lock.close()
        assert living(tmp_path) == [Presence("child", "api", child.pid)]
        child.communicate(b"\n")
    assert living(tmp_path) == []


def test_commands_come_before_children(tmp_path: Path) -> None:
    _, lock = claim(tmp_path, "child", "api")
    with lock, present(tmp_path, "sgd up"):
        fill(lock, "child", "api", 1)
        assert [found.role for found in living(tmp_path)] == ["command", "child"]
