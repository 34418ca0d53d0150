"""Processes: who one is, whether it has ended, and what ends with what."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sgd_resources import processes
from sgd_resources.processes import IS_LINUX, comes_true, die_with, has_ended, send_signal, signal_group, started

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_nothing_but_the_standard_library_comes_with_it() -> None:
    show = "import sys; sys.path.insert(0, sys.argv[1]); import sgd_resources.processes; print(*sys.modules)"
    root = os.path.dirname(os.path.dirname(processes.__file__))
    found = subprocess.run([sys.executable, "-I", "-S", "-c", show, root], capture_output=True, text=True, check=True)
    tops = {name.partition(".")[0] for name in found.stdout.split()} - {"sgd_resources", "__main__"}
    assert not tops - sys.stdlib_module_names


@pytest.mark.skipif(not IS_LINUX, reason="the kernel's death signal is Linux'")
def test_who_comes_to_life_after_its_parents_death_ends_at_once() -> None:
    try:
        with pytest.raises(SystemExit):
            die_with(os.getpid(), signal.SIGCONT)
    finally:
        processes.ask_death_signal(0)


@pytest.mark.skipif(not IS_LINUX, reason="the kernel's death signal is Linux'")
def test_a_grandchild_is_signalled_when_its_parent_is_killed() -> None:
    code = (
        "import os, subprocess, sys; from functools import partial; from sgd_resources.processes import die_with\n"
        f"child = subprocess.Popen({SLEEPS!r}, preexec_fn=partial(die_with, os.getpid()))\n"
        "print(child.pid, flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as parent:
        assert parent.stdout is not None
        grandchild = int(parent.stdout.readline())
        before = started(grandchild)
        assert before is not None
        parent.kill()
    assert comes_true(lambda: started(grandchild) != before, 30), Path(f"/proc/{grandchild}/status").read_text()


def test_a_child_that_has_ended_is_still_there_to_be_reaped() -> None:
    child = subprocess.Popen(SLEEPS)
    assert not has_ended(child.pid)
    send_signal(child.pid, signal.SIGKILL)
    assert comes_true(lambda: has_ended(child.pid), 10)
    if IS_LINUX:
        assert started(child.pid) is None
    assert child.wait() == -signal.SIGKILL


def test_a_group_is_signalled_with_all_that_belong_to_it_and_gone_ones_are_no_error() -> None:
    shell = f"'{sys.executable}' -c 'import time; time.sleep(60)' & echo $!; wait"
    with subprocess.Popen(["/bin/sh", "-c", shell], stdout=-1, text=True, start_new_session=True) as leader:
        assert leader.stdout is not None
        member = int(leader.stdout.readline())
        signal_group(leader.pid, signal.SIGKILL)
        assert leader.wait() == -signal.SIGKILL
    if IS_LINUX:
        assert comes_true(lambda: started(member) is None, 10)
    signal_group(leader.pid, signal.SIGKILL)
    send_signal(leader.pid, signal.SIGKILL)


def test_a_condition_that_never_comes_true_is_given_up_and_one_that_holds_is_asked_once() -> None:
    asked: list[int] = []
    assert comes_true(lambda: not asked.append(1), 10)  # type: ignore[func-returns-value]  # append returns None
    assert asked == [1]
    assert not comes_true(lambda: False, 0.03, pause_s=0.01)
