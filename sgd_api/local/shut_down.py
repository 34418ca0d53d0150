"""Stops everything that runs from a data directory, and returns when it has stopped.

What must not live here: finding it (`presence.py`).
"""

import os
import signal
from pathlib import Path

from sgd_api.local.presence import Presence, is_locked, living
from sgd_resources.errors import Unavailable
from sgd_resources.processes import comes_true, send_signal, signal_group

_COMMAND_WAIT_S = 60.0
"""A command lets its children finish (15 s), then its services stop (20 s each at worst)."""
_CHILD_WAIT_S = 15.0
_SERVICES_WAIT_S = 45.0
_PAUSE_S = 0.1


def shut_down(var_dir: Path) -> list[str]:
    """Names of what was stopped: running commands with all they started, then strays, then the embedded services.

    Raises:
        Unavailable: something does not stop; the message names it.
    """
    me = os.getpid()
    stopped = [found for found in living(var_dir) if found.role == "command" and found.pid != me]
    for command in stopped:
        send_signal(command.pid, signal.SIGTERM)
    _wait_for_end(var_dir, {command.pid for command in stopped}, _COMMAND_WAIT_S)
    strays = [found for found in living(var_dir) if found.pid != me]
    for number, patience_s in ((signal.SIGTERM, _CHILD_WAIT_S), (signal.SIGKILL, _CHILD_WAIT_S)):
        for stray in strays:
            _signal_all(stray, number)
        _wait_for_end(var_dir, {stray.pid for stray in strays}, patience_s)
    left = {found.pid for found in living(var_dir)} & {stray.pid for stray in strays}
    if left:
        raise Unavailable(f"these processes do not stop: {', '.join(map(str, sorted(left)))}")
    _wait_for_services(var_dir)
    return [f"{found.name} ({found.pid})" for found in dict.fromkeys([*stopped, *strays])]


def _wait_for_end(var_dir: Path, pids: set[int], patience_s: float) -> None:
    comes_true(lambda: not pids & {found.pid for found in living(var_dir)}, patience_s, pause_s=_PAUSE_S)


def _wait_for_services(var_dir: Path) -> None:
    """The embedded services end by themselves with their last user."""
    lock = var_dir / "run" / "supervisor.lock"
    if not comes_true(lambda: not is_locked(lock), _SERVICES_WAIT_S, pause_s=_PAUSE_S):
        raise Unavailable("the embedded services are still in use by a command that `sgd down` does not know")


def _signal_all(found: Presence, number: int) -> None:
    """A stray child leads a group; a command shares the one of the shell it was typed into."""
    if found.role == "command":
        send_signal(found.pid, number)
    else:
        signal_group(found.pid, number)
