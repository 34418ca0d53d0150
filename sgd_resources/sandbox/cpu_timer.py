"""A timer of this process's own processor time, as the scheduler counts it.

The limit of `setrlimit` counts ticks: where a process mostly runs as the tick falls, that is more than it used, and a
child that had done some hundred jobs was ended in the middle of an innocent one. What must not live here: how much time
a job gets.
"""

import ctypes
import os
import signal
import time

_SIGEV_SIGNAL = 0


class _Sigevent(ctypes.Structure):
    """`struct sigevent` of Linux: 64 bytes, whatever is told by it."""

    _fields_ = (
        ("value", ctypes.c_void_p), ("signo", ctypes.c_int), ("notify", ctypes.c_int), ("rest", ctypes.c_char * 48),
    )  # fmt: skip


class _Itimerspec(ctypes.Structure):
    _fields_ = (
        ("interval_s", ctypes.c_long), ("interval_ns", ctypes.c_long),
        ("value_s", ctypes.c_long), ("value_ns", ctypes.c_long),
    )  # fmt: skip


class CpuTimer:
    """Sends this process SIGXCPU when it has used so much more. Not inherited by a fork."""

    def __init__(self) -> None:
        """Raises OSError where the kernel has no such timer."""
        self._libc = ctypes.CDLL(None, use_errno=True)
        if not hasattr(self._libc, "timer_create"):
            self._libc = ctypes.CDLL("librt.so.1", use_errno=True)  # where it stood before glibc 2.34
        event = _Sigevent(None, signal.SIGXCPU, _SIGEV_SIGNAL, b"")
        self._timer = ctypes.c_void_p()
        self._done(
            self._libc.timer_create(time.CLOCK_PROCESS_CPUTIME_ID, ctypes.byref(event), ctypes.byref(self._timer))
        )

    def start(self, seconds: int) -> None:
        """From now on; an earlier start counts no more."""
        due = _Itimerspec(0, 0, seconds, 0)
        self._done(self._libc.timer_settime(self._timer, 0, ctypes.byref(due), None))

    @staticmethod
    def _done(code: int) -> None:
        if code != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
