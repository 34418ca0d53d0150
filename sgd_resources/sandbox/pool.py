"""The parent's side: a small pool of warm, confined children that run one job at a time.

A child is replaced after a number of jobs, when it has grown, and after any failure; it is killed with its group when
it does not answer. What failed for want of time, or in a child that had worked before, is tried in a fresh one.
Nothing of the reading libraries is imported here. What must not live here: what a job does, how a child is started.
"""

import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from sgd_resources.errors import RejectedEvidence, SgdError, Unavailable
from sgd_resources.events import warn
from sgd_resources.sandbox.endings import verdict_on_a_lost_child, verdict_on_a_stalled_job
from sgd_resources.sandbox.fork_server import DEFAULT_PRELOAD, Child, ForkServer
from sgd_resources.sandbox.wire import WireError, bytes_in_memory, receive, send

_LONGER = 3
"""How much more patience a job is given when it is asked for again: what was slow on a busy machine is done by then."""


@dataclass(frozen=True)
class SandboxLimits:
    """What one job may use, and for how long its child is kept."""

    cpu_s: int = 9
    """Processor time; it decides whether a file is a bomb."""
    wall_s: float = 45.0
    """How long to wait for an answer before asking again with more patience; decides nothing about the file."""
    memory_bytes: int = 800_000_000
    """On top of what the child holds when the job begins."""
    jobs_per_child: int = 100
    max_output_bytes: int = 600_000_000

    def as_version(self) -> str:
        """Names what decides about a file; a refusal under other bounds says nothing under these."""
        return f"{self.cpu_s}s-{self.memory_bytes // 1_000_000}MB"


@dataclass(frozen=True)
class Answer:
    """What a job returned: JSON values and raw bytes, still to be checked by whoever asked."""

    result: dict[str, Any]
    blobs: tuple[bytes, ...]
    peak_bytes: int
    """Highest resident memory of the child so far."""
    cpu_s: float = 0.0
    """Processor time of this job."""


