"""Starts and stops the processes of one machine: API, workers, Dagster. Used by `sgd up` and `sgd demo`.

Each child leads a process group of its own and asks the kernel to be terminated when this process dies, so that neither
Ctrl-C nor a crash leaves a stray. What must not live here: what the processes do, or the embedded services
(`sgd_resources/embedded.py`).
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import httpx

from sgd_resources.errors import Unavailable

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
_STOP_GRACE_S = 15.0


@dataclass
class ManagedProcess:
    """One child and how to start it again."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log_path: Path
    popen: "subprocess.Popen[bytes]"
    restarts: int = 0
    restart_at: float = 0.0


@dataclass
class Supervisor:
    """Owns child processes; `stop()` ends them all, last started first."""

    log_dir: Path
    children: list[ManagedProcess] = field(default_factory=list)

    def start(self, name: str, argv: Sequence[str], env: Mapping[str, str]) -> ManagedProcess:
        """Start a child whose output goes to `{log_dir}/{name}.log`."""
        self.log_dir.mkdir(parents=True, exist_ok=True)
        log_path = self.log_dir / f"{name}.log"
        child = ManagedProcess(name, argv, env, log_path, _spawn(argv, env, log_path))
        self.children.append(child)
        return child

    def wait_ready(self, name: str, url: str, *, timeout_s: float = 60.0) -> float:
        """Seconds until `url` answered below 500.

        Raises:
            Unavailable: the child exited, or did not answer in time; `details["log"]` names its log file.
        """
        child = next(c for c in self.children if c.name == name)
        began = time.monotonic()
        while time.monotonic() - began < timeout_s:
            if child.popen.poll() is not None:
                raise Unavailable(
                    f"{name} stopped with exit code {child.popen.returncode}; its log is {child.log_path}",
                    details={"log": str(child.log_path), "tail": tail(child.log_path)},
                )
            try:
                if httpx.get(url, timeout=2.0).status_code < 500:
                    return time.monotonic() - began
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise Unavailable(
            f"{name} did not answer at {url} within {timeout_s:.0f} s", details={"log": str(child.log_path)}
        )

    def restart_dead(self) -> list[str]:
        """Start children again that exited, with a growing pause; returns their names."""
        revived = []
        now = time.monotonic()
        for child in self.children:
            if child.popen.poll() is None:
                continue
            if child.restart_at == 0.0:
                child.restart_at = now + min(30.0, 2.0**child.restarts)
            elif now >= child.restart_at:
                child.popen = _spawn(child.argv, child.env, child.log_path)
                child.restarts += 1
                child.restart_at = 0.0
                revived.append(child.name)
        return revived

    def stop(self) -> None:
        """Ask every child to stop; kill what is left of its process group after the grace period."""
        for child in reversed(self.children):
            # The child tells its own children: a second signal from here would cut their tidying short.
            if child.popen.poll() is None:
                child.popen.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _STOP_GRACE_S
        for child in reversed(self.children):
            with suppress(subprocess.TimeoutExpired):
                child.popen.wait(timeout=max(0.1, deadline - time.monotonic()))
            _kill_group(child)
            child.popen.wait()
        self.children.clear()


@contextmanager
def supervisor(log_dir: Path) -> Iterator[Supervisor]:
    """A supervisor whose children end with the block, also when SIGTERM ends it."""
    group = Supervisor(log_dir)
    previous = signal.signal(signal.SIGTERM, _raise_exit)
    try:
        yield group
    finally:
        group.stop()
        signal.signal(signal.SIGTERM, previous)


def free_port(host: str, wanted: int) -> int:
    """`wanted` when it is free, else the next free port above it.

    Raises:
        Unavailable: none of the next 200 ports is free.
    """
    for port in range(wanted, min(wanted + 200, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Unavailable(f"no free port from {wanted} on")


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log file; empty when there is none."""
    if not path.is_file():
        return ""
    return "\n".join(path.read_text("utf-8", errors="replace").splitlines()[-lines:])


def _spawn(argv: Sequence[str], env: Mapping[str, str], log_path: Path) -> "subprocess.Popen[bytes]":
    with log_path.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - the argv is ours, no shell
            list(argv),
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_prepare_child,  # noqa: PLW1509 - two calls into code that is loaded already
        )


def _prepare_child() -> None:
    # A background shell starts us with SIGINT ignored; a child that inherits that could not be asked to stop.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _kill_group(child: ManagedProcess) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.popen.pid, signal.SIGKILL)


def _raise_exit(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
