"""How long a run may take, and the two ends that a run finds that takes longer.

Soft: whoever watches the run looks at its `Meter` and ends the run in order. Hard: some seconds later the kernel ends
the process, also when its native code lets no line of Python run. What must not live here: what becomes of the request.
"""

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from sgd_resources.settings import Settings

HARD_AFTER_S = 5.0
"""From the soft end to the hard one, of a run of many orgs: time for one that can still be ended in order."""

Limit = Literal["wall", "cpu"]
LIMIT_OF_SIGNAL: Mapping[int, Limit] = {signal.SIGALRM: "wall", signal.SIGPROF: "cpu"}


@dataclass(frozen=True)
class RunLimits:
    """Seconds that one run may take, by the clock and of processor time of its process (all threads together).

    Processor time of confined children is bounded where they are started.
    """

    wall_s: float
    cpu_s: float
    settings_names: Mapping[Limit, str]
    hard_after_s: float = HARD_AFTER_S

    @classmethod
    def on_demand(cls, settings: Settings, job_type: str) -> "RunLimits":
        """Of a run that somebody asked for, by the type of its job."""
        wall_s = settings.job_max_runtime_s(job_type)
        is_own = wall_s != settings.sgd_job_max_runtime_s
        wall = "SGD_JOB_MAX_RUNTIME_BY_KIND" if is_own else "SGD_JOB_MAX_RUNTIME_S"
        names: Mapping[Limit, str] = {"wall": wall, "cpu": "SGD_JOB_MAX_CPU_S"}
        return cls(wall_s, settings.sgd_job_max_cpu_s, names, settings.sgd_job_hard_after_s)

    @classmethod
    def batch(cls, settings: Settings) -> "RunLimits":
        """Of a run that the daemon or a backfill started: it may cover many orgs."""
        names: Mapping[Limit, str] = {"wall": "SGD_BATCH_MAX_RUNTIME_S", "cpu": "SGD_BATCH_MAX_CPU_S"}
        return cls(settings.sgd_batch_max_runtime_s, settings.sgd_batch_max_cpu_s, names)

    def why(self, limit: Limit) -> str:
        """Why a run was ended, for people."""
        took = f"longer than {self.wall_s:g} s" if limit == "wall" else f"more than {self.cpu_s:g} s of processor time"
        return f"the run took {took} and was ended ({self.settings_names[limit]})"

    def error_row(self, limit: Limit) -> dict[str, Any]:
        """The error of a request whose run was ended."""
        allowed_s = self.wall_s if limit == "wall" else self.cpu_s
        return {"code": "INTERNAL_ERROR", "message": self.why(limit), "details": {"limit": limit, "limit_s": allowed_s}}


@dataclass(frozen=True)
class Meter:
    """What a run that began when this was made has taken so far."""

    limits: RunLimits
    began_s: float = field(default_factory=time.monotonic)
    began_cpu_s: float = field(default_factory=time.process_time)

    def passed(self) -> Limit | None:
        """The limit that the run has passed."""
        if time.monotonic() - self.began_s > self.limits.wall_s:
            return "wall"
        if time.process_time() - self.began_cpu_s > self.limits.cpu_s:
            return "cpu"
        return None


@contextmanager
def hard_limits(limits: RunLimits) -> Iterator[None]:
    """Have the kernel end this process (SIGALRM, SIGPROF) when the block outlasts its limits by `hard_after_s`.

    Children do not inherit it. Only one block at a time in a process.
    """
    signal.setitimer(signal.ITIMER_REAL, limits.wall_s + limits.hard_after_s)
    signal.setitimer(signal.ITIMER_PROF, limits.cpu_s + limits.hard_after_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
