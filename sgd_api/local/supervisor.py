"""Starts and stops the processes of one machine: API, workers, Dagster. Used by `sgd up` and `sgd demo`.

Each child leads a process group of its own and asks the kernel to be terminated when this process dies, so that neither
Ctrl-C nor a crash leaves a stray; before a dead one is started again, what is left of its group is killed. A child that
serves gets a socket that was bound before it, and keeps it over restarts. What must not live here: what the processes
do, or the embedded services (`sgd_resources/embedded/services.py`).
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import httpx

from sgd_api.local import presence
from sgd_resources.errors import Unavailable
from sgd_resources.events import tell, to_file, warn
from sgd_resources.processes import comes_true, die_with, has_ended, signal_group

_STOP_GRACE_S = 15.0


@dataclass
class ManagedProcess:
    """One child and how to start it again."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log_path: Path
    popen: "subprocess.Popen[bytes]"
    listener: socket.socket | None = None
    restarts: int = 0
    restart_at: float = 0.0


@dataclass
class Supervisor:
    """Owns child processes; `stop()` ends them all, last started first."""

    var_dir: Path
    children: list[ManagedProcess] = field(default_factory=list)

    def start(
        self, name: str, argv: Sequence[str], env: Mapping[str, str], *, listener: socket.socket | None = None
    ) -> ManagedProcess:
        """Start a child whose output goes to `{var_dir}/log/{name}.log`.

        Args:
            name: unique among the children.
            argv: its command; with a listener, `--fd N` is added.
            env: its whole environment.
            listener: a socket the child serves; ours from now on, closed when the child is stopped for good.
        """
        log_path = self.var_dir / "log" / f"{name}.log"
        log_path.parent.mkdir(parents=True, exist_ok=True)
        argv = [*argv, "--fd", str(listener.fileno())] if listener else list(argv)
        child = ManagedProcess(name, argv, env, log_path, self._spawn(name, argv, env, log_path, listener), listener)
        self.children.append(child)
        tell("process.started", name=name, pid=child.popen.pid)
        return child

    def wait_ready(self, name: str, is_ready: Callable[[], bool], *, timeout_s: float = 60.0) -> float:
        """Seconds until `is_ready` said so.

        Raises:
            Unavailable: the child exited, or did not answer in time; `details["log"]` names its log file.
        """
        child = self.child(name)
        began = time.monotonic()
        while time.monotonic() - began < timeout_s:
            _refuse_ended(child)
            if is_ready():
                return time.monotonic() - began
            time.sleep(0.05)
        raise Unavailable(
            f"{name} did not answer within {timeout_s:.0f} s; its log is {child.log_path}",
            details={"log": str(child.log_path)},
        )

    def check(self) -> None:
        """Accept that every child lives.

        Raises:
            Unavailable: one ended; nobody does its work any more. `details["log"]` names its log file.
        """
        for child in self.children:
            _refuse_ended(child)

    def child(self, name: str) -> ManagedProcess:
        """The child of that name."""
        return next(child for child in self.children if child.name == name)

    def restart_dead(self) -> list[str]:
        """Start children again that exited, with a growing pause; returns their names."""
        revived = []
        now = time.monotonic()
        for child in self.children:
            if not _has_ended(child):
                continue
            if child.restart_at == 0.0:
                warn("process.ended", name=child.name, exit_code=child.popen.returncode)
                child.restart_at = now + min(30.0, 2.0**child.restarts)
            elif now >= child.restart_at:
                child.popen = self._spawn(child.name, child.argv, child.env, child.log_path, child.listener)
                child.restarts += 1
                warn("process.restarted", name=child.name, pid=child.popen.pid, restarts=child.restarts)
                child.restart_at = 0.0
                revived.append(child.name)
        return revived

    def stop(self) -> None:
        """Ask every child to stop; kill what is left of its process group after the grace period."""
        for child in reversed(self.children):
            # The child tells its own children: a second signal from here would cut their tidying short.
            if not _has_ended(child):
                child.popen.send_signal(signal.SIGTERM)
        comes_true(lambda: not [child for child in self.children if not _has_ended(child)], _STOP_GRACE_S)
        for child in self.children:
            if not _has_ended(child):
                warn("process.killed", name=child.name, pid=child.popen.pid, reason="it did not end in its grace")
                signal_group(child.popen.pid, signal.SIGKILL)
                child.popen.wait()
            if child.listener is not None:
                child.listener.close()
        self.children.clear()

    def _spawn(
        self, name: str, argv: Sequence[str], env: Mapping[str, str], log_path: Path, listener: socket.socket | None
    ) -> "subprocess.Popen[bytes]":
        _, lock = presence.claim(self.var_dir, "child", name)
        with lock, log_path.open("ab") as log:
            passed = [lock.fileno()] + ([listener.fileno()] if listener else [])
            popen = subprocess.Popen(  # noqa: S603 - the argv is ours, no shell
                list(argv),
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=passed,
                preexec_fn=_prepare_child(os.getpid()),  # noqa: PLW1509 - a few calls into code that is loaded already
            )
            presence.fill(lock, "child", name, popen.pid)
        return popen


@contextmanager
def supervisor(var_dir: Path) -> Iterator[Supervisor]:
    """A supervisor whose children end with the block, also when SIGTERM or SIGHUP (a closed terminal) ends it."""
    group = Supervisor(var_dir)
    previous = {number: signal.signal(number, _raise_exit) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        with to_file(var_dir / "log" / "stack.log"):
            tell("stack.started", pid=os.getpid())
            try:
                yield group
            finally:
                group.stop()
                tell("stack.stopped", pid=os.getpid())
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def answers(url: str) -> bool:
    """Whether a server answers at `url` with less than a 500."""
    try:
        return httpx.get(url, timeout=2.0, trust_env=False).status_code < 500
    except httpx.HTTPError:
        return False


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log file; empty when there is none."""
    if not path.is_file():
        return ""
    return "\n".join(path.read_text("utf-8", errors="replace").splitlines()[-lines:])


def _prepare_child(parent_pid: int) -> Callable[[], None]:
    def prepare() -> None:
        # A background shell starts us with SIGINT ignored; a child that inherits that could not be asked to stop.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        die_with(parent_pid)

    return prepare


def _refuse_ended(child: ManagedProcess) -> None:
    if _has_ended(child):
        raise Unavailable(
            f"{child.name} stopped with exit code {child.popen.returncode}; its log is {child.log_path}",
            details={"log": str(child.log_path), "tail": tail(child.log_path)},
        )


def _has_ended(child: ManagedProcess) -> bool:
    """Whether the child is dead; if so, nothing of its group is left."""
    if child.popen.returncode is not None:
        return True
    if not has_ended(child.popen.pid):
        return False
    signal_group(child.popen.pid, signal.SIGKILL)
    child.popen.wait()
    return True


def _raise_exit(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
