"""What one job may use of its child, set anew before each job: no job is judged by what earlier ones used up.

Runs in the child. What must not live here: the bounds on a child's whole life (`confinement`), any verdict.
"""

import os
import resource
import time

from sgd_resources.sandbox.cpu_timer import CpuTimer

_PAGE_BYTES = resource.getpagesize()


def life_memory_bytes(memory_bytes: int) -> int:
    """What a child may grow by in all its life: a job's share on top of what earlier jobs may have left behind."""
    return memory_bytes + memory_bytes // 2


def life_cpu_s(cpu_s: int, jobs: int) -> int:
    """Processor time of a whole life; more than its jobs can use together, so that only a child gone wild meets it.

    Twice that: the kernel holds it against ticks, see `cpu_timer`.
    """
    return 2 * cpu_s * (jobs + 1)


class JobLimits:
    """Sets a job's limits of this process; those of its life stay where its confinement set them.

    Make it before the confinement, which shuts `/proc`.
    """

    def __init__(self, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes
        self._statm = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        self.bytes_at_start = self._address_space_bytes()
        """What this process holds, resident or not, before its first job."""
        self._cpu_s_at_begin = 0.0
        self._timer = CpuTimer()

    def begin(self, cpu_s: int) -> None:
        """Give the next job its whole share; the kernel ends this process with SIGXCPU when it needs more time."""
        self._cpu_s_at_begin = time.process_time()
        self._timer.start(cpu_s)
        _move_soft_limit(resource.RLIMIT_AS, self._address_space_bytes() + self._memory_bytes)

    def used(self) -> dict[str, float | int | bool]:
        """What the job took, and whether the child has grown too much to give the next one its whole share."""
        grown = self._address_space_bytes() - self.bytes_at_start
        return {
            "cpu_s": time.process_time() - self._cpu_s_at_begin,
            "total_cpu_s": time.process_time(),
            "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "has_grown": grown > life_memory_bytes(self._memory_bytes) - self._memory_bytes,
        }

    def _address_space_bytes(self) -> int:
        return int(os.pread(self._statm, 100, 0).split()[0]) * _PAGE_BYTES


def _move_soft_limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
