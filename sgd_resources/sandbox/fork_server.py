"""The parent's side of the fork server: starts it, asks it for confined children, has them killed.

Several sandboxes may share one server, so that the reading libraries are imported once. What must not live here:
jobs, and which child runs them.
"""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import weakref
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from sgd_resources.contracts import ROOT, own_dir
from sgd_resources.errors import Unavailable
from sgd_resources.processes import signal_group
from sgd_resources.sandbox.endings import Ending
from sgd_resources.sandbox.wire import WireError, receive, send

_START_S = 60.0
_MAX_REPLY_BYTES = 1_000_000
JOBS = "sgd_resources.sandbox.jobs"
PARSERS = "sgd_resources.parsers.select:format_versions"
"""Loads every parser and works out their versions, which confined children could not."""
DEFAULT_PRELOAD = (JOBS,)


@dataclass
class Child:
    """A confined process that runs one job at a time."""

    pid: int
    channel: socket.socket
    confinement: dict[str, Any]
    generation: int
    """Which server it was forked from; it dies with that one."""
    jobs: int = 0
    cpu_s: float = 0.0
    """Processor time that it has told of so far."""
    has_ended: bool = False


class ForkServer:
    """Imports once, forks confined children. Thread-safe; starts nothing until it is asked.

    Close it, or let it end with this process: children die with their server.
    """

    def __init__(self, preload: tuple[str, ...] = DEFAULT_PRELOAD) -> None:
        self._preload = preload
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner_pid = os.getpid()
        self.generation = 0
        """Goes up whenever a server is started or ended: older children are gone."""
        _close_at_exit(self)

    def start(self) -> None:
        """Let it import already, without waiting for it. Raises Unavailable."""
        with self._lock:
            self._ensure()

    def spawn(self, *, memory_bytes: int, cpu_s: int, jobs: int) -> Child:
        """A fresh child.

        Args:
            memory_bytes: of one job, on top of what the child holds when it begins.
            cpu_s: processor time of one job.
            jobs: that it will be asked for at most in its life.

        Raises:
            Unavailable: none could be started. Retry.
        """
        with self._lock:
            self._ensure()
            ours, theirs = socket.socketpair()
            try:
                ours.settimeout(_START_S)
                wish = {"do": "spawn", "memory_bytes": memory_bytes, "cpu_s": cpu_s, "jobs": jobs}
                reply = self._tell(wish, fd=theirs.fileno())
                theirs.close()
                head, _, _ = receive(ours, max_bytes=_MAX_REPLY_BYTES)
                return Child(int(reply["pid"]), ours, dict(head["confinement"]), self.generation)
            except (WireError, TimeoutError, KeyError, TypeError, ValueError) as error:
                ours.close()
                theirs.close()
                raise Unavailable("no child process could be started to read the file", retry_after_s=5) from error

    def end(self, child: Child, *, has_gone: bool = False) -> Ending | None:
        """End a child, with its group and its temporary directory, and tell how it went.

        Args:
            child: of this server.
            has_gone: whether it closed its channel, so that it may have ended by itself.

        Returns:
            None when nobody saw its end: its server went before it.
        """
        child.channel.close()
        with self._lock:
            if self._owner_pid != os.getpid() or self._control is None or child.generation != self.generation:
                return None
            try:
                told = self._tell({"do": "end", "pid": child.pid, "has_gone": has_gone}).get("ending")
            except (WireError, TimeoutError):
                return None
            return Ending(**told) if told else None

    def close(self) -> None:
        """End the server and every child. Safe to call twice; the next `spawn` starts anew."""
        with self._lock:
            process, self._process = self._process, None
            control, self._control = self._control, None
            self.generation += 1
        if control is not None:
            control.close()
        if process is not None and self._owner_pid == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            if process.poll() is None:
                signal_group(process.pid, signal.SIGKILL)
                process.wait()

    def __enter__(self) -> "ForkServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def adopt_process(self) -> None:
        """After a fork the server belongs to the process we came from: forget it."""
        if self._owner_pid == os.getpid():
            return
        self._process, self._control, self._owner_pid = None, None, os.getpid()
        self._lock = threading.Lock()
        self.generation += 1

    def _ensure(self) -> None:
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return
        if self._control is not None:
            self._control.close()
        ours, theirs = socket.socketpair()
        environment = {
            "PATH": os.defpath, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "2",
        }  # fmt: skip
        if (own := own_dir()) is not None:
            environment["SGD_POLICY_DIR"] = str(own)
        options = json.dumps({"preload": list(self._preload)})
        command = [sys.executable, "-m", "sgd_resources.sandbox.zygote", str(theirs.fileno()), options]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no input of a stranger in the command
                command, pass_fds=[theirs.fileno()], env=environment, cwd="/", stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            ours.close()
            raise Unavailable("the sandbox's fork server could not be started", retry_after_s=5) from error
        finally:
            theirs.close()
        ours.settimeout(_START_S)
        self._control = ours
        self.generation += 1

    def _tell(self, head: dict[str, Any], *, fd: int | None = None) -> dict[str, Any]:
        assert self._control is not None
        try:
            send(self._control, head, fd=fd)
            return receive(self._control, max_bytes=_MAX_REPLY_BYTES)[0]
        except (WireError, TimeoutError):
            self._control.close()
            self._control = None
            raise


def _close_at_exit(server: ForkServer) -> None:
    reference = weakref.ref(server)

    def close() -> None:
        if (found := reference()) is not None:
            found.close()

    atexit.register(close)
    weakref.finalize(server, atexit.unregister, close)
