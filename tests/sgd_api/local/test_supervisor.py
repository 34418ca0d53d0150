"""Child processes end with their supervisor, however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sgd_api.local.presence import living
from sgd_api.local.supervisor import supervisor, tail
from sgd_resources.errors import Unavailable

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def wait_until_dead(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if not is_alive(pid):
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
def test_children_end_with_the_block(tmp_path: Path) -> None:
    with supervisor(tmp_path) as group:
        child = group.start("sleeper", SLEEPER, dict(os.environ))
        assert child.popen.poll() is None
    assert child.popen.poll() == -signal.SIGTERM


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux only")
def test_a_supervisor_killed_with_9_leaves_no_stray(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from sgd_api.local.supervisor import supervisor\n"
        f"with supervisor(Path({str(tmp_path)!r})) as group:\n"
        f"    print(group.start('s', {SLEEPER!r}, dict(os.environ)).popen.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        child_pid = int(owner.stdout.readline())
        owner.kill()
        assert wait_until_dead(child_pid)


@pytest.mark.slow
def test_a_child_that_ends_early_is_named_with_its_log(tmp_path: Path) -> None:
    with supervisor(tmp_path) as group:
        argv = [sys.executable, "-c", "import sys; sys.exit('no such thing')"]
        group.start("broken", argv, dict(os.environ)).popen.wait()
        with pytest.raises(Unavailable, match="broken stopped") as caught:
            group.wait_ready("broken", lambda: False, timeout_s=10)
    assert "no such thing" in caught.value.details["tail"]


FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def first_line(path: Path) -> str:
    deadline = time.monotonic() + 20
    while not path.is_file() or not path.read_text().endswith("\n"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return path.read_text().splitlines()[-1]


@pytest.mark.slow
def test_a_dead_child_is_started_again_without_what_it_left_behind(tmp_path: Path) -> None:
    with supervisor(tmp_path) as group:
        child = group.start("family", [sys.executable, "-c", FAMILY], dict(os.environ))
        grandchild = int(first_line(child.log_path))
        first = child.popen.pid
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while not group.restart_dead():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert wait_until_dead(grandchild)
        assert child.popen.pid != first
        assert [found.pid for found in living(tmp_path)] == [child.popen.pid]
    assert living(tmp_path) == []


@pytest.mark.slow
def test_what_a_child_leaves_behind_at_the_end_is_killed_too(tmp_path: Path) -> None:
    with supervisor(tmp_path) as group:
        child = group.start("family", [sys.executable, "-c", FAMILY], dict(os.environ))
        grandchild = int(first_line(child.log_path))
    assert wait_until_dead(grandchild)


@pytest.mark.slow
def test_a_dead_child_is_told_to_those_who_wait_for_it(tmp_path: Path) -> None:
    with supervisor(tmp_path) as group:
        group.start("sleeper", SLEEPER, dict(os.environ))
        group.check()
        group.child("sleeper").popen.kill()
        os.waitid(os.P_PID, group.child("sleeper").popen.pid, os.WEXITED | os.WNOWAIT)
        with pytest.raises(Unavailable, match="sleeper stopped"):
            group.check()


def test_the_tail_of_a_missing_log_is_empty(tmp_path: Path) -> None:
    assert tail(tmp_path / "none.log") == ""
