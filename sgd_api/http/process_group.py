"""Several API processes over one listening socket: started, started again when they die, stopped together.

The kernel hands each connection to whichever process accepts it first. What must not live here: serving (`serve.py`).
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence

from sgd_resources.events import tell, warn
from sgd_resources.processes import die_with, send_signal

_LOOK_AGAIN_S = 0.2
_SHORTEST_LIFE_S = 2.0
"""One that dies sooner than this could not start; it is tried again after a pause, not in a tight loop."""
_KILL_AFTER_S = 5.0
"""Beyond the grace that each process gives its own requests."""


def api_process(fd: int) -> list[str]:
    """The command of one process that serves on an inherited socket."""
    return [sys.executable, "-m", "sgd_api.http.serve", "--fd", str(fd)]


class ProcessGroup:
    """Keeps processes alive until SIGTERM or SIGINT."""

    def __init__(
        self, count: int, fd: int, *, grace_s: float, command: Callable[[int], Sequence[str]] = api_process
    ) -> None:
        """Start nothing yet.

        Args:
            count: of processes.
            fd: of the listening socket that they inherit.
            grace_s: how long each lets its requests finish.
            command: of one process, for tests.
        """
        self._count = count
        self._fd = fd
        self._grace_s = grace_s
        self._command = command
        self._stop = threading.Event()
        self._children: list[tuple[subprocess.Popen[bytes], float]] = []

    def run(self) -> None:
        """Serve until a signal asks to stop; then every process finishes what it has begun."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        self._children = [self._start() for _ in range(self._count)]
        try:
            while not self._stop.wait(_LOOK_AGAIN_S):
                self._children = [self._alive(child, since) for child, since in self._children]
        finally:
            self._end()

    def _start(self) -> tuple["subprocess.Popen[bytes]", float]:
        parent = os.getpid()
        # One level: what it starts serves by itself and has no processes of its own.
        child = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            self._command(self._fd),
            pass_fds=(self._fd,),
            env={**os.environ, "SGD_API_WORKERS": "1"},
            preexec_fn=lambda: die_with(parent),  # noqa: PLW1509  # one prctl call, and no thread holds a lock yet
        )
        tell("api.process_started", pid=child.pid)
        return child, time.monotonic()

    def _alive(self, child: "subprocess.Popen[bytes]", since: float) -> tuple["subprocess.Popen[bytes]", float]:
        if child.poll() is None:
            return child, since
        warn("api.process_died", pid=child.pid, code=child.returncode)
        if time.monotonic() - since < _SHORTEST_LIFE_S:
            self._stop.wait(_SHORTEST_LIFE_S)
        return (child, since) if self._stop.is_set() else self._start()

    def _end(self) -> None:
        for child, _ in self._children:
            send_signal(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + self._grace_s + _KILL_AFTER_S
        for child, _ in self._children:
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                warn("api.process_killed", pid=child.pid)
                child.kill()
                child.wait()
