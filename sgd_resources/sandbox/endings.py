"""What the end of a child says about the file it was reading: the file's own fault, or the machine's.

Processor time decides, never the clock on the wall, and a child that something else ended says nothing of its file.
What must not live here: killing (`fork_server`), retrying (`pool`).
"""

import signal
from dataclasses import dataclass

from sgd_resources.errors import RejectedEvidence, SgdError, Unavailable

_RETRY_AFTER_S = 60.0
_NOT_OF_THE_FILE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU})
"""What says nothing of the file: the kernel for want of memory, an operator, or the bound on a child's whole life that
came before the job had its share."""


@dataclass(frozen=True)
class Ending:
    """How a child went, as its parent process, the fork server, saw it."""

    signal: int
    """That ended it; 0 when it left by itself."""
    cpu_s: float
    """Processor time of its whole life."""
    was_alive: bool
    """Whether it had to be killed."""


def verdict_on_a_stalled_job(ending: Ending | None, *, job_cpu_s: float, cpu_s: int) -> SgdError:
    """Of a child that was killed because no answer came in time.

    Args:
        ending: None when nobody saw it.
        job_cpu_s: processor time of the job.
        cpu_s: the job's share.
    """
    if ending is not None and job_cpu_s >= cpu_s:
        return _bomb(cpu_s)
    return Unavailable("the machine is too busy to read the file in time", retry_after_s=_RETRY_AFTER_S)


def verdict_on_a_lost_child(ending: Ending | None, *, job_cpu_s: float, cpu_s: int) -> SgdError:
    """Of a child that went away in the middle of a job. Arguments as above."""
    if ending is None:
        return Unavailable("the process that reads files was ended", retry_after_s=_RETRY_AFTER_S)
    if job_cpu_s >= cpu_s:
        return _bomb(cpu_s)
    if not ending.was_alive and ending.signal in _NOT_OF_THE_FILE:
        return Unavailable("the machine ended the reader of the file", retry_after_s=_RETRY_AFTER_S)
    return RejectedEvidence("reject", "malformed", details={"message": "reading it ended the reader"})


def _bomb(cpu_s: int) -> RejectedEvidence:
    return RejectedEvidence(
        "reject", "bomb", details={"message": f"reading it takes more than {cpu_s} s of processor time", "cpu_s": cpu_s}
    )
