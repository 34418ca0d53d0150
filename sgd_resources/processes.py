"""Processes of one machine: dying with a parent, telling one from its successors, waiting for one, ending a group.

Standard library only, and cheap to import: the fork server, its children and the keeper of the embedded services begin
with it. What must not live here: what a process does, when it is started again (`sgd_api/local/supervisor.py`,
`embedded/supervisor.py`), or what a confined child may not do (`sandbox/`).
"""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

IS_LINUX = sys.platform.startswith("linux")

_PR_SET_PDEATHSIG = 1
"""Source: prctl(2)."""
# Opened here, because between fork and exec nothing should be loaded.
_LIBC = ctypes.CDLL(None, use_errno=True) if IS_LINUX else None


def ask_death_signal(number: int) -> None:
    """Have the kernel send this process a signal when its parent dies, however it dies. Linux; elsewhere nothing."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def die_with(parent_pid: int, number: int = signal.SIGTERM) -> None:
    """Get a signal when the parent dies (Linux). Also for between fork and exec.

    Raises:
        SystemExit: it is dead already, so that no signal would come.
    """
    ask_death_signal(number)
    if IS_LINUX and os.getppid() != parent_pid:
        raise SystemExit(1)


def started(pid: int) -> str | None:
    """When a process began, in clock ticks since boot: with its number, which is given again, it tells who it is.

    None when there is no such process, or it has ended and waits to be reaped. Linux.
    Source: proc(5), field 22 of `/proc/{pid}/stat`.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name in parentheses may hold spaces and parentheses of its own.
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]


@cache
def boot_id() -> str:
    """Of the kernel that runs now; empty where it has none. A restart makes another."""
    path = Path("/proc/sys/kernel/random/boot_id")
    return path.read_text("ascii").strip() if path.is_file() else ""


@cache
def pid_namespace() -> str:
    """Whose numbers ours are: containers of one machine share its boot and count their own. Empty off Linux."""
    path = Path("/proc/self/ns/pid")
    return str(path.stat().st_ino) if path.exists() else ""


def has_ended(child_pid: int) -> bool:
    """Whether a child has, looked at without reaping it: until it is, its number and its group's are nobody else's."""
    return os.waitid(os.P_PID, child_pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def comes_true(condition: Callable[[], bool], timeout_s: float, *, pause_s: float = 0.02) -> bool:
    """Whether a condition did, asked every `pause_s` until then."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(pause_s)
    return True


def send_signal(pid: int, number: int) -> None:
    """Signal a process, if it is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def signal_group(leader_pid: int, number: int) -> None:
    """Signal what is left of a process group."""
    # macOS answers EPERM for a group of which only the unreaped are left.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader_pid, number)
