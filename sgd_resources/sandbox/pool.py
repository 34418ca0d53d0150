"""The parent's side: a small pool of warm, confined children that run one job at a time.

A child is replaced after a number of jobs and after any failure; it is killed with its group when it is too slow.
Nothing of the reading libraries is imported here. What must not live here: what a job does, how a child is started.
"""

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from sgd_resources.errors import RejectedEvidence
from sgd_resources.sandbox.fork_server import DEFAULT_PRELOAD, Child, ForkServer
from sgd_resources.sandbox.wire import WireError, bytes_in_memory, receive, send


@dataclass(frozen=True)
class SandboxLimits:
    """What one child may use, and for how long it is kept."""

    wall_s: float = 9.0
    cpu_s: int = 9
    """Per job, on average over the child's life."""
    memory_bytes: int = 800_000_000
    """On top of what the child holds at its start."""
    jobs_per_child: int = 100
    max_output_bytes: int = 600_000_000


@dataclass(frozen=True)
class Answer:
    """What a job returned: JSON values and raw bytes, still to be checked by whoever asked."""

    result: dict[str, Any]
    blobs: tuple[bytes, ...]
    peak_bytes: int
    """Highest resident memory of the child so far."""


class Sandbox:
    """Runs jobs on hostile bytes in confined children. Thread-safe; at most `processes` jobs at a time.

    Starts nothing until the first call. Close it, or use it as a context manager; children also die with this process.
    """

    def __init__(
        self,
        limits: SandboxLimits | None = None,
        *,
        processes: int = 2,
        preload: tuple[str, ...] = DEFAULT_PRELOAD,
        server: ForkServer | None = None,
    ) -> None:
        """Give a `server` to share it with other sandboxes; whoever made it closes it."""
        self.processes = processes
        self._limits = limits or SandboxLimits()
        self._slots = threading.BoundedSemaphore(processes)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._owner_pid = os.getpid()
        self._owns_server = server is None
        self._server = server or ForkServer(preload)

    def call(
        self, target: str, data: bytes, arguments: Mapping[str, Any] | None = None, *, wall_s: float | None = None
    ) -> Answer:
        """The answer of `package.module:function` in `sgd_resources`, called with the data and the arguments.

        Raises:
            RejectedEvidence: the job refused the bytes, or they killed it: `reject:bomb` for too slow or too large,
                `reject:malformed` for a crash. A retry does not help.
            Unavailable: no child could be started. Retry.
        """
        bound = wall_s or self._limits.wall_s
        with self._slots:
            try:
                return self._call_once(target, data, dict(arguments or {}), bound)
            except _Refused as refused:
                if not refused.may_be_the_childs_fault:
                    raise refused.error from None
            try:
                return self._call_once(target, data, dict(arguments or {}), bound, is_fresh=True)
            except _Refused as refused:
                raise refused.error from None

    def _call_once(
        self, target: str, data: bytes, arguments: dict[str, Any], wall_s: float, *, is_fresh: bool = False
    ) -> Answer:
        """One try. What fails in a child that has worked before may succeed in a fresh one."""
        child = self._take(is_fresh=is_fresh)
        is_reusable = False
        try:
            answer = self._ask(child, target, data, arguments, wall_s)
            is_reusable = True
            return answer
        except _Refused as refused:
            is_reusable = not refused.is_spent
            refused.may_be_the_childs_fault = refused.is_spent and child.jobs > 1 and not refused.is_too_slow
            raise
        finally:
            self._give_back(child, is_reusable=is_reusable)

    def capabilities(self) -> dict[str, Any]:
        """What holds the children back on this machine, for `sgd doctor`. Raises Unavailable when none starts."""
        with self._slots:
            child = self._take()
            self._give_back(child, is_reusable=True)
            return dict(child.confinement)

    def close(self) -> None:
        """End its children, and the fork server that is its own. Safe to call twice."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            self._server.kill(child)
        if self._owns_server:
            self._server.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, child: Child, target: str, data: bytes, arguments: dict[str, Any], wall_s: float) -> Answer:
        child.jobs += 1
        fd = bytes_in_memory(data)
        try:
            child.channel.settimeout(wall_s)
            send(child.channel, {"target": target, "arguments": arguments, "size": len(data)}, fd=fd)
            head, blobs, extra_fd = receive(
                child.channel, max_bytes=self._limits.max_output_bytes, deadline=time.monotonic() + wall_s
            )
            if extra_fd is not None:
                os.close(extra_fd)
        except TimeoutError:
            raise _Refused(
                "reject", "bomb", {"message": "too slow to read", "wall_s": wall_s}, is_too_slow=True
            ) from None
        except WireError:
            raise _Refused("reject", "malformed", {"message": "reading it ended the reader"}) from None
        finally:
            os.close(fd)
        return _checked_answer(head, blobs)

    def _take(self, *, is_fresh: bool = False) -> Child:
        self._server.adopt_process()
        if self._owner_pid != os.getpid():
            # after a fork the children belong to the process we came from
            self._idle, self._lock, self._owner_pid = [], threading.Lock(), os.getpid()
        with self._lock:
            while self._idle and not is_fresh:
                child = self._idle.pop()
                if child.generation == self._server.generation:
                    return child
                child.channel.close()
        cpu_s = self._limits.cpu_s * self._limits.jobs_per_child
        return self._server.spawn(memory_bytes=self._limits.memory_bytes, cpu_s=cpu_s)

    def _give_back(self, child: Child, *, is_reusable: bool) -> None:
        if is_reusable and child.jobs < self._limits.jobs_per_child and child.generation == self._server.generation:
            with self._lock:
                self._idle.append(child)
            return
        self._server.kill(child)


class _Refused(Exception):
    """A refusal on its way out, with whether the child can go on."""

    def __init__(
        self, verdict: str, reason: str, details: dict[str, Any], *, is_spent: bool = True, is_too_slow: bool = False
    ) -> None:
        super().__init__(reason)
        self.error = RejectedEvidence(verdict, reason, details=details)
        self.is_spent = is_spent
        self.is_too_slow = is_too_slow
        self.may_be_the_childs_fault = False


def _checked_answer(head: dict[str, Any], blobs: tuple[bytes, ...]) -> Answer:
    """Shapes only; the meaning is checked by whoever asked."""
    refusal = head.get("refusal")
    if isinstance(refusal, dict):
        verdict = "quarantine" if refusal.get("verdict") == "quarantine" else "reject"
        details = refusal.get("details")
        raise _Refused(
            verdict, str(refusal.get("reason", "malformed"))[:60], details if isinstance(details, dict) else {},
            is_spent=bool(head.get("is_spent")),
        )  # fmt: skip
    result, peak = head.get("result"), head.get("peak_bytes")
    if not isinstance(result, dict) or not isinstance(peak, int):
        raise _Refused("reject", "malformed", {"message": "the reader returned nonsense"})
    return Answer(result, blobs, peak)
