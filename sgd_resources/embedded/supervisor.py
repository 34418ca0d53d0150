"""The process that owns the embedded Postgres and Redis, and dies with their last user.

Started by `services.py`; standard library only, so that it is up in milliseconds. Each user process holds one
connection to it: the kernel closes that connection however the process ends, so a user that was killed with -9 counts
as gone. The services in turn are asked by the kernel to stop when this process dies (Linux).

What must not live here: what the databases contain (`services.py`, `postgres/`).
"""

import contextlib
import fcntl
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from sgd_resources.embedded.private_dirs import make_private, remove_private
from sgd_resources.embedded.servers import START_TIMEOUT_S, Plan, Servers, StartFailed, stop_orphans
from sgd_resources.errors import Unavailable
from sgd_resources.events import tell, to_stderr, warn

STOP_TIMEOUT_S = 20.0
MAX_RESTARTS = 5


class Supervisor:
    """Starts what its holders need, restarts what crashes, stops everything when nobody is left."""

    def __init__(self, plan: Plan, servers: Servers) -> None:
        self._plan = plan
        self._servers = servers
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._restarts = 0
        self._is_told_to_stop = False
        self._selector = selectors.DefaultSelector()
        self._holders: dict[socket.socket, bytes] = {}
        self._leaving: list[socket.socket] = []

    def run(self) -> None:
        """Serve until the last holder is gone."""
        wake_read, wake_write = os.pipe()
        os.set_blocking(wake_write, False)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(wake_read, selectors.EVENT_READ)
        make_private(self._plan.socket_dir)  # a predecessor that ended while we waited has removed it
        self._plan.control_path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(str(self._plan.control_path))
            os.chmod(self._plan.control_path, 0o600)
            listener.listen(64)
            listener.setblocking(False)
            self._selector.register(listener, selectors.EVENT_READ)
            self._adopt(socket.socket(fileno=self._plan.first_holder_fd))
            while not self._is_told_to_stop:
                for key, _ in self._selector.select():
                    if key.fileobj is listener:
                        self._accept(listener)
                    elif isinstance(key.fileobj, socket.socket):
                        self._read(key.fileobj)
                    else:
                        os.read(wake_read, 4096)
                self._revive()
                if not self._holders:
                    self._accept(listener)
                    if not self._holders:
                        break
        finally:
            # From here on a newcomer finds no socket, waits for our lock and starts services of its own.
            self._plan.control_path.unlink(missing_ok=True)
            listener.close()
            self._stop()
            remove_private(self._plan.socket_dir, self._plan.var_dir)
            for leaver in [*self._leaving, *self._holders]:
                leaver.close()

    def _on_signal(self, *_: object) -> None:
        self._is_told_to_stop = True

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                self._adopt(listener.accept()[0])

    def _adopt(self, holder: socket.socket) -> None:
        holder.setblocking(False)
        self._holders[holder] = b""
        self._selector.register(holder, selectors.EVENT_READ)

    def _read(self, holder: socket.socket) -> None:
        try:
            data = holder.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(holder)
            holder.close()
            return
        *lines, self._holders[holder] = (self._holders[holder] + data).split(b"\n")
        for line in lines:
            if holder in self._holders:
                self._answer(holder, json.loads(line))

    def _answer(self, holder: socket.socket, request: Mapping[str, Any]) -> None:
        if request.get("release"):
            self._drop(holder)
            if self._holders:
                holder.close()
            else:
                # Closed once everything has stopped: the last user waits for that.
                self._leaving.append(holder)
            return
        try:
            for name in request["needs"]:
                self._ensure(name)
            reply: dict[str, Any] = {
                "state": "ready", "pid": os.getpid(), "services": {n: c.pid for n, c in self._children.items()},
            }  # fmt: skip
        except (StartFailed, OSError) as error:
            reply = {"state": "failed", "message": str(error)}
        with contextlib.suppress(OSError):
            holder.sendall(json.dumps(reply).encode() + b"\n")

    def _drop(self, holder: socket.socket) -> None:
        self._selector.unregister(holder)
        del self._holders[holder]

    def _ensure(self, name: str) -> None:
        child = self._children.get(name)
        if child is None or child.poll() is not None:
            began = time.monotonic()
            self._children[name] = started = self._servers.start(name)
            tell("service.started", name=name, pid=started.pid, duration_ms=round((time.monotonic() - began) * 1000))

    def _revive(self) -> None:
        for name, child in list(self._children.items()):
            if child.poll() is None or self._is_told_to_stop or not self._holders:
                continue
            self._restarts += 1
            warn("service.died", name=name, exit_code=child.returncode, restarts=self._restarts)
            if self._restarts > MAX_RESTARTS:
                self._is_told_to_stop = True
                # Without a word the users would take us for killed and start us again.
                self._tell_holders(f"{name} ended by itself {self._restarts} times")
                return
            try:
                self._ensure(name)
            except (StartFailed, OSError) as error:
                # Backends of a killed Postgres take a moment to notice; the next round tries again.
                warn("service.not_started", name=name, reason=str(error))
                time.sleep(0.5)

    def _tell_holders(self, reason: str) -> None:
        for holder in self._holders:
            with contextlib.suppress(OSError):
                holder.sendall(reason.encode() + b"\n")

    def _stop(self) -> None:
        # SIGINT is Postgres' fast shutdown, SIGQUIT its immediate one; Redis saves on SIGTERM.
        asks = {"postgres": (signal.SIGINT, signal.SIGQUIT), "redis": (signal.SIGTERM, signal.SIGTERM)}
        for step in (0, 1):
            for name, child in self._children.items():
                if child.poll() is None:
                    child.send_signal(asks[name][step])
            if _all_ended(self._children.values(), STOP_TIMEOUT_S):
                tell("services.stopped", names=" ".join(self._children))
                return
        for name, child in self._children.items():
            if child.poll() is None:
                warn("service.killed", name=name, reason="it did not end when it was asked to, twice")
                child.kill()
                child.wait()


def _all_ended(children: "Iterable[subprocess.Popen[bytes]]", timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
    return True


def _lock(path: Path, *, when_taken: Callable[[], None] = lambda: None) -> BinaryIO:
    """An exclusive lock on a file, waited for; the kernel frees it when its last holder ends."""
    lock = path.open("ab")
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise StartFailed(f"another process holds {path} and does not end") from None
            when_taken()
            time.sleep(0.05)
        else:
            return lock


def main() -> None:
    """Detach, take the data directory's locks, serve."""
    plan = Plan.from_json(sys.argv[1])
    if os.fork():
        os._exit(0)
    os.setsid()
    to_stderr()
    run_dir = plan.var_dir / "run"
    try:
        # The second lock is inherited by the services: holding it proves that none of a killed predecessor is left.
        with (
            _lock(run_dir / "supervisor.lock"),
            _lock(run_dir / "services.lock", when_taken=lambda: stop_orphans(plan)) as services_lock,
        ):
            Supervisor(plan, Servers(plan, services_lock)).run()
    except (StartFailed, Unavailable) as error:
        reply = json.dumps({"state": "failed", "message": str(error)}).encode() + b"\n"
        with contextlib.suppress(OSError):
            os.write(plan.first_holder_fd, reply)
