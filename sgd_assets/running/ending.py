"""How a process that executes runs is made to end: with its parent, and in order when it is told to.

What must not live here: what is done at the end.
"""

import ctypes
import os
import signal
import sys
from types import FrameType

_PR_SET_PDEATHSIG = 1


def die_with(parent_pid: int) -> None:
    """Be terminated when the parent dies, however it dies (Linux). Raises SystemExit when it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent_pid:
            raise SystemExit(1)


def end_in_order() -> None:
    """Take SIGTERM and SIGHUP for Ctrl-C: the run in the main thread ends as failed, then KeyboardInterrupt is raised.

    While a run executes Dagster handles SIGINT and SIGTERM itself; SIGHUP it does not know.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, _as_interrupt)


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)
