"""Whether a process still lives, told from a run's tags."""

import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from sgd_assets.running.owner import (
    HEARTBEAT_TAG,
    OWNER_TAG,
    STALE_AFTER_S,
    RunOwner,
    is_owner_dead,
    owner_tags,
)


def test_this_process_lives() -> None:
    tags = owner_tags()
    assert not is_owner_dead(tags)
    assert RunOwner.parse(tags[OWNER_TAG]) == RunOwner.here()


def test_a_process_that_was_killed_is_dead_at_once_also_before_it_is_reaped() -> None:
    show = "from sgd_assets.running.owner import owner_tags, OWNER_TAG; print(owner_tags()[OWNER_TAG], flush=True)"
    with subprocess.Popen([sys.executable, "-c", f"{show}; input()"], stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout is not None
        tags = {OWNER_TAG: process.stdout.readline().strip(), HEARTBEAT_TAG: f"{time.time():.0f}"}
        assert not is_owner_dead(tags)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert is_owner_dead(tags)


def test_a_pid_that_was_given_again_is_another_process() -> None:
    assert is_owner_dead({OWNER_TAG: replace(RunOwner.here(), started="1").text()})


@pytest.mark.parametrize("other", [replace(RunOwner.here(), boot="b"), replace(RunOwner.here(), namespace="n")])
def test_of_another_machine_or_container_only_the_heartbeat_tells(other: RunOwner) -> None:
    tag = {OWNER_TAG: replace(other, started="1").text()}
    assert not is_owner_dead({**tag, HEARTBEAT_TAG: f"{time.time():.0f}"})
    assert is_owner_dead({**tag, HEARTBEAT_TAG: f"{time.time() - STALE_AFTER_S - 1:.0f}"})
    assert is_owner_dead(tag)


@pytest.mark.parametrize("tag", [{}, {OWNER_TAG: "worker 7"}, {OWNER_TAG: "a/b/c/d/e"}])
def test_a_run_that_names_no_process_is_nobodys_to_judge(tag: dict[str, str]) -> None:
    assert not is_owner_dead(tag)