@dataclass(frozen=True)
class _Job:
    """What a child is asked for."""

    target: str
    data: bytes
    arguments: dict[str, Any]
    cpu_s: int


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
        self.limits = limits or SandboxLimits()
        self._slots = threading.BoundedSemaphore(processes)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._owner_pid = os.getpid()
        self._owns_server = server is None
        self._server = server or ForkServer(preload)

    def call(
        self,
        target: str,
        data: bytes,
        arguments: Mapping[str, Any] | None = None,
        *,
        wall_s: float | None = None,
        cpu_s: int | None = None,
    ) -> Answer:
        """The answer of `package.module:function` of ours, called with the data and the arguments.

        Args:
            target: the job.
            data: a stranger's bytes.
            arguments: JSON values.
            wall_s: another patience than the sandbox's.
            cpu_s: less processor time than the sandbox gives.

        Raises:
            RejectedEvidence: the job refused the bytes, or they killed it: `reject:bomb` for too much processor time
                or memory, `reject:malformed` for a crash. The same whatever else the machine does; a retry does not
                help.
            Unavailable: no child could be started, none answered in time, or the machine ended it. Retry.
        """
        limits = self.limits
        job = _Job(target, data, dict(arguments or {}), min(cpu_s or limits.cpu_s, limits.cpu_s))
        patience_s = wall_s or limits.wall_s
        with self._slots:
            try:
                return self._try(job, patience_s)
            except _Unsettled:
                pass
            try:
                return self._try(job, _LONGER * patience_s, is_fresh=True)
            except _Unsettled as unsettled:
                raise unsettled.error from None

    def _try(self, job: _Job, patience_s: float, *, is_fresh: bool = False) -> Answer:
        """One try; _Unsettled when a fresh child and more patience may tell otherwise."""
        child = self._take(is_fresh=is_fresh)
        is_reusable = False
        try:
            answer, has_grown = self._ask(child, job, patience_s)
            is_reusable = not has_grown
            return answer
        except _Refused as refused:
            is_reusable = not refused.is_spent
            if refused.is_spent and child.jobs > 1:
                raise _Unsettled(refused.error) from None
            raise refused.error from None
        except TimeoutError:
            raise self._settled(verdict_on_a_stalled_job, child, job, has_gone=False) from None
        except WireError:
            raise self._settled(verdict_on_a_lost_child, child, job, has_gone=True) from None
        finally:
            if not child.has_ended:
                self._give_back(child, is_reusable=is_reusable)

    def _settled(
        self, verdict: Callable[..., SgdError], child: Child, job: _Job, *, has_gone: bool
    ) -> "SgdError | _Unsettled":
        """What the end of a child says of its job, as far as another child would not say otherwise."""
        child.has_ended = True
        ending = self._server.end(child, has_gone=has_gone)
        job_cpu_s = ending.cpu_s - child.cpu_s if ending is not None else 0.0
        error = verdict(ending, job_cpu_s=job_cpu_s, cpu_s=job.cpu_s)
        # Not which file: whoever asked knows, and tells it with its own ids.
        warn(
            "sandbox.child_ended", target=job.target, pid=child.pid, jobs=child.jobs, bytes=len(job.data),
            signal=ending.signal if ending is not None else None, cpu_s=round(job_cpu_s, 2), has_gone=has_gone,
            verdict=error.reason if isinstance(error, RejectedEvidence) else "unavailable",
        )  # fmt: skip
        is_crash_of_a_used_child = isinstance(error, RejectedEvidence) and error.reason != "bomb" and child.jobs > 1
        return _Unsettled(error) if isinstance(error, Unavailable) or is_crash_of_a_used_child else error

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
            self._server.end(child)
        if self._owns_server:
            self._server.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, child: Child, job: _Job, patience_s: float) -> tuple[Answer, bool]:
        """The answer, and whether the child has grown too much to go on. Raises _Refused, TimeoutError, WireError."""
        child.jobs += 1
        fd = bytes_in_memory(job.data)
        try:
            child.channel.settimeout(patience_s)
            deadline = time.monotonic() + patience_s
            wish = {"target": job.target, "arguments": job.arguments, "size": len(job.data), "cpu_s": job.cpu_s}
            send(child.channel, wish, fd=fd)
            head, blobs, extra_fd = receive(child.channel, max_bytes=self.limits.max_output_bytes, deadline=deadline)
            if extra_fd is not None:
                os.close(extra_fd)
        finally:
            os.close(fd)
        if isinstance(told := head.get("total_cpu_s"), float):
            child.cpu_s = told
        return _checked_answer(head, blobs), head.get("has_grown") is True

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
        limits = self.limits
        return self._server.spawn(memory_bytes=limits.memory_bytes, cpu_s=limits.cpu_s, jobs=limits.jobs_per_child)

    def _give_back(self, child: Child, *, is_reusable: bool) -> None:
        if is_reusable and child.jobs < self.limits.jobs_per_child and child.generation == self._server.generation:
            with self._lock:
                self._idle.append(child)
            return
        self._server.end(child)


class _Refused(Exception):
    """A child's refusal, with whether the child is too worn to go on."""

    def __init__(self, verdict: str, reason: str, details: dict[str, Any], *, is_spent: bool = True) -> None:
        super().__init__(reason)
        self.error = RejectedEvidence(verdict, reason, details=details)
        self.is_spent = is_spent


class _Unsettled(Exception):
    """What is to be told if a fresh child does no better."""

    def __init__(self, error: SgdError) -> None:
        super().__init__(error.message)
        self.error = error


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
    result, peak, cpu_s = head.get("result"), head.get("peak_bytes"), head.get("cpu_s")
    if not isinstance(result, dict) or not isinstance(peak, int) or not isinstance(cpu_s, float):
        raise _Refused("reject", "malformed", {"message": "the reader returned nonsense"})
    return Answer(result, blobs, peak, cpu_s)
