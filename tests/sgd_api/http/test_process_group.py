"""Several processes over one socket: kept at their number, and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sgd_api.http import process_group
from sgd_api.http.process_group import ProcessGroup

PATIENCE_S = 30.0
WAITS = "import os,signal,sys; open(sys.argv[1]+'/'+str(os.getpid()),'w').close(); signal.pause()"
REFUSES = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + WAITS


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_group, "_LOOK_AGAIN_S", 0.01)
    monkeypatch.setattr(process_group, "_SHORTEST_LIFE_S", 0.0)
    monkeypatch.setattr(process_group, "_KILL_AFTER_S", 0.1)


def started(folder: Path) -> set[int]:
    return {int(path.name) for path in folder.iterdir()}


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


def run_while(folder: Path, act: Callable[[], None], *, code: str = WAITS, grace_s: float = 10.0) -> None:
    """Runs a group of two in this thread, as a process does, while another thread acts and then asks it to stop."""

    def command(_: int) -> Sequence[str]:
        return [sys.executable, "-c", code, str(folder)]

    def acting() -> None:
        try:
            until(lambda: len(started(folder)) >= 2)
            act()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    other = threading.Thread(target=acting)
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            other.start()
            ProcessGroup(2, listener.fileno(), grace_s=grace_s, command=command).run()
    finally:
        other.join()
        for number, handler in handlers.items():
            signal.signal(number, handler)


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_one_that_dies_is_started_again_and_all_end_with_the_group(tmp_path: Path) -> None:
    def kill_one() -> None:
        os.kill(min(started(tmp_path)), signal.SIGKILL)
        until(lambda: len(started(tmp_path)) == 3)

    run_while(tmp_path, kill_one)
    assert len(started(tmp_path)) == 3
    assert all(is_gone(pid) for pid in started(tmp_path))


def test_one_that_does_not_end_in_its_grace_is_killed(tmp_path: Path) -> None:
    run_while(tmp_path, lambda: None, code=REFUSES, grace_s=0.1)
    assert all(is_gone(pid) for pid in started(tmp_path))


def test_a_process_of_the_group_has_none_of_its_own() -> None:
    command = process_group.api_process(7)
    assert command[1:] == ["-m", "sgd_api.http.serve", "--fd", "7"]


@pytest.mark.slow
def test_processes_die_with_the_group_even_when_it_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys; from sgd_api.http.process_group import ProcessGroup\n"
        f"ProcessGroup(2, 0, grace_s=1, command=lambda fd: [sys.executable, '-c', {WAITS!r}, {str(tmp_path)!r}]).run()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as group:
        until(lambda: len(started(tmp_path)) == 2)
        group.kill()
        group.wait()
    until(lambda: all(is_gone(pid) for pid in started(tmp_path)))
