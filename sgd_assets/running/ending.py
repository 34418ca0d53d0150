"""How a process that executes runs is made to end in order when it is told to.

What must not live here: what is done at the end; dying with a parent (`sgd_resources/processes.py`).
"""

import signal
from types import FrameType


def end_in_order() -> None:
    """Take SIGTERM and SIGHUP for Ctrl-C: the run in the main thread ends as failed, then KeyboardInterrupt is raised.

    While a run executes Dagster handles SIGINT and SIGTERM itself; SIGHUP it does not know.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, _as_interrupt)


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)
